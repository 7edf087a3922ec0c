package dev.cairn.format.file;

import static dev.cairn.format.file.EnvelopeFixture.KEY;
import static dev.cairn.format.file.EnvelopeFixture.SALT;
import static dev.cairn.format.file.EnvelopeFixture.SEALER;
import static dev.cairn.format.file.EnvelopeFixture.SPACE;
import static dev.cairn.format.file.EnvelopeFixture.WRITER;
import static dev.cairn.format.file.EnvelopeFixture.outcome;
import static dev.cairn.format.file.EnvelopeFixture.sealed;
import static dev.cairn.format.file.EnvelopeFixture.withHeader;
import static dev.cairn.format.file.EnvelopeFixture.withPayload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.ReadOutcome.Defect;
import dev.cairn.format.file.ReadOutcome.Incomplete;
import dev.cairn.format.file.ReadOutcome.NotOurs;
import dev.cairn.format.file.ReadOutcome.Verified;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 16_368, 16_369, 16_384, 32_768, 100_000, 1_000_000})
    void whatIsSealedIsOpened(int size) {
        Bytes file = sealed(size);
        ReadOutcome<OpenedFile> outcome = Envelope.open(file, SPACE, KeyRing.of(KEY));
        assertThat(outcome).isInstanceOf(Verified.class);
        OpenedFile opened = outcome.content().orElseThrow();
        assertThat(opened.records()).hasSize(1);
        assertThat(opened.records().get(0).body().size()).isEqualTo(size);
        assertThat(opened.digest()).isEqualTo(file.sha256());
        assertThat(opened.header())
                .isEqualTo(new EnvelopeHeader(FileKind.SEGMENT, 0, file.size(), SPACE, WRITER, 5, 1));
    }

    @Test
    void everyTruncationIsIncomplete() {
        Bytes file = sealed(20_000);
        assertThat(outcome(Bytes.empty())).isEqualTo("not_ours");
        for (int size = 1; size < file.size(); size++) {
            assertThat(Envelope.inspect(file.slice(0, size)).code())
                    .as(size + " bytes")
                    .isEqualTo("incomplete");
        }
    }

    @Test
    void aReservedFileWhichIsNotYetFilledIsIncomplete() {
        Bytes file = sealed(2000);
        for (int filled = 24; filled < file.size(); filled++) {
            Bytes partial = Bytes.concat(file.slice(0, filled), Bytes.owning(new byte[file.size() - filled]));
            assertThat(Envelope.inspect(partial).code())
                    .as(filled + " bytes filled")
                    .isEqualTo("incomplete");
        }
        assertThat(Envelope.inspect(Bytes.owning(new byte[file.size()]))).isEqualTo(new NotOurs<>());
    }

    @Test
    void trailingBytesAreAnotherLength() {
        assertThat(Envelope.open(Bytes.concat(sealed(9), Bytes.of(0)), SPACE, KeyRing.of(KEY)))
                .isEqualTo(new Incomplete<>(Defect.LENGTH_DIFFERS));
    }

    @Test
    void everyFlippedByteIsNoticedWithoutAnyKey() {
        Bytes file = sealed(9);
        for (int at = 0; at < file.size(); at++) {
            byte[] flipped = file.toArray();
            flipped[at] ^= 0x01;
            String expected = at < 8 ? "not_ours" : "incomplete";
            assertThat(outcome(Bytes.owning(flipped))).as("byte " + at).isEqualTo(expected);
        }
    }

    @Test
    void everyFlippedByteBehindARightTrailerIsNoticed() {
        Bytes file = sealed(9);
        TreeSet<String> seen = new TreeSet<>();
        for (int at = 8; at < file.size() - Envelope.TRAILER_SIZE; at++) {
            if (at >= EnvelopeHeader.LENGTH_AT && at < EnvelopeHeader.LENGTH_AT + Long.BYTES) {
                continue;
            }
            byte[] flipped = file.slice(0, file.size() - Envelope.TRAILER_SIZE).toArray();
            flipped[at] ^= 0x40;
            Bytes body = Bytes.owning(flipped);
            Bytes repaired = new ByteWriter()
                    .bytes(body)
                    .bytes(body.sha256())
                    .bytes(file.slice(file.size() - 16))
                    .toBytes();
            String code = outcome(repaired);
            assertThat(code).as("byte " + at).isNotEqualTo("verified").isNotEqualTo("incomplete");
            seen.add(code);
        }
        assertThat(seen)
                .containsExactly("foreign_space", "malformed", "tampered", "too_new", "waiting_key", "wrong_key");
    }

    @ParameterizedTest
    @CsvSource({
        "8, 00, too_new",
        "8, 0e, too_new",
        "9, 02, too_new",
        "9, 00, malformed",
        "10, ff, verified",
        "11, 02, too_new",
        "11, 00, malformed",
        "12, 00000051, malformed",
        "24, 00, verified",
        "24, 01, foreign_space",
        "56, 0000000000000000, malformed",
        "56, ffffffffffffffff, malformed",
        "56, 00000002540be400, malformed",
        "64, 00000000, malformed",
        "64, 00002711, malformed",
        "64, 00000002, waiting_key",
        "68, 01, malformed",
        "79, 01, malformed"
    })
    void everyFieldOfTheHeaderIsChecked(int at, String replacement, String expected) {
        assertThat(outcome(withHeader(at, Bytes.hex(replacement)))).isEqualTo(expected);
    }

    @Test
    void aFileOfAKindWithASmallerLimitIsRefused() {
        Bytes large = sealed(100_000);
        byte[] head = large.slice(0, large.size() - Envelope.TRAILER_SIZE).toArray();
        head[8] = 2;
        Bytes body = Bytes.owning(head);
        Bytes file = Bytes.concat(body, body.sha256(), large.slice(large.size() - 16));
        assertThat(outcome(file)).isEqualTo("too_large");
        assertThatThrownBy(() -> SEALER.seal(FileKind.HEAD, 1, List.of(new FileRecord(1, large))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemberEntryIsOfEpochZeroAndNothingElseIs() {
        EpochKey zero = new EpochKey(0, Secret.copyOf(Bytes.hex("43".repeat(32))));
        Bytes entry = Sealer.of(SPACE, WRITER, zero, SALT)
                .seal(FileKind.MEMBER_ENTRY, 1, List.of())
                .content();
        assertThat(Envelope.open(entry, SPACE, KeyRing.of(KEY, zero)).code()).isEqualTo("verified");
        assertThatThrownBy(() -> SEALER.seal(FileKind.MEMBER_ENTRY, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    final class WhenAMemberWritesABadPayload {
        private static Bytes payload(int compression, int raw, Bytes stored, int padding) {
            return new ByteWriter()
                    .u8(compression)
                    .zeros(3)
                    .u32(raw)
                    .u32(stored.size())
                    .bytes(stored)
                    .zeros(padding)
                    .toBytes();
        }

        private static Bytes zeros(int size) {
            return Bytes.owning(new byte[size]);
        }

        @Test
        void compressionIsKnownOrTooNew() {
            assertThat(outcome(withPayload(payload(2, 4, zeros(4), 9)))).isEqualTo("too_new");
            assertThat(outcome(withPayload(payload(200, 4, zeros(4), 9)))).isEqualTo("too_new");
        }

        @Test
        void lengthsFit() {
            assertThat(outcome(withPayload(payload(0, 5, zeros(4), 9)))).isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(0, 0, Bytes.empty(), 9)))).isEqualTo("verified");
            assertThat(outcome(withPayload(Bytes.hex("00000000" + "00000004" + "00000005" + "00000000"))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(Bytes.hex("000000")))).isEqualTo("malformed");
            assertThat(outcome(withPayload(Bytes.hex("00000000" + "ffffffff" + "00000000"))))
                    .isEqualTo("malformed");
        }

        @Test
        void fillingIsZero() {
            Bytes good = payload(0, 0, Bytes.empty(), 5);
            assertThat(outcome(withPayload(Bytes.concat(good, Bytes.of(1))))).isEqualTo("malformed");
            assertThat(outcome(withPayload(Bytes.concat(Bytes.of(0, 1), good.slice(2)))))
                    .isEqualTo("malformed");
        }

        @Test
        void bombsAreRefused() {
            Bytes million = Compression.DEFLATE.compress(zeros(1_000_000));
            assertThat(million.size()).isLessThan(1100);
            assertThat(outcome(withPayload(payload(1, 1_000, million, 0)))).isEqualTo("decompression_bomb");
            assertThat(outcome(withPayload(payload(1, 999_999, million, 0)))).isEqualTo("decompression_bomb");
            assertThat(outcome(withPayload(payload(1, 1_000_001, million, 0)))).isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(1, 60_000_000, million, 0)))).isEqualTo("decompression_bomb");
            assertThat(outcome(withPayload(payload(0, Limits.RAW_BYTES_MAX + 1, zeros(9), 0))))
                    .isEqualTo("decompression_bomb");
        }

        @Test
        void compressedBytesEndExactly() {
            Bytes good = Compression.DEFLATE.compress(zeros(100));
            assertThat(outcome(withPayload(payload(1, 100, Bytes.concat(good, Bytes.of(0)), 0))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(1, 100, good.slice(0, good.size() - 1), 0))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(1, 100, Bytes.of(0xff, 0xff), 0))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(1, 0, Bytes.empty(), 0)))).isEqualTo("malformed");
        }

        @Test
        void recordsAreWhole() {
            assertThat(outcome(withPayload(payload(0, 2, Bytes.hex("0102"), 0))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(0, 1, Bytes.hex("00"), 0)))).isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(0, 3, Bytes.hex("800001"), 0))))
                    .isEqualTo("malformed");
            assertThat(outcome(withPayload(payload(0, 2, Bytes.hex("0001"), 0))))
                    .isEqualTo("verified");
            assertThat(outcome(withPayload(payload(0, 2 * 5000, Bytes.hex("0001".repeat(5000)), 0))))
                    .isEqualTo("malformed");
        }
    }
}
