package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stored form of runs of changes, in columns: what segments, tails, the local store and checkpoints hold.
 *
 * <p>It is a form of the bytes of the changes, and loses nothing of them: {@code decode(encode(run))} gives the same
 * changes with the same chain, whatever their operations are, and {@code encode(decode(bytes))} gives the same bytes,
 * or {@code decode} refuses them. The form is not compressed; whoever stores it does that, one writer's runs at a time.
 * A store of runs keeps beside each its writer and the {@link ChainPoint} before it, which decoding needs, and takes
 * runs as long as {@link dev.cairn.format.Limits#CHANGES_MAX} allows, since the dictionaries begin anew with each: what
 * was appended change by change is read, put together with {@link ChangeRun#concat}, and encoded again.
 *
 * <p>Time and memory of both ways are linear in the bytes of the changes, which are at most
 * {@link dev.cairn.format.Limits#RAW_BYTES_MAX}, whatever the stored bytes say. Stateless and thread-safe.
 */
public final class RunCodec {
    private RunCodec() {}

    /**
     * The stored form of {@code run}.
     *
     * @throws IllegalArgumentException if the run is larger than {@link #decode} would accept
     */
    public static Bytes encode(ChangeRun run) {
        return new RunEncoder(run).encode();
    }

    /**
     * The run written in {@code encoded}, with the chain computed over it.
     *
     * @throws MalformedException if any byte is not as the specification says, or a limit is exceeded
     */
    public static ChangeRun decode(WriterId writer, ChainPoint before, Bytes encoded) throws MalformedException {
        return new RunDecoder(encoded).decode(writer, before);
    }

    /**
     * Where the columns lie in {@code encoded}, in their order, for those who show a file to a person.
     *
     * @throws MalformedException if they do not fill it
     */
    public static List<Stretch> stretches(Bytes encoded) throws MalformedException {
        ColumnLayout layout = ColumnLayout.read(encoded);
        List<Stretch> stretches = new ArrayList<>();
        stretches.add(new Stretch("layout", 0, layout.from(Column.all()[0])));
        for (Column column : Column.all()) {
            int length = layout.to(column) - layout.from(column);
            if (length > 0) {
                String name = column.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                stretches.add(new Stretch(name, layout.from(column), length));
            }
        }
        return List.copyOf(stretches);
    }
}
