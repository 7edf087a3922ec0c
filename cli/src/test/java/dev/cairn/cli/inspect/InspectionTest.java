package dev.cairn.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.Sealer;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InspectionTest {
    private static final SpaceId SPACE = new SpaceId(1, 2);
    private static final WriterId WRITER = new WriterId(3, 4);

    @Test
    void aWholeFileIsShownByteForByteWithoutAKey() {
        Bytes file = file();
        Inspection inspection = Inspection.of(file);
        assertThat(inspection.outcome()).isEqualTo("verified");
        assertThat(meaning(inspection, "kind")).isEqualTo("1 (segment)");
        assertThat(meaning(inspection, "space")).isEqualTo(SPACE.toString());
        assertThat(meaning(inspection, "writer")).isEqualTo(WRITER.toString());
        assertThat(meaning(inspection, "ordinal")).isEqualTo("7");
        assertThat(meaning(inspection, "SHA-256")).startsWith("right");
        coversEveryByte(inspection, file.size());
    }

    @Test
    void aFileTornAtAnyByteIsShownAsFarAsItGoes() {
        Bytes file = file();
        for (int size = 8; size < file.size(); size++) {
            Inspection inspection = Inspection.of(file.slice(0, size));
            assertThat(inspection.outcome()).as("torn at %d", size).isEqualTo("incomplete");
            coversEveryByte(inspection, size);
        }
    }

    @Test
    void aForeignFileHasNoFields() {
        Inspection inspection = Inspection.of(Bytes.utf8("[desktop.ini] nothing of ours"));
        assertThat(inspection.fields()).isEmpty();
        assertThat(inspection.outcome()).isNotEqualTo("verified");
    }

    private static void coversEveryByte(Inspection inspection, int size) {
        long at = 0;
        for (Field field : inspection.fields()) {
            assertThat(field.offset()).isEqualTo(at);
            at += field.length();
        }
        assertThat(at).isEqualTo(size);
    }

    private static String meaning(Inspection inspection, String name) {
        return inspection.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow()
                .meaning();
    }

    private static Bytes file() {
        SecureRandom random = new SecureRandom();
        EpochKey key = EpochKey.random(1, random);
        Sealer sealer = Sealer.of(SPACE, WRITER, key, new HedgedSalt(Secret.random(32, random), random));
        FileRecord record = FileRecord.of(RecordType.CHANGES, Bytes.utf8("milk and bread"));
        return sealer.seal(FileKind.SEGMENT, 7, List.of(record)).content();
    }
}
