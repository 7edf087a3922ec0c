package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.OrderKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whose turn it is to stand. */
final class Ranking {
    private final Turn turn;

    Ranking(Turn turn) {
        this.turn = turn;
    }

    /** A ticket behind all that were drawn. */
    long nextTicket() {
        return 1
                + turn.view.papers().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(turn.me.writer()))
                        .flatMap(entry -> entry.getValue().lock().stream())
                        .mapToLong(Lock::ticket)
                        .max()
                        .orElse(0);
    }

    OrderKey own() {
        return new OrderKey(ledLast(turn.me.writer()), turn.s.ticket, turn.s.sinceMillis, turn.me.writer());
    }

    private boolean ledLast(WriterId writer) {
        return turn.watch
                .greatest()
                .map(Claim::token)
                .filter(token -> token.writer().equals(writer))
                .isPresent();
    }

    /** Who is next among those which are there and were not passed over, this device included. */
    OrderKey first(Set<WriterId> passedOver) {
        return Stream.concat(Stream.of(own()), others(passedOver))
                .min(OrderKey::compareTo)
                .orElseThrow();
    }

    private Stream<OrderKey> others(Set<WriterId> passedOver) {
        return turn.watch.others().stream()
                .filter(writer -> !passedOver.contains(writer))
                .flatMap(writer -> key(writer, turn.watch.papers(writer).lock()).stream());
    }

    private Optional<OrderKey> key(WriterId writer, Optional<Lock> lock) {
        return lock.filter(one -> one.ticket() > 0)
                .map(one -> new OrderKey(ledLast(writer), one.ticket(), one.sinceMillis(), writer));
    }
}
