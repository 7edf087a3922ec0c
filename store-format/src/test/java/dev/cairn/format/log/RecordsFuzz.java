package dev.cairn.format.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.format.Bytes;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.SealedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/**
 * Targets behind the encryption: what a member with the epoch key may write. See {@code ParsersFuzz} for how to run
 * them.
 */
@Tag("fuzz")
final class RecordsFuzz {
    private static final OpenedFile SEGMENT = open(Fixture.segments().seal(1, Fixture.run(3)));
    private static final OpenedFile HEAD =
            open(Fixture.heads().seal(1, Fixture.body(Fixture.run(3).after()), Optional.of(Fixture.run(3))));

    @FuzzTest(maxDuration = "20s")
    void segments(byte[] input) {
        OpenedFile file = replace(SEGMENT, input);
        check(new SegmentReader(Fixture.SPACE, Fixture.KEYS, new Fixture())
                .read(file)
                .text());
    }

    @FuzzTest(maxDuration = "20s")
    void heads(byte[] input) {
        OpenedFile file = replace(HEAD, input);
        check(new HeadReader(Fixture.SPACE, Fixture.KEYS, new Fixture())
                .read(file)
                .text());
    }

    /** Any file record for record: the first byte tells which record is replaced, the second its type. */
    private static OpenedFile replace(OpenedFile original, byte[] input) {
        List<FileRecord> records = new ArrayList<>(original.records());
        if (input.length > 2) {
            int at = (input[0] & 0xff) % records.size();
            int type = input[1] == 0 ? records.get(at).type() : input[1] & 0xff;
            records.set(at, new FileRecord(type, Bytes.copyOf(input, 2, input.length - 2)));
        }
        return new OpenedFile(original.header(), original.digest(), original.payload(), records);
    }

    private static OpenedFile open(SealedFile file) {
        return Envelope.open(file.content(), Fixture.SPACE, Fixture.KEYS)
                .content()
                .orElseThrow();
    }

    private static void check(String text) {
        if (text.isEmpty()) {
            throw new AssertionError("no outcome");
        }
    }
}
