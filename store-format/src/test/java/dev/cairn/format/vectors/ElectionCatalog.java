package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.log.Fixture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Vectors of SPEC section "Election". */
final class ElectionCatalog {
    private static final String DEVICE = "50" + Fixture.DEVICE.bytes().toHex();
    private static final String OTHER = "50" + Fixture.OTHER.bytes().toHex();
    private static final String INCARNATION = "48" + "0102030405060708";
    private static final String TIME = "1b0000018bcfe56800";
    private static final String ELECTORATE = "50" + "e1".repeat(16);

    private final Catalog catalog = new Catalog("election");

    static List<VectorFile> vectors() {
        ElectionCatalog election = new ElectionCatalog();
        election.locks();
        election.ballots();
        election.votes();
        election.claims();
        election.requests();
        election.choices();
        election.files();
        return election.catalog.vectors();
    }

    private static Map<Integer, String> map(String... values) {
        Map<Integer, String> map = new TreeMap<>();
        map.put(1, DEVICE);
        for (int i = 0; i < values.length; i++) {
            map.put(i + 2, values[i]);
        }
        return map;
    }

    private static Map<Integer, String> lock() {
        return map(INCARNATION, TIME, TIME, "03", "00", "05", "01", "194e20", "1a000927c0", "80");
    }

    private static Map<Integer, String> ballot() {
        return map("00", "06", "f4", "03", TIME, "00", "00", ELECTORATE);
    }

    private static Map<Integer, String> vote() {
        return map("00", "06", OTHER, ELECTORATE, "1a000927c0");
    }

    private static Map<Integer, String> claim() {
        return map("00", "06", "02", "f4", "03", TIME, "1a000704e0", "00");
    }

    private static Map<Integer, String> request() {
        return map(INCARNATION, "00", "67" + "636f6d70616374", "05", "00", "1a000927c0", "00");
    }

    private static Map<Integer, String> choice() {
        return map("02", "00", "06", "64" + "6c656164", "63" + "416e6e");
    }

    private static Map<Integer, String> with(Map<Integer, String> map, int key, String value) {
        map.put(key, value);
        return map;
    }

