package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.log.Fixture;
import java.math.BigInteger;
import java.util.List;

/** Vectors of SPEC sections "Changes", "Signatures" and "Segments". */
final class SegmentCatalog {
    private static final Bytes OTHER = Fixture.OTHER.bytes();
    private static final Bytes THIRD = Bytes.hex("ff".repeat(16));
    private static final BigInteger GROUP_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final Catalog catalog = new Catalog("segment");

    static List<VectorFile> vectors() {
        SegmentCatalog segment = new SegmentCatalog();
        segment.valid();
        segment.records();
        segment.starts();
        segment.changes();
        segment.parents();
        segment.signatures();
        segment.members();
        return segment.catalog.vectors();
    }

    private void add(String name, String expect, String description, RawFile file, String... more) {
        catalog.file(name, "segment", expect, description, file.build(), more);
    }

    private void valid() {
        valid("one_change", "one change with nothing but operations", RawRun.of(RawRun.change("0a0b")));
        Bytes rich = Bytes.concat(
                Bytes.hex("05" + "d00f" + "02"),
                RawRun.parent(OTHER, 300),
                RawRun.parent(THIRD, 1),
                Bytes.hex("07" + "6869 20 f09f9880".replace(" ", "")),
                Bytes.hex("010203"));
        valid(
                "parents_and_message",
                "three changes; the second has two parents and a message",
                RawRun.of(RawRun.change("01"), rich, RawRun.change("")));
        valid(
                "parents_of_a_forked_writer",
                "a change which builds on two branches of one writer",
                RawRun.of(Bytes.concat(parents(RawRun.parent(OTHER, 1), RawRun.parent(OTHER, 2)), Bytes.of(1))));
        RawRun later = RawRun.of(RawRun.change("05"), RawRun.change("06")).from(5, Bytes.hex("ab".repeat(32)), 41, -7);
        valid("later_part", "changes 5 and 6, which are read without those before", later);
        RawRun run = RawRun.of(RawRun.change("01"));
        RawFile unknown = RawFile.segment(
                RawFile.record(0x10, Bytes.of(1, 2)),
                run.start(),
                run.changes(),
                run.signature(),
                RawFile.record(0x7f, Bytes.empty()));
        add(
                "unknown_optional_record",
                "verified",
                "records of unknown types which are not critical",
                unknown,
                "last chain",
                run.lastChain().toHex());
    }

    private void valid(String name, String description, RawRun run) {
        add(
                name,
                "verified",
                description,
                run.segment(),
                "last seq",
                "" + run.lastSeq(),
                "last chain",
                run.lastChain().toHex());
    }

    private void records() {
        RawRun run = RawRun.of(RawRun.change("01"));
        add(
                "unknown_critical_record",
                "too_new",
                "a record of an unknown critical type",
                RawFile.segment(run.start(), run.changes(), run.signature(), RawFile.record(0xfe, Bytes.empty())));
        add("no_signature", "malformed", "the signature is missing", RawFile.segment(run.start(), run.changes()));
        add("no_start", "malformed", "the start is missing", RawFile.segment(run.changes(), run.signature()));
        add(
                "records_out_of_order",
                "malformed",
                "the signature before the changes",
                RawFile.segment(run.start(), run.signature(), run.changes()));
        add(
                "changes_twice",
                "malformed",
                "two records with changes",
                RawFile.segment(run.start(), run.changes(), run.changes(), run.signature()));
        add(
                "head_record",
                "malformed",
                "a record which belongs into a head",
                RawFile.segment(run.start(), run.changes(), run.signature(), RawFile.record(0x84, Bytes.empty())));
    }

    private void starts() {
        RawRun run = RawRun.of(RawRun.change("01"));
        Bytes start = run.startBody();
        start("start_short", "a start without its last byte", start.slice(0, start.size() - 1));
        start("start_long", "a start with a byte more", Bytes.concat(start, Bytes.of(0)));
        start("first_seq_0", "changes are counted from 1", RawFile.replace(start, 23, Bytes.of(0)));
        start(
                "first_seq_above_limit",
                "a sequence number of 2^53",
                RawFile.replace(start, 16, Bytes.hex("0020000000000000")));
        start(
                "base_lamport_at_origin",
                "a first change has base lamport number 0",
                RawFile.replace(start, 56, Bytes.of(1)));
        add(
                "origin_of_another_writer",
                "malformed",
                "the first change does not continue the origin of its writer",
                run.from(1, Bytes.hex("00".repeat(32)), 0, 0).segment());
    }

    private void start(String name, String description, Bytes body) {
        RawRun run = RawRun.of(RawRun.change("01"));
        add(
                name,
                "malformed",
                description,
                RawFile.segment(RawFile.record(0x81, body), run.changes(), run.signature()));
    }

