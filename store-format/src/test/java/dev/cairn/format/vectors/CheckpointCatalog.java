package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.log.Fixture;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Vectors of SPEC sections "Checkpoints" and "Retirement". */
final class CheckpointCatalog {
    private static final int MANIFEST = 4;
    private static final int PART = 5;
    private static final int LIST = 6;
    private static final String POINT = "83" + "50" + "20".repeat(16) + "11" + "5820" + "01".repeat(32);
    private static final String LATER = "83" + "50" + "20".repeat(16) + "12" + "5820" + "00".repeat(32);

    private final Catalog catalog = new Catalog("checkpoint");

    static java.util.List<VectorFile> vectors() {
        CheckpointCatalog all = new CheckpointCatalog();
        all.manifests();
        all.cuts();
        all.parts();
        all.lists();
        all.logicalHash();
        all.ends();
        return all.catalog.vectors();
    }

    private static Map<Integer, String> manifest() {
        Map<Integer, String> body = new TreeMap<>();
        body.put(1, "50" + Fixture.DEVICE.bytes().toHex());
        body.put(2, "81" + POINT);
        body.put(3, "5820" + "33".repeat(32));
        body.put(4, "81" + part("44", "191000"));
        body.put(5, "80");
        body.put(6, "1b0000018bcfe56800");
        return body;
    }

    private static String part(String digest, String size) {
        return "83" + "5820" + digest.repeat(32) + size + "5820" + "55".repeat(32);
    }

    private static Map<Integer, String> list() {
        Map<Integer, String> body = new TreeMap<>();
        body.put(1, "50" + Fixture.DEVICE.bytes().toHex());
        body.put(2, "50" + Fixture.WRITER.bytes().toHex());
        body.put(3, "5820" + "66".repeat(32));
        body.put(4, "81" + POINT);
        body.put(5, "82" + file("03", "77") + file("04", "11"));
        return body;
    }

    private static String file(String ordinal, String digest) {
        return "82" + ordinal + "5820" + digest.repeat(32);
    }

    private static Bytes encode(Map<Integer, String> body) {
        ByteWriter out = new ByteWriter().u8(0xa0 | body.size());
        body.forEach((key, value) -> {
            if (key >= 24) {
                out.u8(0x18);
            }
            out.u8(key).bytes(Bytes.hex(value));
        });
        return out.toBytes();
    }

    private static Bytes signature(int kind, long ordinal, Bytes body, SigningKey key) {
        Bytes message = new ByteWriter()
                .bytes(Bytes.utf8(kind == MANIFEST ? "cairn/v1/checkpoint" : "cairn/v1/retirement"))
                .bytes(Fixture.SPACE.bytes())
                .bytes(Fixture.WRITER.bytes())
                .u64(ordinal)
                .bytes(body.sha256())
                .toBytes();
        return RawFile.record(0x83, key.sign(message));
    }

    private void signed(int kind, String name, String expect, String description, Bytes body, SigningKey key) {
        int type = kind == MANIFEST ? 0x86 : 0x88;
        Bytes file = RawFile.of(kind, RawFile.record(type, body), signature(kind, 7, body, key))
                .ordinal(7)
                .build();
        catalog.file(name, kind == MANIFEST ? "manifest" : "list", expect, description, file);
    }

    private void manifest(String name, String expect, String description, int key, String value) {
        Map<Integer, String> body = manifest();
        body.put(key, value);
        signed(MANIFEST, "manifest_" + name, expect, description, encode(body), Fixture.KEY);
    }

    private void list(String name, String expect, String description, int key, String value) {
        Map<Integer, String> body = list();
        body.put(key, value);
        signed(LIST, "list_" + name, expect, description, encode(body), Fixture.KEY);
    }

    private void manifests() {
        signed(
                MANIFEST,
                "manifest_one_part",
                "verified",
                "a cut of one writer, one part",
                encode(manifest()),
                Fixture.KEY);
        manifest("optional_entry", "verified", "an unknown entry 128 is passed over", 128, "01");
        manifest("critical_entry", "too_new", "an unknown entry 7 stops the reader", 7, "01");
        Map<Integer, String> short1 = manifest();
        short1.remove(6);
        signed(MANIFEST, "manifest_no_time", "malformed", "entry 6 is missing", encode(short1), Fixture.KEY);
        Map<Integer, String> stranger = manifest();
        stranger.put(1, "50" + "aa".repeat(16));
        signed(
                MANIFEST,
                "manifest_device_unknown",
                "waiting_member",
                "no entry names the device",
                encode(stranger),
                Fixture.KEY);
        SigningKey other = new SigningKey(Secret.copyOf(Bytes.hex("0a".repeat(32))));
        signed(
                MANIFEST,
                "manifest_signature_of_stranger",
                "bad_signature",
                "another key signed",
                encode(manifest()),
                other);
        Bytes body = encode(manifest());
        catalog.file(
                "manifest_ordinal_replaced",
                "manifest",
                "bad_signature",
                "the ordinal is not the signed one",
                RawFile.of(MANIFEST, RawFile.record(0x86, body), signature(MANIFEST, 7, body, Fixture.KEY))
                        .ordinal(8)
                        .build());
        catalog.file(
                "manifest_unsigned",
                "manifest",
                "malformed",
                "no record SIGNATURE",
                RawFile.of(MANIFEST, RawFile.record(0x86, body)).ordinal(7).build());
    }

