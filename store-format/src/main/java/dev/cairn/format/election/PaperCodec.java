package dev.cairn.format.election;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Papers as CBOR maps (SPEC section "Election").
 *
 * <p>The keys of a kind ascend from 1 without a gap; the last of them may be absent where the table says so. Keys from
 * 128 on are passed over, any other makes the file too new.
 */
final class PaperCodec {
    private static final int KEYS_MAX = 1000;
    private static final int OPTIONAL_KEYS = 128;
    private static final int REASON_MAX = Request.REASON_BYTES_MAX;

    private PaperCodec() {}

    /** A paper and who answers for it. */
    record Signed(DeviceId device, Paper paper) {}

    static Bytes encode(DeviceId device, Paper paper) {
        CborWriter out = new CborWriter();
        if (paper instanceof Lock lock) {
            lock(head(out, lock.leader().isPresent() ? 12 : 11, device), lock);
        } else if (paper instanceof Ballot ballot) {
            ballot(head(out, 9, device), ballot);
        } else if (paper instanceof Vote vote) {
            head(out, 6, device).key(2).unsigned(vote.epoch()).key(3).unsigned(vote.term());
            out.key(4).bytes(vote.candidate().bytes()).key(5).bytes(vote.electorate());
            out.key(6).unsigned(vote.patienceMillis());
        } else if (paper instanceof Claim claim) {
            claim(head(out, claim.handOver().isPresent() ? 12 : 9, device), claim);
        } else if (paper instanceof Request request) {
            request(head(out, 8, device), request);
        } else if (paper instanceof Choice choice) {
            head(out, 6, device).key(2).unsigned(choice.question().code());
            out.key(3).unsigned(choice.epoch()).key(4).unsigned(choice.term());
            out.key(5).text(choice.answer()).key(6).text(choice.label());
        }
        return out.toBytes();
    }

    private static CborWriter head(CborWriter out, int keys, DeviceId device) {
        return out.map(keys).key(1).bytes(device.bytes());
    }

    private static void lock(CborWriter out, Lock lock) {
        out.key(2).bytes(incarnation(lock.incarnation()));
        out.key(3).integer(lock.wallMillis()).key(4).integer(lock.sinceMillis());
        out.key(5).unsigned(lock.ticket());
        out.key(6).unsigned(lock.epoch()).key(7).unsigned(lock.term());
        out.key(8).unsigned(lock.phase().code());
        out.key(9).unsigned(lock.periodMillis()).key(10).unsigned(lock.patienceMillis());
        out.key(11).array(lock.seen().size());
        for (Lock.Sighting one : lock.seen()) {
            out.array(3)
                    .bytes(one.writer().bytes())
                    .bytes(incarnation(one.incarnation()))
                    .unsigned(one.number());
        }
        if (lock.leader().isPresent()) {
            Token leader = lock.leader().get();
            out.key(12)
                    .array(3)
                    .unsigned(leader.epoch())
                    .unsigned(leader.term())
                    .bytes(leader.writer().bytes());
        }
    }

    private static void ballot(CborWriter out, Ballot ballot) {
        out.key(2).unsigned(ballot.epoch()).key(3).unsigned(ballot.term());
        out.key(4)
                .bool(ballot.ledLast())
                .key(5)
                .unsigned(ballot.ticket())
                .key(6)
                .integer(ballot.sinceMillis());
        out.key(7)
                .unsigned(ballot.status().code())
                .key(8)
                .unsigned(ballot.round())
                .key(9)
                .bytes(ballot.electorate());
    }

    private static void claim(CborWriter out, Claim claim) {
        OrderKey order = claim.order();
        out.key(2)
                .unsigned(claim.epoch())
                .key(3)
                .unsigned(claim.term())
                .key(4)
                .unsigned(claim.proof().code());
        out.key(5).bool(order.ledLast()).key(6).unsigned(order.ticket()).key(7).integer(order.sinceMillis());
        out.key(8).unsigned(claim.leaseMillis()).key(9).unsigned(claim.status().code());
        if (claim.handOver().isPresent()) {
            Claim.HandOver to = claim.handOver().get();
            out.key(10).bytes(to.heir().bytes()).key(11).unsigned(to.heirNumber());
            out.key(12).array(to.version().size());
            for (Claim.Point point : to.version()) {
                out.array(2).bytes(point.writer().bytes()).unsigned(point.seq());
            }
        }
    }

