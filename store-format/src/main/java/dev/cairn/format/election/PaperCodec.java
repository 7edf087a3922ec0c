package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.TooNewException;
import java.util.List;
import java.util.Optional;

/**
 * Papers as CBOR maps (SPEC section "Papers").
 *
 * <p>The keys of a kind ascend from 1 without a gap, so here stands only their order: the same in the method which
 * writes a paper and in the one behind it, which reads it.
 */
final class PaperCodec {
    private PaperCodec() {}

    /** A paper and who answers for it. */
    record Signed(DeviceId device, Paper paper) {}

    static Bytes encode(DeviceId device, Paper paper) {
        PaperWriter out = new PaperWriter().bytes(device.bytes());
        if (paper instanceof Lock lock) {
            write(out, lock);
        } else if (paper instanceof Ballot ballot) {
            write(out, ballot);
        } else if (paper instanceof Vote vote) {
            write(out, vote);
        } else if (paper instanceof Claim claim) {
            write(out, claim);
        } else if (paper instanceof Request request) {
            write(out, request);
        } else if (paper instanceof Choice choice) {
            write(out, choice);
        }
        return out.toBytes();
    }

    static Signed decode(FileKind kind, WriterId writer, Bytes body) throws MalformedException, TooNewException {
        PaperReader in = new PaperReader(body);
        DeviceId device = DeviceId.of(in.bytes(DeviceId.SIZE));
        try {
            Paper paper = switch (kind) {
                case LOCK -> lock(in);
                case BALLOT -> ballot(in);
                case VOTE -> vote(in);
                case CLAIM -> claim(in, writer);
                case REQUEST -> request(in);
                case CHOICE -> choice(in);
                default -> throw new MalformedException("no election file: " + kind);
            };
            in.end();
            return new Signed(device, paper);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a " + kind.label() + " with wrong " + e.getMessage());
        }
    }

    private static void write(PaperWriter out, Lock lock) {
        out.incarnation(lock.incarnation()).time(lock.wallMillis()).time(lock.sinceMillis());
        out.number(lock.ticket()).number(lock.epoch()).number(lock.term());
        out.number(lock.phase().code()).number(lock.periodMillis()).number(lock.patienceMillis());
        out.list(
                lock.seen(),
                (item, one) -> item.array(3)
                        .bytes(one.writer().bytes())
                        .bytes(PaperWriter.random(one.incarnation()))
                        .unsigned(one.number()));
        lock.leader().ifPresent(out::token);
    }

    private static Lock lock(PaperReader in) throws MalformedException, TooNewException {
        long incarnation = in.incarnation();
        long wall = in.time();
        long since = in.time();
        long ticket = in.number();
        long epoch = in.number();
        long term = in.number();
        Lock.Phase phase = in.constant(Lock.Phase::ofCode);
        long period = in.number();
        long patience = in.number();
        List<Lock.Sighting> seen = in.list(
                Lock.SEEN_MAX,
                3,
                (writer, item) -> new Lock.Sighting(writer, PaperReader.random(item), PaperReader.number(item)));
        Optional<Token> leader = in.has() ? Optional.of(in.token()) : Optional.empty();
        return new Lock(incarnation, wall, since, ticket, epoch, term, phase, period, patience, seen, leader);
    }

    private static void write(PaperWriter out, Ballot ballot) {
        out.number(ballot.epoch()).number(ballot.term());
        out.flag(ballot.ledLast()).number(ballot.ticket()).time(ballot.sinceMillis());
        out.number(ballot.status().code()).number(ballot.round()).bytes(ballot.electorate());
    }

    private static Ballot ballot(PaperReader in) throws MalformedException, TooNewException {
        return new Ballot(
                in.number(),
                in.number(),
                in.flag(),
                in.number(),
                in.time(),
                in.constant(Ballot.Status::ofCode),
                (int) in.number(Ballot.ROUNDS_MAX),
                in.bytes(Electorate.DIGEST_SIZE));
    }

    private static void write(PaperWriter out, Vote vote) {
        out.number(vote.epoch()).number(vote.term()).writer(vote.candidate());
        out.bytes(vote.electorate()).number(vote.patienceMillis());
    }

    private static Vote vote(PaperReader in) throws MalformedException {
        return new Vote(in.number(), in.number(), in.writer(), in.bytes(Electorate.DIGEST_SIZE), in.number());
    }

    private static void write(PaperWriter out, Claim claim) {
        OrderKey order = claim.order();
        out.number(claim.epoch()).number(claim.term()).number(claim.proof().code());
        out.flag(order.ledLast()).number(order.ticket()).time(order.sinceMillis());
        out.number(claim.leaseMillis()).number(claim.status().code());
        claim.handOver().ifPresent(to -> {
            out.writer(to.heir()).number(to.heirNumber());
            out.list(
                    to.version(),
                    (item, point) -> item.array(2).bytes(point.writer().bytes()).unsigned(point.seq()));
        });
    }

    private static Claim claim(PaperReader in, WriterId writer) throws MalformedException, TooNewException {
        return new Claim(
                in.number(),
                in.number(),
                in.constant(Claim.Proof::ofCode),
                new OrderKey(in.flag(), in.number(), in.time(), writer),
                in.number(),
                in.constant(Claim.Status::ofCode),
                in.has() ? Optional.of(handOver(in)) : Optional.empty());
    }

    private static Claim.HandOver handOver(PaperReader in) throws MalformedException {
        return new Claim.HandOver(
                in.writer(),
                in.number(),
                in.list(Claim.VERSION_MAX, 2, (writer, item) -> new Claim.Point(writer, PaperReader.number(item))));
    }

    private static void write(PaperWriter out, Request request) {
        out.incarnation(request.incarnation()).number(request.goal().code()).text(request.reason());
        out.number(request.priority()).number(request.minHoldMillis());
        out.number(request.expiryMillis()).number(request.status().code());
    }

    private static Request request(PaperReader in) throws MalformedException, TooNewException {
        return new Request(
                in.incarnation(),
                in.constant(Request.Goal::ofCode),
                in.text(Request.REASON_BYTES_MAX),
                (int) in.number(Request.PRIORITY_MAX),
                in.number(),
                in.number(),
                in.constant(Request.Status::ofCode));
    }

    private static void write(PaperWriter out, Choice choice) {
        out.number(choice.question().code()).number(choice.epoch()).number(choice.term());
        out.text(choice.answer()).text(choice.label());
    }

    private static Choice choice(PaperReader in) throws MalformedException, TooNewException {
        return new Choice(
                in.constant(Choice.Question::ofCode),
                in.number(),
                in.number(),
                in.text(Choice.ANSWER_BYTES_MAX),
                in.text(Choice.LABEL_BYTES_MAX));
    }
}
