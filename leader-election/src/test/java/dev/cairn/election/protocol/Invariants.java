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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold whatever happens, told what each machine publishes and believes.
 *
 * <p>A machine is not a writer: of a disk that was copied there are two with one writer's key, until they hear of each
 * other. What two of them say in one name cannot be told from one who breaks its word, so it is judged for each
 * machine, and a term in which a copied writer voted twice may have two leaders.
 */
public final class Invariants {
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, WriterId> quorums = new HashMap<>();
    private final Map<String, WriterId> votes = new HashMap<>();
    private final Map<String, Set<WriterId>> candidates = new HashMap<>();
    private final Map<String, long[]> terms = new TreeMap<>();
    private final Map<String, Paper> numbers = new HashMap<>();
    private final Set<WriterId> copied = new TreeSet<>();
    private final Map<String, Integer> words = new HashMap<>();
    private final Map<String, Set<Token>> wordsUsed = new HashMap<>();

    /** From now on there may be two machines with that writer's key. */
    public void copied(WriterId writer) {
        copied.add(writer);
    }

    /** Somebody writes, or deletes, a file in the directory of a writer. */
    public void touched(String machine, boolean own, WriterId directory) {
        require(own, "I5: " + machine + " writes for " + directory);
    }

    /** A machine publishes a paper of its own. */
    public void published(String machine, WriterId writer, long number, Paper paper) {
        String name = machine + " " + writer;
        Paper same = numbers.putIfAbsent(name + " " + number, paper);
        require(same == null || same.equals(paper), "a number twice: " + number);
        if (paper instanceof Claim claim) {
            claimed(machine, claim);
        } else if (paper instanceof Vote vote) {
            voted(name, writer, vote);
        } else if (paper instanceof Lock lock) {
            long[] before = terms.computeIfAbsent(machine, any -> new long[2]);
            require(lock.epoch() >= before[0] && lock.term() >= before[1], "I7: a term of " + machine + " fell");
            before[0] = lock.epoch();
            before[1] = lock.term();
        }
    }

    private void voted(String name, WriterId writer, Vote vote) {
        String term = vote.epoch() + "." + vote.term();
        WriterId before = votes.putIfAbsent(name + " " + term, vote.candidate());
        require(before == null || before.equals(vote.candidate()), "two votes of " + name);
        candidates.computeIfAbsent(writer + " " + term, any -> new TreeSet<>()).add(vote.candidate());
    }

    private void claimed(String machine, Claim claim) {
        Token token = claim.token();
        Claim before = claims.putIfAbsent(token + (copied.contains(token.writer()) ? machine : ""), claim);
        require(
                before == null
                        || (before.proof() == claim.proof() && before.order().equals(claim.order())),
                "I1: two contents of " + token);
        if (claim.proof() == Proof.QUORUM || claim.proof() == Proof.HANDOVER) {
            String term = claim.epoch() + "." + claim.term();
            WriterId other = quorums.putIfAbsent(term, token.writer());
            require(
                    other == null || other.equals(token.writer()) || votedTwice(term),
                    "I2: two leaders in term " + term);
        }
    }

    /** A user's word makes the device of a machine the leader, if the device takes it up. */
    public void word(String machine) {
        words.merge(machine, 1, Integer::sum);
    }

    /** The disk of a machine was copied, with what users had said there. */
    public void sameWords(String copy, String original) {
        words.put(copy, words.getOrDefault(original, 0));
        wordsUsed.put(copy, new TreeSet<>(wordsUsed.getOrDefault(original, Set.of())));
    }

    /** In user mode a machine publishes a claim: by a word of a user each, or handed over by one who had it. */
    public void claimsByWord(String machine, Claim claim) {
        require(
                claim.proof() == Proof.USER || claim.proof() == Proof.HANDOVER,
                "word: " + machine + " leads by " + claim.proof());
        if (claim.proof() == Proof.USER) {
            Set<Token> used = wordsUsed.computeIfAbsent(machine, any -> new TreeSet<>());
            used.add(claim.token());
            require(
                    used.size() <= words.getOrDefault(machine, 0),
                    "word: " + machine + " leads as " + claim.token() + " without a word");
        }
    }

    private boolean votedTwice(String term) {
        return copied.stream()
                .anyMatch(writer ->
                        candidates.getOrDefault(writer + " " + term, Set.of()).size() > 1);
    }

    /** A device leads, and sees these papers. */
    public void leads(Claim own, Optional<Claim> greatest) {
        require(
                greatest.isEmpty() || Claims.ORDER.compare(greatest.get(), own) <= 0,
                "I6: " + own.token() + " leads after having seen " + greatest.map(Claim::token));
    }

    /** So many lead at once, by quorum and without a user's word. */
    public void together(Object leaders, int count) {
        require(count <= 1 || !copied.isEmpty(), "I2: at once lead " + leaders);
    }

    /** Two devices have the same papers. */
    public void same(Optional<Claim> one, Optional<Claim> other) {
        require(one.equals(other), "I3: equal papers, different leaders: " + one + ", " + other);
    }

    /** A change was acknowledged, and this is whether a device has it in the end. */
    public void kept(String device, String change, boolean there) {
        require(there, "I4: " + device + " has lost " + change);
    }

    /** The links were perfect for so long that somebody must lead. */
    public void found(List<Integer> leaders) {
        require(leaders.size() == 1, "I8: the leaders are " + leaders);
    }

    private static void require(boolean holds, String broken) {
        if (!holds) {
            throw new AssertionError(broken);
        }
    }
}