    private static void request(CborWriter out, Request request) {
        out.key(2).bytes(incarnation(request.incarnation()));
        out.key(3).unsigned(request.goal().code()).key(4).text(request.reason());
        out.key(5).unsigned(request.priority()).key(6).unsigned(request.minHoldMillis());
        out.key(7)
                .unsigned(request.expiryMillis())
                .key(8)
                .unsigned(request.status().code());
    }

    private static Bytes incarnation(long value) {
        return new ByteWriter(Long.BYTES).u64(value).toBytes();
    }

    static Signed decode(FileKind kind, WriterId writer, Bytes body) throws MalformedException, TooNewException {
        Entries in = new Entries(body);
        DeviceId device = DeviceId.of(in.at(1).bytes(DeviceId.SIZE));
        try {
            Paper paper = switch (kind) {
                case LOCK -> lock(in);
                case BALLOT -> ballot(in);
                case VOTE -> new Vote(in.number(2), in.number(3), in.writer(4), in.electorate(5), in.number(6));
                case CLAIM -> claim(in, writer);
                case REQUEST -> request(in);
                case CHOICE ->
                    new Choice(
                            in.constant(2, Choice.Question::ofCode),
                            in.number(3),
                            in.number(4),
                            in.at(5).text(Choice.ANSWER_BYTES_MAX),
                            in.at(6).text(Choice.LABEL_BYTES_MAX));
                default -> throw new MalformedException("no election file: " + kind);
            };
            in.end();
            return new Signed(device, paper);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a " + kind.label() + " with wrong " + e.getMessage());
        }
    }

    private static Lock lock(Entries in) throws MalformedException, TooNewException {
        long incarnation = in.incarnation(2);
        long wall = in.time(3);
        long since = in.time(4);
        long ticket = in.number(5);
        long epoch = in.number(6);
        long term = in.number(7);
        Lock.Phase phase = in.constant(8, Lock.Phase::ofCode);
        long period = in.number(9);
        long patience = in.number(10);
        List<Lock.Sighting> seen = new ArrayList<>();
        CborReader list = in.at(11);
        int count = list.array(Lock.SEEN_MAX);
        for (int i = 0; i < count; i++) {
            requireParts(list.array(3), 3);
            Lock.Sighting one = new Lock.Sighting(
                    WriterId.of(list.bytes(WriterId.SIZE)),
                    list.bytes(Long.BYTES).getLong(0),
                    list.unsigned(Limits.NUMBER_MAX));
            requireAscending(i == 0 || seen.get(i - 1).writer().compareTo(one.writer()) < 0);
            seen.add(one);
        }
        Optional<Token> leader = in.has(12) ? Optional.of(token(in.at(12))) : Optional.empty();
        return new Lock(incarnation, wall, since, ticket, epoch, term, phase, period, patience, seen, leader);
    }

    private static Token token(CborReader in) throws MalformedException {
        requireParts(in.array(3), 3);
        return new Token(
                in.unsigned(Limits.NUMBER_MAX), in.unsigned(Limits.NUMBER_MAX), WriterId.of(in.bytes(WriterId.SIZE)));
    }

    private static Ballot ballot(Entries in) throws MalformedException, TooNewException {
        return new Ballot(
                in.number(2),
                in.number(3),
                in.at(4).bool(),
                in.number(5),
                in.time(6),
                in.constant(7, Ballot.Status::ofCode),
                (int) in.at(8).unsigned(Ballot.ROUNDS_MAX),
                in.electorate(9));
    }

