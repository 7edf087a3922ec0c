package dev.cairn.format.vectors;

import dev.cairn.format.Bytes;
import dev.cairn.format.crypto.Cobblestone;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Vectors of SPEC sections "Envelope", "Payload" and "Records". */
final class EnvelopeCatalog {
    private static final int CHUNK = Cobblestone.CHUNK_SIZE + Cobblestone.TAG_SIZE;

    /** 100 zero bytes in raw Deflate. */
    private static final Bytes DEFLATED_ZEROS = Bytes.hex("6360a03d0000");

    private final Catalog catalog = new Catalog("envelope");

    static List<VectorFile> vectors() {
        EnvelopeCatalog envelope = new EnvelopeCatalog();
        envelope.valid();
        envelope.torn();
        envelope.header();
        envelope.encryption();
        envelope.payload();
        envelope.records();
        return envelope.catalog.vectors();
    }

    private void add(String name, String expect, String description, RawFile file, String... more) {
        catalog.file(name, "envelope", expect, description, file.build(), more);
    }

    private void file(String name, String expect, String description, UnaryOperator<Bytes> change) {
        add(name, expect, description, new RawFile().file(change));
    }

    private void valid() {
        add("no_records", "verified", "an empty payload in one short chunk", new RawFile(), "records", "0");
        for (int size : new int[] {1024, 16_383, 16_384, 16_385, 32_768}) {
            RawFile file = new RawFile().payload(RawFile.payload(RawFile.record(0x01, Bytes.of(7)), size));
            String last = size % 16_384 == 0 ? ", so that the last chunk is empty" : "";
            add("payload_" + size, "verified", "a payload of " + size + " bytes" + last, file, "records", "1");
        }
        add("minor_unknown", "verified", "a minor version a reader need not know", new RawFile().header(10, "07"));
        add(
                "ordinal_greatest",
                "verified",
                "the greatest ordinal with ten digits",
                new RawFile().ordinal(9_999_999_999L));
    }

    private void torn() {
        Bytes whole =
                new RawFile().payload(RawFile.payload(Bytes.empty(), 20_000)).build();
        int[] sizes = {1, 7, 8, 24, 79, 80, 136, 136 + CHUNK, whole.size() - 48, whole.size() - 8, whole.size() - 1};
        for (int size : sizes) {
            catalog.file(
                    "truncated_" + size,
                    "envelope",
                    "incomplete",
                    "only the first " + size + " of " + whole.size() + " bytes have arrived",
                    whole.slice(0, size));
        }
        file("empty", "not_ours", "no byte at all", bytes -> Bytes.empty());
        file("zero_filled", "incomplete", "room was reserved, the second half is not yet written", bytes -> {
            byte[] half = bytes.toArray();
            Arrays.fill(half, half.length / 2, half.length, (byte) 0);
            return Bytes.owning(half);
        });
        file("trailing_byte", "incomplete", "one byte too many", bytes -> Bytes.concat(bytes, Bytes.of(0)));
        file("digest_wrong", "incomplete", "a bit of the digest is flipped", bytes -> RawFile.flip(bytes, -48));
        file("content_wrong", "incomplete", "a bit of a chunk is flipped", bytes -> RawFile.flip(bytes, 140));
        file("end_length_wrong", "incomplete", "the length in the trailer differs", bytes -> RawFile.flip(bytes, -9));
        file("end_magic_wrong", "incomplete", "the end magic is damaged", bytes -> RawFile.flip(bytes, -1));
        file("magic_wrong", "not_ours", "the first byte is another", bytes -> RawFile.flip(bytes, 0));
        file(
                "magic_text_mode",
                "not_ours",
                "a transport changed CR LF to LF",
                bytes -> Bytes.concat(bytes.slice(0, 4), bytes.slice(5)));
    }

    private void header() {
        header("kind_0", "too_new", "kind 0", 8, "00");
        header("kind_14", "too_new", "the first kind without a meaning", 8, "0e");
        header("major_0", "malformed", "version 0 never existed", 9, "00");
        header("major_2", "too_new", "a newer version", 9, "02");
        header("suite_0", "malformed", "suite 0 never existed", 11, "00");
        header("suite_2", "too_new", "an unknown suite", 11, "02");
        header("header_length_81", "malformed", "another header length", 12, "00000051");
        header("reserved_nonzero", "malformed", "the last byte of the header is set", 79, "01");
        header("ordinal_0", "malformed", "ordinals begin at 1", 56, "0000000000000000");
        header("ordinal_11_digits", "malformed", "an ordinal which fits no name", 56, "00000002540be400");
        header("epoch_0", "malformed", "a segment under the key of the member log", 64, "00000000");
        header("epoch_10001", "malformed", "an epoch above the limit", 64, "00002711");
        header("foreign_space", "foreign_space", "the id of another space", 24, "ff");
        RawFile large =
                new RawFile().payload(RawFile.payload(Bytes.empty(), 66_000)).header(8, "02");
        add("head_too_large", "too_large", "a head above 64 KiB", large);
    }

    private void header(String name, String expect, String description, int at, String hex) {
        add(name, expect, description, new RawFile().header(at, hex));
    }

