package dev.cairn.election.protocol;

import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is published: a lock by the heartbeat, and every other paper once, and again when it has vanished. */
final class Desk {
    /** Numbers that are made durable at once, so that a heartbeat costs no write to the own disk. */
    private static final int RESERVE = 256;

    private final Turn turn;
    private final Session s;

    Desk(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
    }

    void publish() {
        if (!turn.view.writable() || !turn.member()) {
            return;
        }
        Memory memory = turn.memory();
        memory.claim().ifPresent(this::keep);
        memory.ballot().ifPresent(this::keep);
        memory.vote().ifPresent(this::keep);
        memory.request().ifPresent(this::keep);
        memory.choice().ifPresent(this::keep);
        lock();
    }

    private void keep(Paper paper) {
        Session.Sent sent = s.sent.get(paper.kind());
        if (sent == null && isPresent(paper)) {
            s.sent.put(paper.kind(), new Session.Sent(turn.view.present().number(paper), paper, turn.mono()));
        } else if (sent == null || !sent.paper().equals(paper) || hasVanished(sent, paper)) {
            send(paper);
        }
    }

    private boolean isPresent(Paper paper) {
        Papers present = turn.view.present();
        return switch (paper.kind()) {
            case CLAIM -> present.claim().filter(paper::equals).isPresent();
            case BALLOT -> present.ballot().filter(paper::equals).isPresent();
            case VOTE -> present.vote().filter(paper::equals).isPresent();
            case REQUEST -> present.request().filter(paper::equals).isPresent();
            case CHOICE -> present.choice().filter(paper::equals).isPresent();
            default -> false;
        };
    }

    private boolean hasVanished(Session.Sent sent, Paper paper) {
        return turn.view.present().number(paper) < sent.number()
                && turn.mono() - sent.at() >= turn.me.timers().heartbeatMillis();
    }

    private void lock() {
        Optional<Token> leader = turn.watch.leader();
        Session.Sent sent = s.sent.get(FileKind.LOCK);
        Lock last = sent == null ? null : (Lock) sent.paper();
        long period = turn.me.timers().periodMillis(turn.view.electorate().size());
        boolean due = sent == null
                || last == null
                || turn.mono() - sent.at() >= period
                || last.phase() != s.phase
                || last.ticket() != s.ticket
                || last.incarnation() != s.incarnation
                || !last.leader().equals(leader);
        if (due) {
            Lock lock = new Lock(
                    s.incarnation,
                    turn.now.wallMillis(),
                    s.sinceMillis,
                    s.ticket,
                    turn.memory().epoch(),
                    turn.memory().term(),
                    s.phase,
                    period,
                    turn.memory().patienceMillis(),
                    seen(leader),
                    leader);
            s.published.put(send(lock), turn.mono());
        }
    }

    private long send(Paper paper) {
        long number = s.next++;
        if (number > turn.memory().reserved()) {
            turn.remember(Memories.reserved(turn.memory(), number + RESERVE - 1));
        }
        s.sent.put(paper.kind(), new Session.Sent(number, paper, turn.mono()));
        turn.publish(new Action.Publish(number, paper));
        return number;
    }

    /** The leader and the candidates always, the others in turn when there are many. */
    private List<Lock.Sighting> seen(Optional<Token> leader) {
        List<WriterId> first = new ArrayList<>();
        List<WriterId> rest = new ArrayList<>();
        for (Map.Entry<WriterId, Papers> entry : turn.watch.members().entrySet()) {
            WriterId writer = entry.getKey();
            if (!turn.watch.isThere(writer)) {
                continue;
            }
            boolean early = leader.map(Token::writer).filter(writer::equals).isPresent()
                    || entry.getValue()
                            .ballot()
                            .map(Ballot::status)
                            .filter(Ballot.Status.OPEN::equals)
                            .isPresent()
                    || entry.getValue().claim().filter(Claim::active).isPresent();
            (early && first.size() < Lock.SEEN_MAX / 2 ? first : rest).add(writer);
        }
        int room = Math.min(Lock.SEEN_MAX - first.size(), rest.size());
        for (int i = 0; i < room; i++) {
            first.add(rest.get((s.turn + i) % rest.size()));
        }
        s.turn = rest.isEmpty() ? 0 : (s.turn + room) % rest.size();
        return first.stream()
                .map(writer -> new Lock.Sighting(
                        writer,
                        turn.watch.heard(writer).incarnation(),
                        turn.watch.heard(writer).number()))
                .toList();
    }
}