    private void cuts() {
        manifest("two_branches", "verified", "two ends of one forked writer", 2, "82" + POINT + LATER);
        manifest("cut_empty", "malformed", "a cut without an end", 2, "80");
        manifest("cut_descends", "malformed", "the cut does not ascend", 2, "82" + LATER + POINT);
        manifest("cut_twice", "malformed", "an end stands twice", 2, "82" + POINT + POINT);
        manifest(
                "cut_seq_0", "malformed", "number 0 in the cut", 2, "81" + POINT.replace("11" + "5820", "00" + "5820"));
        manifest("parts_none", "malformed", "no part", 4, "80");
        manifest("part_empty", "malformed", "a part of 0 bytes", 4, "81" + part("44", "00"));
        manifest("part_too_long", "malformed", "a part of 8 MiB and one byte", 4, "81" + part("44", "1a00800001"));
        manifest(
                "part_short_inside",
                "malformed",
                "a part which is not the last is short",
                4,
                "82" + part("44", "191000") + part("45", "191000"));
        manifest(
                "two_parts",
                "verified",
                "a full part and a last one",
                4,
                "82" + part("44", "1a00800000") + part("45", "191000"));
    }

    private void parts() {
        Bytes image = Bytes.hex("53514c697465".repeat(40));
        catalog.file(
                "part_of_image",
                "part",
                "verified",
                "some bytes of an image",
                RawFile.of(PART, RawFile.record(0x87, image)).ordinal(3).build());
        catalog.file(
                "part_two_records",
                "part",
                "malformed",
                "a part holds one record",
                RawFile.of(PART, RawFile.record(0x87, image), RawFile.record(0x87, image))
                        .build());
        catalog.file(
                "part_without_record",
                "part",
                "malformed",
                "a part holds one record",
                RawFile.of(PART).build());
    }

    private void lists() {
        signed(LIST, "list_two_files", "verified", "two segments", encode(list()), Fixture.KEY);
        list("optional_entry", "verified", "an unknown entry 200 is passed over", 200, "f6");
        list("critical_entry", "too_new", "an unknown entry 6 stops the reader", 6, "01");
        list("no_files", "malformed", "nothing to withdraw", 5, "80");
        list("files_descend", "malformed", "the files do not ascend", 5, "82" + file("04", "11") + file("03", "77"));
        list("file_0", "malformed", "ordinal 0", 5, "81" + file("00", "77"));
        SigningKey other = new SigningKey(Secret.copyOf(Bytes.hex("0a".repeat(32))));
        signed(LIST, "list_signature_of_stranger", "bad_signature", "another key signed", encode(list()), other);
    }

    /** The values of the column {@code signed}. */
    private void ends() {
        ChangeRun run = Fixture.run(20);
        Bytes segment = Fixture.readSegment(
                        Fixture.segments().seal(1, run.slice(5, 20)).content())
                .content()
                .orElseThrow()
                .end()
                .encoded();
        Bytes head = Fixture.readHead(Fixture.heads()
                        .seal(4, Fixture.body(run.after()), Optional.of(run))
                        .content())
                .content()
                .orElseThrow()
                .end()
                .encoded();
        end("segment", "accepted", "a segment which ends here", segment, run.after());
        end("segment_elsewhere", "refused", "a segment which ends behind this change", segment, run.pointAfter(18));
        end("head", "accepted", "a head which ends here", head, run.after());
        end("head_elsewhere", "refused", "a head which ends behind this change", head, run.pointAfter(18));
        Bytes other = Bytes.concat(Bytes.of(3), segment.slice(1));
        end("form_3", "refused", "a form which there is not", other, run.after());
        Bytes forged = Bytes.concat(segment.slice(0, 9), Bytes.of(segment.get(9) ^ 1), segment.slice(10));
        end("forged", "refused", "another signature", forged, run.after());
    }

    private void end(String name, String expect, String description, Bytes signed, ChainPoint point) {
        catalog.add(
                "end_" + name,
                "line_end",
                expect,
                description,
                signed,
                "space",
                Fixture.SPACE.toString(),
                "writer",
                Fixture.WRITER.toString(),
                "device key",
                Fixture.KEY.verifyingKey().bytes().toHex(),
                "seq",
                Long.toString(point.seq()),
                "chain",
                point.hash().toHex());
    }

    private void logicalHash() {
        Bytes rows = Bytes.utf8("run\ni 1\ni 2\nb 0102\n\nline\n\nmeta\ni 1\nt form\nb \ni 2\nt version\nb ff\n\n");
        byte[][] hashes = {
            table("run", "72" + "6902" + "6904" + "62020102"),
            table("line", ""),
            table(
                    "meta",
                    "72" + "6902" + "7404" + "666f726d" + "6200" + "72" + "6904" + "7407" + "76657273696f6e" + "6201ff")
        };
        Bytes content = Bytes.concat(
                        Bytes.utf8("cairn/v1/image"),
                        Bytes.owning(hashes[0]),
                        Bytes.owning(hashes[1]),
                        Bytes.owning(hashes[2]))
                .sha256();
        catalog.add(
                "logical_hash",
                "image",
                content.toHex(),
                "tables by name, their rows of three columns one after another, each table ended by an empty line",
                rows);
    }

    private static byte[] table(String name, String rows) {
        return Bytes.concat(
                        Bytes.utf8("cairn/v1/table"), Bytes.utf8("t" + (char) name.length() + name), Bytes.hex(rows))
                .sha256()
                .toArray();
    }
}