    private void encryption() {
        add("key_unknown", "waiting_key", "epoch 2, whose key is not given", new RawFile().epoch(2));
        sealed(
                "commitment_wrong",
                "wrong_key",
                "a bit of the commitment is flipped",
                bytes -> RawFile.flip(bytes, 104));
        sealed("salt_wrong", "wrong_key", "a bit of the salt is flipped", bytes -> RawFile.flip(bytes, 80));
        sealed("header_bound", "wrong_key", "the ordinal was changed after sealing", bytes -> RawFile.flip(bytes, 63));
        sealed(
                "minor_bound",
                "wrong_key",
                "the minor version was changed after sealing",
                bytes -> RawFile.flip(bytes, 10));
        sealed("tag_wrong", "tampered", "a bit of the last tag is flipped", bytes -> RawFile.flip(bytes, -1));
        sealed("chunk_wrong", "tampered", "a bit of a chunk is flipped", bytes -> RawFile.flip(bytes, 136));
        Bytes two = RawFile.payload(Bytes.empty(), 2 * 16_384 + 5);
        add(
                "chunks_swapped",
                "tampered",
                "the first two chunks have changed places",
                new RawFile()
                        .payload(two)
                        .message(bytes -> Bytes.concat(
                                bytes.slice(0, 56),
                                bytes.slice(56 + CHUNK, 56 + 2 * CHUNK),
                                bytes.slice(56, 56 + CHUNK),
                                bytes.slice(56 + 2 * CHUNK))));
        Bytes full = RawFile.payload(Bytes.empty(), 16_384);
        add(
                "last_chunk_missing",
                "tampered",
                "the last chunk is a full one, and a short one must follow",
                new RawFile()
                        .payload(full)
                        .header(16, length(128 + 56 + CHUNK))
                        .message(bytes -> bytes.slice(0, 56 + CHUNK)));
        catalog.file(
                "wrong_key",
                "envelope",
                "wrong_key",
                "another key is known for its epoch",
                new RawFile().build(),
                "epoch key 1",
                "dd".repeat(32));
    }

    private static String length(int value) {
        return String.format("%016x", value);
    }

    private void sealed(String name, String expect, String description, UnaryOperator<Bytes> change) {
        add(name, expect, description, new RawFile().afterSealing(change));
    }

    private void payload() {
        payload(
                "deflate",
                "verified",
                "100 zero bytes, which are 50 empty records of type 0, deflated",
                RawFile.payload(1, 100, DEFLATED_ZEROS, 9));
        payload("compression_zstd", "too_new", "compression 2 is set aside", RawFile.payload(2, 2, Bytes.of(0, 1), 0));
        payload("compression_unknown", "too_new", "compression 3", RawFile.payload(3, 2, Bytes.of(0, 1), 0));
        payload("payload_short", "malformed", "11 bytes", Bytes.hex("00".repeat(11)));
        payload("payload_reserved", "malformed", "a reserved byte is set", Bytes.hex("0000010000000000" + "00000000"));
        payload("filling_nonzero", "malformed", "the filling is not zero", Bytes.hex("00".repeat(20) + "01"));
        payload(
                "stored_too_long",
                "malformed",
                "more stored bytes than there are",
                Bytes.hex("00000000" + "00000003" + "00000003" + "0001"));
        payload(
                "raw_length_differs",
                "malformed",
                "uncompressed, with two different lengths",
                RawFile.payload(0, 3, Bytes.of(0, 1), 0));
        payload(
                "deflate_short",
                "malformed",
                "fewer bytes come out than declared",
                RawFile.payload(1, 102, DEFLATED_ZEROS, 0));
        payload(
                "deflate_trailing",
                "malformed",
                "a byte follows the compressed bytes",
                RawFile.payload(1, 100, Bytes.concat(DEFLATED_ZEROS, Bytes.of(0)), 0));
        payload(
                "deflate_cut",
                "malformed",
                "the compressed bytes end early",
                RawFile.payload(1, 100, DEFLATED_ZEROS.slice(0, 5), 0));
        payload(
                "deflate_damaged",
                "malformed",
                "an impossible block type",
                RawFile.payload(1, 100, Bytes.hex("ffff"), 0));
        payload(
                "bomb_more_than_declared",
                "decompression_bomb",
                "more bytes come out than declared",
                RawFile.payload(1, 98, DEFLATED_ZEROS, 0));
        payload(
                "bomb_ratio",
                "decompression_bomb",
                "declared above 1,100 times the stored bytes",
                RawFile.payload(1, 6601, DEFLATED_ZEROS, 0));
        payload(
                "bomb_declared",
                "decompression_bomb",
                "declared above 64 MiB",
                RawFile.payload(0, (64 << 20) + 1, Bytes.of(0, 1), 0));
    }

    private void payload(String name, String expect, String description, Bytes payload) {
        add(name, expect, description, new RawFile().payload(payload));
    }

    private void records() {
        records("record_cut", "a record longer than what is left", Bytes.hex("0201aa"));
        records("record_without_type", "a length and nothing else", Bytes.hex("00"));
        records("record_length_overlong", "a length not in its shortest form", Bytes.hex("800001"));
        records("records_too_many", "4,097 records", Bytes.hex("0001".repeat(4097)));
        catalog.file(
                "records_most",
                "envelope",
                "verified",
                "4,096 records",
                new RawFile()
                        .payload(RawFile.payload(Bytes.hex("0001".repeat(4096)), 0))
                        .build(),
                "records",
                "4096");
    }

    private void records(String name, String description, Bytes raw) {
        payload(name, "malformed", description, RawFile.payload(raw, 0));
    }
}
