package dev.cairn.replica.outbox;

import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.log.SegmentWriter;
import dev.cairn.replica.history.History;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Seals own changes into segments, under numbers which were never used; inside a transaction. */
final class Segments {
    private static final String PREFIX = "c";
    private static final String ORDINAL = "segment-ordinal";

    private final LocalStore store;
    private final History history;

    Segments(LocalStore store, History history) {
        this.store = store;
        this.history = history;
    }

    /** Seals each of these runs as one segment. */
    void seal(Author author, Iterable<ChangeRun> segments) {
        SegmentWriter writer = new SegmentWriter(author.sealer(), author.signatory());
        for (ChangeRun segment : segments) {
            seal(author, writer, segment);
        }
    }

    /**
     * Seals changes which are in the store again, one segment after another, however many changes there are.
     *
     * @return the last change of each segment
     */
    List<Long> sealAgain(Author author, long first, long last) {
        SegmentWriter writer = new SegmentWriter(author.sealer(), author.signatory());
        return pack(author.writer(), first, last, segment -> seal(author, writer, segment));
    }

    /** The last change of each segment that {@link #sealAgain} would make. */
    List<Long> ends(WriterId writer, long first, long last) {
        return pack(writer, first, last, segment -> {});
    }

    private List<Long> pack(WriterId writer, long first, long last, Consumer<ChangeRun> each) {
        List<Long> ends = new ArrayList<>();
        Packing packing = new Packing(segment -> {
            each.accept(segment);
            ends.add(segment.lastSeq());
        });
        history.stored().eachRun(writer, first, last, packing::add);
        packing.end();
        return ends;
    }

    private void seal(Author author, SegmentWriter writer, ChangeRun run) {
        long ordinal = nextOrdinal(author.writer());
        SealedFile file = writer.seal(ordinal, run);
        store.own().add(file.writer(), file.name(), ordinal, run.firstSeq(), run.lastSeq(), file.content());
        store.setNumber(ORDINAL, ordinal);
    }

    private long nextOrdinal(WriterId writer) {
        return Math.max(store.number(ORDINAL, 0), store.own().greatestOrdinal(writer, PREFIX)) + 1;
    }
}
