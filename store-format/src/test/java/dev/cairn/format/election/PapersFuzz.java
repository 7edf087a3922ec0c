package dev.cairn.format.election;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.TooNewException;
import dev.cairn.format.log.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * Targets for the papers of an election, which any member may write: whatever a file says, there is an outcome and no
 * other exception, and what is understood is written again as the same bytes.
 */
@Tag("fuzz")
final class PapersFuzz {
    private static final List<FileKind> KINDS = Arrays.stream(FileKind.values())
            .filter(kind -> kind.code() >= FileKind.LOCK.code() && kind.code() <= FileKind.CHOICE.code())
            .toList();
    /** Bytes of a record which still fits into an election file. */
    private static final int RECORD_MAX = 8192;

    /** The body of a paper; the first byte tells the kind. */
    @FuzzTest(maxDuration = "20s")
    void bodies(byte[] input) {
        if (input.length == 0) {
            return;
        }
        FileKind kind = kind(input[0]);
        Bytes body = Bytes.copyOf(input, 1, input.length - 1);
        try {
            PaperCodec.Signed signed = PaperCodec.decode(kind, Fixture.WRITER, body);
            Bytes again = PaperCodec.encode(signed.device(), signed.paper());
            require(signed.paper().kind() == kind, "its kind");
            require(PaperCodec.decode(kind, Fixture.WRITER, again).equals(signed), "the same paper");
            require(again.equals(body) || again.size() < body.size(), "the same bytes, or less what was passed over");
        } catch (MalformedException | TooNewException e) {
            require(e.getMessage() != null, "a message");
        }
    }

    /**
     * A sealed file whose paper was signed as it is; the first byte tells the kind, the second adds a record of the
     * type in the third.
     */
    @FuzzTest(maxDuration = "20s")
    void files(byte[] input) {
        if (input.length < 3) {
            return;
        }
        FileKind kind = kind(input[0]);
        Bytes body = Bytes.copyOf(input, 3, Math.min(input.length - 3, RECORD_MAX));
        Bytes message = ElectionReader.message(Fixture.SPACE, Fixture.WRITER, kind, 9, body);
        List<FileRecord> records = new ArrayList<>(List.of(
                FileRecord.of(RecordType.ELECTION, body),
                FileRecord.of(RecordType.SIGNATURE, Fixture.KEY.sign(message))));
        if ((input[1] & 3) != 0) {
            records.add((input[1] & 3) - 1, new FileRecord(input[2] & 0xff, body));
        }
        Bytes file = Fixture.sealer().seal(kind, 9, records).content();
        String outcome = new ElectionReader(Fixture.SPACE, Fixture.KEYS, new Fixture())
                .read(file, Fixture.WRITER, kind)
                .text();
        require(!outcome.isEmpty(), "an outcome");
    }

    private static FileKind kind(byte choice) {
        return KINDS.get((choice & 0xff) % KINDS.size());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not " + what);
        }
    }
}