    private void changes() {
        change("lamport_step_0", "a lamport number must rise", Bytes.hex("000000" + "00"));
        change(
                "lamport_above_limit",
                "a lamport number of 2^53",
                Bytes.concat(new ByteWriter().varint(1L << 53).toBytes(), Bytes.hex("000000")));
        change(
                "time_above_limit",
                "a wall time of 2^53 ms",
                Bytes.concat(Bytes.of(1), new ByteWriter().zigzag(1L << 53).toBytes(), Bytes.hex("0000")));
        change(
                "message_too_long",
                "a message of 4,097 bytes",
                Bytes.concat(Bytes.hex("010000" + "8120"), Bytes.hex("61".repeat(4097))));
        change("message_not_utf8", "a message with a lone surrogate", Bytes.hex("010000" + "03" + "eda080"));
        change("message_overlong_utf8", "a message with an overlong character", Bytes.hex("010000" + "02" + "c080"));
    }

    private void parents() {
        change(
                "parent_order",
                "parents which do not ascend",
                parents(RawRun.parent(THIRD, 1), RawRun.parent(OTHER, 1)));
        change(
                "parent_twice",
                "one change twice among the parents",
                parents(RawRun.parent(OTHER, 1), RawRun.parent(OTHER, 1)));
        change("parent_self", "the writer itself among its parents", parents(RawRun.parent(Fixture.WRITER.bytes(), 1)));
        change("parent_seq_0", "a parent with sequence number 0", parents(RawRun.parent(OTHER, 0)));
        Bytes[] many = new Bytes[65];
        for (int i = 0; i < many.length; i++) {
            many[i] = RawRun.parent(Bytes.concat(Bytes.of(i + 1), OTHER.slice(1)), 1);
        }
        change("parents_too_many", "65 parents", parents(many));
    }

    private static Bytes parents(Bytes... parents) {
        return Bytes.concat(Bytes.hex("0100"), Bytes.of(parents.length), Bytes.concat(parents), Bytes.of(0));
    }

    private void change(String name, String description, Bytes change) {
        add(name, "malformed", description, RawRun.of(change).segment());
    }

    private void signatures() {
        RawRun run = RawRun.of(RawRun.change("01"), RawRun.change("02"));
        Bytes signature = Fixture.KEY.sign(run.message());
        signature("signature_flipped", "a bit of R is flipped", RawFile.flip(signature, 3));
        signature("signature_short", "63 bytes", signature.slice(0, 63));
        signature("signature_long", "65 bytes", Bytes.concat(signature, Bytes.of(0)));
        signature("signature_s_plus_order", "the same S plus the order of the group", plusOrder(signature));
        signature(
                "signature_of_segment_before",
                "the signature of the first change alone",
                Fixture.KEY.sign(RawRun.of(RawRun.change("01")).message()));
        SigningKey stranger = new SigningKey(Secret.copyOf(Bytes.hex("33".repeat(32))));
        signature(
                "signature_of_stranger",
                "signed by another device than the one it names",
                stranger.sign(run.message()));
        RawRun part = RawRun.of(RawRun.change("05")).from(5, Bytes.hex("ab".repeat(32)), 41, -7);
        Bytes shifted = RawRun.of(RawRun.change("05"))
                .from(5, Bytes.hex("ab".repeat(32)), 42, -7)
                .start();
        add(
                "start_shifted",
                "bad_signature",
                "the base lamport number was changed after signing",
                RawFile.segment(shifted, part.changes(), part.signature()));
        RawRun other = RawRun.of(RawRun.change("01"), RawRun.change("03"));
        add(
                "change_replaced",
                "bad_signature",
                "a change was replaced after signing",
                RawFile.segment(run.start(), other.changes(), run.signature()));
    }

    private void signature(String name, String description, Bytes signature) {
        RawRun run = RawRun.of(RawRun.change("01"), RawRun.change("02"));
        add(
                name,
                "bad_signature",
                description,
                RawFile.segment(run.start(), run.changes(), RawFile.record(0x83, signature)));
    }

    private static Bytes plusOrder(Bytes signature) {
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = signature.get(63 - i);
        }
        byte[] sum = new BigInteger(1, reversed).add(GROUP_ORDER).toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < Math.min(32, sum.length); i++) {
            little[i] = sum[sum.length - 1 - i];
        }
        return Bytes.concat(signature.slice(0, 32), Bytes.owning(little));
    }

    private void members() {
        RawRun run = RawRun.of(RawRun.change("01"));
        add(
                "device_unknown",
                "waiting_member",
                "a device without a member entry",
                run.device(new DeviceId(1, 1)).segment());
        add(
                "device_may_only_read",
                "not_a_writer",
                "a device whose role is reader",
                RawRun.of(RawRun.change("01")).segment(),
                "device may write",
                "no");
        add("kind_head", "wrong_kind", "a head where a segment belongs", RawFile.head(1, run.start()));
    }
}