    private static Claim claim(Entries in, WriterId writer) throws MalformedException, TooNewException {
        long epoch = in.number(2);
        long term = in.number(3);
        Claim.Proof proof = in.constant(4, Claim.Proof::ofCode);
        OrderKey order = new OrderKey(in.at(5).bool(), in.number(6), in.time(7), writer);
        long lease = in.number(8);
        Claim.Status status = in.constant(9, Claim.Status::ofCode);
        Optional<Claim.HandOver> handOver = Optional.empty();
        if (in.has(10)) {
            WriterId heir = in.writer(10);
            handOver = Optional.of(new Claim.HandOver(heir, in.number(11), version(in.at(12))));
        }
        return new Claim(epoch, term, proof, order, lease, status, handOver);
    }

    private static List<Claim.Point> version(CborReader in) throws MalformedException {
        int count = in.array(Claim.VERSION_MAX);
        List<Claim.Point> version = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requireParts(in.array(2), 2);
            Claim.Point point = new Claim.Point(WriterId.of(in.bytes(WriterId.SIZE)), in.unsigned(Limits.NUMBER_MAX));
            requireAscending(i == 0 || version.get(i - 1).writer().compareTo(point.writer()) < 0);
            version.add(point);
        }
        return version;
    }

    private static Request request(Entries in) throws MalformedException, TooNewException {
        return new Request(
                in.incarnation(2),
                in.constant(3, Request.Goal::ofCode),
                in.at(4).text(REASON_MAX),
                (int) in.at(5).unsigned(Request.PRIORITY_MAX),
                in.number(6),
                in.number(7),
                in.constant(8, Request.Status::ofCode));
    }

    private static void requireParts(int found, int expected) throws MalformedException {
        if (found != expected) {
            throw new MalformedException("an entry of " + found + " parts, not " + expected);
        }
    }

    private static void requireAscending(boolean ascending) throws MalformedException {
        if (!ascending) {
            throw new MalformedException("writers which do not ascend");
        }
    }

    /** A constant by its number. */
    private interface ByCode<T> {
        Optional<T> of(long code);
    }

    /** The entries of a map, which are asked for in the order of their keys. */
    private static final class Entries {
        private final CborReader in;
        private int left;
        private long next;

        Entries(Bytes body) throws MalformedException {
            in = new CborReader(body);
            left = in.map(KEYS_MAX);
            advance();
        }

        private void advance() throws MalformedException {
            next = left > 0 ? in.key() : Long.MAX_VALUE;
        }

        boolean has(int key) throws MalformedException {
            settle();
            return next == key;
        }

        private boolean pending;

        /** The key after a value is read only when the value was. */
        private void settle() throws MalformedException {
            if (pending) {
                pending = false;
                left--;
                advance();
            }
        }

        CborReader at(int key) throws MalformedException {
            settle();
            if (next != key) {
                throw new MalformedException("no entry " + key + " where one belongs");
            }
            pending = true;
            return in;
        }

        long number(int key) throws MalformedException {
            return at(key).unsigned(Limits.NUMBER_MAX);
        }

        long time(int key) throws MalformedException {
            return at(key).integer(-Limits.NUMBER_MAX, Limits.NUMBER_MAX);
        }

        long incarnation(int key) throws MalformedException {
            return at(key).bytes(Long.BYTES).getLong(0);
        }

        WriterId writer(int key) throws MalformedException {
            return WriterId.of(at(key).bytes(WriterId.SIZE));
        }

        Bytes electorate(int key) throws MalformedException {
            return at(key).bytes(Electorate.DIGEST_SIZE).compact();
        }

        /** A number which this version does not know may mean anything: the file is too new. */
        <T> T constant(int key, ByCode<T> constants) throws MalformedException, TooNewException {
            long code = number(key);
            return constants.of(code).orElseThrow(() -> new TooNewException("value " + code + " of entry " + key));
        }

        void end() throws MalformedException, TooNewException {
            settle();
            while (left > 0) {
                if (next < OPTIONAL_KEYS) {
                    throw new TooNewException("entry " + next);
                }
                in.skip();
                left--;
                advance();
            }
            in.end();
        }
    }
}
