package dev.cairn.election;

import dev.cairn.election.protocol.Action;
import dev.cairn.election.protocol.Command;
import dev.cairn.election.protocol.Election;
import dev.cairn.election.protocol.ElectionState;
import dev.cairn.election.protocol.Papers;
import dev.cairn.election.protocol.Step;
import dev.cairn.election.protocol.View;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One mistake in the rules, or in what goes with them, for each invariant which it must break. */
enum PlantedFault {
    /** No mistake. */
    NONE(""),
    /** A claim that ends says something else than when it began. */
    TWO_CONTENTS("I1"),
    /** A candidate believes that all have voted for it. */
    SELF_MADE_VOTES("I2"),
    /** Whoever ever claimed takes itself for the leader: {@link RandomFleet} asks it so. */
    FIRST_COME("I3"),
    /** A change is acknowledged before it is written, and then is not: {@link RandomFleet} does so. */
    ACKNOWLEDGED_TOO_EARLY("I4"),
    /** A leader deletes the ballots of the others, as the published idea has it: {@link RandomFleet} does so. */
    MEDDLING("I5"),
    /** A leader does not look at others' claims. */
    BLIND("I6"),
    /** A lock names a term from memory which was not the newest. */
    FORGETFUL("I7"),
    /** A device answers for its user. */
    PRESUMPTUOUS("word"),
    /** Votes are counted, and not cast. */
    NOBODY_VOTES("I8");

    final String invariant;

    PlantedFault(String invariant) {
        this.invariant = invariant;
    }

    /** The rules with their mistake. */
    Rules rules() {
        return switch (this) {
            case TWO_CONTENTS -> altering(PlantedFault::altered);
            case SELF_MADE_VOTES -> (state, view, now) -> Election.step(state, withVotes(state, view), now);
            case BLIND -> (state, view, now) -> Election.step(state, withoutClaims(state, view), now);
            case FORGETFUL -> altering(PlantedFault::forgotten);
            case PRESUMPTUOUS -> (state, view, now) -> Election.step(state, withAnswer(state, view), now);
            case NOBODY_VOTES -> (state, view, now) -> without(Vote.class, Election.step(state, view, now));
            default -> Election::step;
        };
    }

    private static Rules altering(UnaryOperator<Paper> change) {
        return (state, view, now) -> {
            Step step = Election.step(state, view, now);
            List<Action> actions = step.actions().stream()
                    .map(action -> action instanceof Action.Publish publish
                            ? new Action.Publish(publish.number(), change.apply(publish.paper()))
                            : action)
                    .toList();
            return new Step(step.next(), actions);
        };
    }

    private static Paper altered(Paper paper) {
        if (paper instanceof Claim claim && !claim.active()) {
            OrderKey order = claim.order();
            return new Claim(
                    claim.epoch(),
                    claim.term(),
                    claim.proof(),
                    new OrderKey(order.ledLast(), order.ticket() + 1, order.sinceMillis(), order.writer()),
                    claim.leaseMillis(),
                    claim.status(),
                    claim.handOver());
        }
        return paper;
    }

    private static Paper forgotten(Paper paper) {
        return paper instanceof Lock lock && lock.term() > 1 && lock.wallMillis() / 5_000 % 4 == 0
                ? new Lock(
                        lock.incarnation(),
                        lock.wallMillis(),
                        lock.sinceMillis(),
                        lock.ticket(),
                        lock.epoch(),
                        lock.term() - 1,
                        lock.phase(),
                        lock.periodMillis(),
                        lock.patienceMillis(),
                        lock.seen(),
                        lock.leader())
                : paper;
    }

    private static Step without(Class<? extends Paper> kind, Step step) {
        return new Step(
                step.next(),
                step.actions().stream()
                        .filter(action ->
                                !(action instanceof Action.Publish publish && kind.isInstance(publish.paper())))
                        .toList());
    }

    private static View withVotes(ElectionState state, View view) {
        Optional<Ballot> ballot = state.memory().ballot().filter(own -> own.status() == Ballot.Status.OPEN);
        if (ballot.isEmpty()) {
            return view;
        }
        Ballot own = ballot.get();
        Vote vote = new Vote(
                own.epoch(),
                own.term(),
                state.member().writer(),
                own.electorate(),
                Math.max(1, state.threshold().toMillis()));
        SortedMap<WriterId, Papers> papers = new TreeMap<>();
        view.papers().forEach((writer, one) -> papers.put(writer, one.with(Integer.MAX_VALUE, vote)));
        return with(view, papers);
    }

    private static View withoutClaims(ElectionState state, View view) {
        SortedMap<WriterId, Papers> papers = new TreeMap<>();
        view.papers()
                .forEach((writer, one) -> papers.put(
                        writer,
                        writer.equals(state.member().writer())
                                ? one
                                : new Papers(
                                        one.device(),
                                        one.lockFile(),
                                        one.ballotFile(),
                                        one.voteFile(),
                                        null,
                                        one.requestFile(),
                                        one.choiceFile())));
        return with(view, papers);
    }

    private static View withAnswer(ElectionState state, View view) {
        List<Command> commands = new ArrayList<>(view.commands());
        state.prompts()
                .forEach(prompt -> commands.add(
                        new Command.Answer(prompt.question(), prompt.answers().get(0), "")));
        return new View(
                view.writable(),
                view.papers(),
                view.present(),
                view.electorate(),
                view.retirable(),
                view.version(),
                commands);
    }

    private static View with(View view, SortedMap<WriterId, Papers> papers) {
        return new View(
                view.writable(),
                papers,
                view.present(),
                view.electorate(),
                view.retirable(),
                view.version(),
                view.commands());
    }
}
