package dev.cairn.election.protocol;

import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.util.Optional;

/** Memories that differ from another in one thing. */
final class Memories {
    private Memories() {}

    static Memory claim(Memory m, Claim claim) {
        return new Memory(
                m.writer(),
                Math.max(m.epoch(), claim.epoch()),
                Math.max(m.term(), claim.term()),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                Optional.of(claim),
                m.request(),
                m.choice());
    }

    static Memory ballot(Memory m, Ballot ballot) {
        return new Memory(
                m.writer(),
                Math.max(m.epoch(), ballot.epoch()),
                Math.max(m.term(), ballot.term()),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                Optional.of(ballot),
                m.vote(),
                m.claim(),
                m.request(),
                m.choice());
    }

    static Memory vote(Memory m, Vote vote) {
        return new Memory(
                m.writer(),
                Math.max(m.epoch(), vote.epoch()),
                Math.max(m.term(), vote.term()),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                Optional.of(new Token(vote.epoch(), vote.term(), vote.candidate())),
                m.ballot(),
                Optional.of(vote),
                m.claim(),
                m.request(),
                m.choice());
    }

    static Memory allegiance(Memory m, Optional<Token> allegiance) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                allegiance,
                m.ballot(),
                m.vote(),
                m.claim(),
                m.request(),
                m.choice());
    }

    static Memory request(Memory m, Request request) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                m.claim(),
                Optional.of(request),
                m.choice());
    }

    static Memory choice(Memory m, Choice choice) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                m.reserved(),
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                m.claim(),
                m.request(),
                Optional.of(choice));
    }

    static Memory reserved(Memory m, long reserved) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                reserved,
                m.patienceMillis(),
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                m.claim(),
                m.request(),
                m.choice());
    }

    static Memory voting(Memory m, boolean voting) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                m.reserved(),
                m.patienceMillis(),
                voting,
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                m.claim(),
                m.request(),
                m.choice());
    }

    static Memory patience(Memory m, long patienceMillis) {
        return new Memory(
                m.writer(),
                m.epoch(),
                m.term(),
                m.reserved(),
                patienceMillis,
                m.voting(),
                m.incarnations(),
                m.allegiance(),
                m.ballot(),
                m.vote(),
                m.claim(),
                m.request(),
                m.choice());
    }
}
