package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.log.Fixture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Vectors of SPEC section "Heads". */
final class HeadCatalog {
    private static final String ORIGIN = RawRun.origin(Fixture.KEY).toHex();
    private static final String SEEN = "83" + "50" + "20".repeat(16) + "11" + "48" + "0102030405060708";

    private final Catalog catalog = new Catalog("head");

    static List<VectorFile> vectors() {
        HeadCatalog head = new HeadCatalog();
        head.valid();
        head.entries();
        head.values();
        head.tails();
        head.signatures();
        return head.catalog.vectors();
    }

    /** The entries of a head without changes, by key, each value in hexadecimal CBOR. */
    private static Map<Integer, String> body() {
        Map<Integer, String> body = new TreeMap<>();
        body.put(1, "50" + Fixture.DEVICE.bytes().toHex());
        body.put(2, "00");
        body.put(3, "5820" + ORIGIN);
        body.put(4, "80");
        body.put(5, "80");
        body.put(6, "00");
        body.put(7, "80");
        body.put(8, "65" + "302e312e30");
        body.put(9, "1b0000018bcfe56800");
        body.put(10, "66" + "4c6170746f70");
        return body;
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

    private static Bytes signature(long counter, Bytes body, Bytes start) {
        Bytes message = new ByteWriter()
                .bytes(Bytes.utf8("cairn/v1/head"))
                .bytes(Fixture.SPACE.bytes())
                .bytes(Fixture.WRITER.bytes())
                .u64(counter)
                .bytes(body.sha256())
                .bytes(start.sha256())
                .toBytes();
        return RawFile.record(0x83, Fixture.KEY.sign(message));
    }

    private void add(String name, String expect, String description, RawFile file, String... more) {
        catalog.file(name, "head", expect, description, file.build(), more);
    }

    private void body(String name, String expect, String description, Bytes body) {
        add(name, expect, description, RawFile.head(7, RawFile.record(0x84, body), signature(7, body, Bytes.empty())));
    }

    private void entry(String name, String expect, String description, int key, String value) {
        Map<Integer, String> body = body();
        body.put(key, value);
        body(name, expect, description, encode(body));
    }

    private void valid() {
        body("no_changes", "verified", "the head of a writer without changes", encode(body()));
        entry("seen", "verified", "a head which has seen 17 changes of another writer", 4, "81" + SEEN);
        entry("acknowledged", "verified", "a head with one acknowledgement", 5, "815820" + "ac".repeat(32));
        entry("features", "verified", "a head with two features", 7, "82" + "6161" + "6162");
        entry("previous_writer", "verified", "a second incarnation", 11, "50" + "77".repeat(16));
        entry("optional_entry", "verified", "an unknown entry from 128 on", 128, "a10102");
        RawRun run = RawRun.of(RawRun.change("01"), RawRun.change("02"));
        add(
                "tail",
                "verified",
                "a head with two changes",
                tail(run, 2, run.lastChain()),
                "last seq",
                "2",
                "last chain",
                run.lastChain().toHex());
    }

    private void entries() {
        entry("critical_entry", "too_new", "an unknown entry below 128", 12, "00");
        Map<Integer, String> missing = body();
        missing.remove(10);
        body("entry_missing", "malformed", "no device name", encode(missing));
        Bytes good = encode(body());
        body("entry_order", "malformed", "keys which do not ascend", RawFile.replace(good, 1, Bytes.of(2)));
        body(
                "map_indefinite",
                "malformed",
                "a map of indefinite length",
                Bytes.concat(Bytes.of(0xbf), good.slice(1), Bytes.of(0xff)));
        body("trailing_bytes", "malformed", "a byte after the map", Bytes.concat(good, Bytes.of(0)));
        body("not_a_map", "malformed", "an array", Bytes.of(0x80));
        entry("integer_overlong", "malformed", "an integer not in its shortest form", 6, "1800");
        entry("integer_above_limit", "malformed", "a sequence number of 2^53", 2, "1b0020000000000000");
        entry("tagged", "malformed", "a tag, which no head has", 9, "c100");
        entry("float", "malformed", "a float, which no head has", 9, "f90000");
    }

    private void values() {
        entry("device_short", "malformed", "a device id of 15 bytes", 1, "4f" + "40".repeat(15));
        entry("seen_order", "malformed", "writers which do not ascend", 4, "82" + SEEN + SEEN);
        entry("seen_seq_0", "malformed", "a writer of which nothing was seen", 4, "81" + SEEN.replace("1148", "0048"));
        entry(
                "seen_of_two_parts",
                "malformed",
                "an entry of two parts",
                4,
                "81" + "82" + "50" + "20".repeat(16) + "11");
        entry("acknowledged_order", "malformed", "one digest twice", 5, "82" + ("5820" + "ac".repeat(32)).repeat(2));
        entry("features_order", "malformed", "features which do not ascend", 7, "82" + "6162" + "6161");
        entry("retired_above_last", "malformed", "more withdrawn than made", 6, "01");
        entry("name_too_long", "malformed", "a device name of 129 bytes", 10, "7881" + "61".repeat(129));
        entry("name_not_utf8", "malformed", "a device name which is not UTF-8", 10, "61ff");
        entry(
                "origin_differs",
                "malformed",
                "no changes, and another chain hash than the origin's",
                3,
                "5820" + "00".repeat(32));
    }

    private static RawFile tail(RawRun run, long lastSeq, Bytes lastChain) {
        Bytes body = bodyOf(lastSeq, lastChain);
        return RawFile.head(
                7, RawFile.record(0x84, body), run.start(), run.changes(), signature(7, body, run.startBody()));
    }

    private static Bytes bodyOf(long lastSeq, Bytes lastChain) {
        Map<Integer, String> body = body();
        body.put(2, "0" + lastSeq);
        body.put(3, "5820" + lastChain.toHex());
        return encode(body);
    }

    private void tails() {
        RawRun run = RawRun.of(RawRun.change("01"), RawRun.change("02"));
        add("tail_ends_early", "malformed", "the head names more changes than its tail", tail(run, 3, run.lastChain()));
        add(
                "tail_of_another_chain",
                "malformed",
                "the head names another last change",
                tail(run, 2, Bytes.hex("aa".repeat(32))));
        RawRun other = RawRun.of(RawRun.change("01"), RawRun.change("02")).device(new DeviceId(1, 1));
        add("tail_of_another_device", "malformed", "the start names another device", tail(other, 2, other.lastChain()));
        RawRun strange = RawRun.of(RawRun.change("01")).from(1, Bytes.hex("00".repeat(32)), 0, 0);
        add(
                "tail_origin_differs",
                "malformed",
                "the tail does not start from its writer's origin",
                tail(strange, 1, strange.lastChain()));
        Bytes body = bodyOf(2, run.lastChain());
        add(
                "tail_without_changes",
                "malformed",
                "a start without changes",
                RawFile.head(7, RawFile.record(0x84, body), run.start(), signature(7, body, run.startBody())));
        add(
                "tail_of_reader",
                "not_a_writer",
                "changes of a device whose role is reader",
                tail(run, 2, run.lastChain()),
                "device may write",
                "no");
        Bytes empty = encode(body());
        add(
                "head_of_reader",
                "verified",
                "a reader's head without changes",
                RawFile.head(7, RawFile.record(0x84, empty), signature(7, empty, Bytes.empty())),
                "device may write",
                "no");
    }

    private void signatures() {
        Bytes body = encode(body());
        Bytes signature = signature(7, body, Bytes.empty());
        add(
                "counter_replaced",
                "bad_signature",
                "the signature of another counter",
                RawFile.head(8, RawFile.record(0x84, body), signature));
        SigningKey stranger = new SigningKey(Secret.copyOf(Bytes.hex("33".repeat(32))));
        add(
                "signature_of_stranger",
                "bad_signature",
                "signed by another device",
                RawFile.head(7, RawFile.record(0x84, body), RawFile.record(0x83, stranger.sign(body))));
        add("no_signature", "malformed", "the signature is missing", RawFile.head(7, RawFile.record(0x84, body)));
        entry("device_unknown", "waiting_member", "a device without a member entry", 1, "50" + "01".repeat(16));
        RawRun part = RawRun.of(RawRun.change("05")).from(5, Bytes.hex("ab".repeat(32)), 41, -7);
        RawRun shifted = RawRun.of(RawRun.change("05")).from(5, Bytes.hex("ab".repeat(32)), 42, -7);
        Bytes later = bodyOf(5, part.lastChain());
        add(
                "tail_start_shifted",
                "bad_signature",
                "the base lamport number was changed after signing",
                RawFile.head(
                        7,
                        RawFile.record(0x84, later),
                        shifted.start(),
                        shifted.changes(),
                        signature(7, later, part.startBody())));
    }
}
