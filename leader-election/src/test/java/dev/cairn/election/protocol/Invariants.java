package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold whatever happens, told what each device publishes and believes. */
final class Invariants {
    private final Map<Token, Claim> claims = new HashMap<>();
    private final Map<String, WriterId> quorums = new HashMap<>();
    private final Map<String, WriterId> votes = new HashMap<>();
    private final Map<WriterId, long[]> terms = new TreeMap<>();
    private final Map<WriterId, Long> numbers = new TreeMap<>();

    /** A device publishes a paper in the directory of a writer. */
    void published(WriterId author, WriterId directory, long number, Paper paper) {
        require(author.equals(directory), "I5: " + author + " writes for " + directory);
        require(numbers.getOrDefault(author, 0L) < number, "a number twice: " + number);
        numbers.put(author, number);
        if (paper instanceof Claim claim) {
            claimed(claim);
        } else if (paper instanceof Vote vote) {
            WriterId before = votes.putIfAbsent(author + " " + vote.epoch() + "." + vote.term(), vote.candidate());
            require(before == null || before.equals(vote.candidate()), "two votes of " + author);
        } else if (paper instanceof Lock lock) {
            long[] before = terms.computeIfAbsent(author, writer -> new long[2]);
            require(lock.epoch() >= before[0] && lock.term() >= before[1], "I7: a term of " + author + " fell");
            before[0] = lock.epoch();
            before[1] = lock.term();
        }
    }

    private void claimed(Claim claim) {
        Claim before = claims.putIfAbsent(claim.token(), claim);
        require(
                before == null
                        || (before.proof() == claim.proof() && before.order().equals(claim.order())),
                "I1: two contents of " + claim.token());
        if (claim.proof() == Proof.QUORUM || claim.proof() == Proof.HANDOVER) {
            WriterId other = quorums.putIfAbsent(
                    claim.epoch() + "." + claim.term(), claim.order().writer());
            require(
                    other == null || other.equals(claim.order().writer()),
                    "I2: two leaders in term " + claim.epoch() + "." + claim.term());
        }
    }

    /** A device leads, and sees these papers. */
    void leads(Claim own, Optional<Claim> greatest) {
        require(
                greatest.isEmpty() || Claims.ORDER.compare(greatest.get(), own) <= 0,
                "I6: " + own.token() + " leads after having seen " + greatest.map(Claim::token));
    }

    /** Two devices have the same papers. */
    void same(Optional<Claim> one, Optional<Claim> other) {
        require(one.equals(other), "I3: equal papers, different leaders: " + one + ", " + other);
    }

    /** The links were perfect for so long that somebody must lead. */
    void found(List<Integer> leaders) {
        require(leaders.size() == 1, "I8: the leaders are " + leaders);
    }

    private static void require(boolean holds, String broken) {
        if (!holds) {
            throw new AssertionError(broken);
        }
    }
}