    private static Map<Integer, String> without(Map<Integer, String> map, int key) {
        map.remove(key);
        return map;
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

    private static Bytes signature(FileKind kind, long number, Bytes body) {
        Bytes message = new ByteWriter()
                .bytes(Bytes.utf8("cairn/v1/election"))
                .bytes(Fixture.SPACE.bytes())
                .bytes(Fixture.WRITER.bytes())
                .u8(kind.code())
                .u64(number)
                .bytes(body.sha256())
                .toBytes();
        return RawFile.record(0x83, Fixture.KEY.sign(message));
    }

    private void add(
            String name, FileKind kind, String expect, String description, Map<Integer, String> body, String... more) {
        Bytes encoded = encode(body);
        file(
                name,
                kind,
                expect,
                description,
                RawFile.of(kind, 9, RawFile.record(0x90, encoded), signature(kind, 9, encoded)),
                more);
    }

    private void file(String name, FileKind kind, String expect, String description, RawFile file, String... more) {
        String[] fields = new String[more.length + 2];
        fields[0] = "writer";
        fields[1] = Fixture.WRITER.toString();
        System.arraycopy(more, 0, fields, 2, more.length);
        catalog.file(name, kind.name().toLowerCase(Locale.ROOT), expect, description, file.build(), fields);
    }

    private void locks() {
        add("lock", FileKind.LOCK, "verified", "a follower alone", lock(), "number", "9");
        String seen = "83" + OTHER + INCARNATION + "11";
        String leader = "83" + "00" + "05" + OTHER;
        add(
                "lock_leader",
                FileKind.LOCK,
                "verified",
                "a follower which hears of a leader",
                with(with(lock(), 11, "81" + seen), 12, leader));
        add("lock_optional", FileKind.LOCK, "verified", "an unknown entry from 128 on", with(lock(), 128, "01"));
        add("lock_critical", FileKind.LOCK, "too_new", "an unknown entry below 128", with(lock(), 13, "01"));
        add("lock_phase", FileKind.LOCK, "too_new", "a phase that there is not", with(lock(), 8, "06"));
        add("lock_missing", FileKind.LOCK, "malformed", "no ticket", without(lock(), 5));
        add("lock_seen_order", FileKind.LOCK, "malformed", "a writer twice", with(lock(), 11, "82" + seen + seen));
        add(
                "lock_seen_0",
                FileKind.LOCK,
                "malformed",
                "number 0 seen",
                with(lock(), 11, "8183" + OTHER + INCARNATION + "00"));
        add("lock_seen_too_many", FileKind.LOCK, "malformed", "33 writers", with(lock(), 11, "9821" + many(33)));
        add("lock_period_0", FileKind.LOCK, "malformed", "no time between two locks", with(lock(), 9, "00"));
    }

    private static String many(int count) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < count; i++) {
            list.append("83").append("50").append("00".repeat(15)).append(String.format(Locale.ROOT, "%02x", i));
            list.append(INCARNATION).append("01");
        }
        return list.toString();
    }

    private void ballots() {
        add("ballot", FileKind.BALLOT, "verified", "an open candidacy", ballot());
        add("ballot_withdrawn", FileKind.BALLOT, "verified", "given up", with(ballot(), 7, "01"));
        add("ballot_status", FileKind.BALLOT, "too_new", "a status that there is not", with(ballot(), 7, "03"));
        add("ballot_term_0", FileKind.BALLOT, "malformed", "term 0", with(ballot(), 3, "00"));
        add("ballot_ticket_0", FileKind.BALLOT, "malformed", "ticket 0", with(ballot(), 5, "00"));
        add(
                "ballot_electorate",
                FileKind.BALLOT,
                "malformed",
                "15 bytes of electorate",
                with(ballot(), 9, "4f" + "e1".repeat(15)));
    }

    private void votes() {
        add("vote", FileKind.VOTE, "verified", "a vote for another writer", vote());
        add("vote_term_0", FileKind.VOTE, "malformed", "term 0", with(vote(), 3, "00"));
        add(
                "vote_patience",
                FileKind.VOTE,
                "malformed",
                "a promise for more than a year",
                with(vote(), 6, "1b0000001000000000"));
    }

    private void claims() {
        String token = "0.6." + Fixture.WRITER;
        add("claim", FileKind.CLAIM, "verified", "a leader by votes", claim(), "token", token);
        Map<Integer, String> handed = with(with(claim(), 9, "02"), 10, OTHER);
        handed.put(11, "11");
        handed.put(12, "81" + "82" + OTHER + "07");
        add("claim_handed_over", FileKind.CLAIM, "verified", "a hand-over", handed, "token", token);
        add("claim_no_heir", FileKind.CLAIM, "malformed", "a hand-over to nobody", with(claim(), 9, "02"));
        Map<Integer, String> heir = with(with(claim(), 10, OTHER), 11, "11");
        heir.put(12, "80");
        add("claim_heir", FileKind.CLAIM, "malformed", "an active claim with an heir", heir);
        Map<Integer, String> half = with(with(claim(), 9, "02"), 10, OTHER);
        add("claim_half_heir", FileKind.CLAIM, "malformed", "an heir without a version", half);
        add("claim_proof", FileKind.CLAIM, "too_new", "a proof that there is not", with(claim(), 4, "04"));
        Map<Integer, String> twice = with(with(claim(), 9, "02"), 10, OTHER);
        twice.put(11, "11");
        twice.put(12, "82" + "82" + OTHER + "07" + "82" + OTHER + "07");
        add("claim_version_order", FileKind.CLAIM, "malformed", "a writer twice in a version", twice);
    }

    private void requests() {
        add("request", FileKind.REQUEST, "verified", "a wish to lead", request());
        add("request_priority", FileKind.REQUEST, "malformed", "priority 10", with(request(), 5, "0a"));
        add("request_goal", FileKind.REQUEST, "too_new", "a goal that there is not", with(request(), 3, "03"));
        add(
                "request_reason",
                FileKind.REQUEST,
                "malformed",
                "a reason of 257 bytes",
                with(request(), 4, "790101" + "61".repeat(257)));
        add("request_expiry_0", FileKind.REQUEST, "malformed", "a wish for no time", with(request(), 7, "00"));
    }

    private void choices() {
        add("choice", FileKind.CHOICE, "verified", "a user chose", choice());
        add("choice_question", FileKind.CHOICE, "too_new", "a question that there is not", with(choice(), 2, "07"));
        add(
                "choice_answer",
                FileKind.CHOICE,
                "malformed",
                "an answer of 65 bytes",
                with(choice(), 5, "7841" + "61".repeat(65)));
    }

    private void files() {
        Bytes vote = encode(vote());
        Bytes record = RawFile.record(0x90, vote);
        Bytes signed = signature(FileKind.VOTE, 9, vote);
        file(
                "number_replaced",
                FileKind.VOTE,
                "bad_signature",
                "another number",
                RawFile.of(FileKind.VOTE, 10, record, signed));
        Bytes asBallot = signature(FileKind.BALLOT, 9, vote);
        file(
                "kind_replaced",
                FileKind.VOTE,
                "bad_signature",
                "signed as another kind",
                RawFile.of(FileKind.VOTE, 9, record, asBallot));
        file("no_signature", FileKind.VOTE, "malformed", "nobody signed", RawFile.of(FileKind.VOTE, 9, record));
        file(
                "two_records",
                FileKind.VOTE,
                "malformed",
                "two votes",
                RawFile.of(FileKind.VOTE, 9, record, record, signed));
        file(
                "unknown_record",
                FileKind.VOTE,
                "verified",
                "an unknown record which is not critical",
                RawFile.of(FileKind.VOTE, 9, record, RawFile.record(0x11, Bytes.of(1)), signed));
        file(
                "unknown_critical",
                FileKind.VOTE,
                "too_new",
                "an unknown critical record",
                RawFile.of(FileKind.VOTE, 9, record, RawFile.record(0x9f, Bytes.of(1)), signed));
        file(
                "wrong_kind",
                FileKind.LOCK,
                "wrong_kind",
                "a vote in the place of a lock",
                RawFile.of(FileKind.VOTE, 9, record, signed));
        catalog.file(
                "wrong_writer",
                "vote",
                "wrong_kind",
                "a vote in another writer's directory",
                RawFile.of(FileKind.VOTE, 9, record, signed).build(),
                "writer",
                Fixture.OTHER.toString());
        Map<Integer, String> stranger = with(vote(), 1, "50" + "99".repeat(16));
        add("stranger", FileKind.VOTE, "waiting_member", "a device which no member entry names", stranger);
        file(
                "too_large",
                FileKind.VOTE,
                "too_large",
                "a file of more than 16 KiB",
                RawFile.of(FileKind.VOTE, 9, record, signed)
                        .payload(RawFile.payload(Bytes.concat(record, signed), 20_000)));
    }
}
