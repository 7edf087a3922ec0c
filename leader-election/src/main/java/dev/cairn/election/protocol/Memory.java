package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.util.List;
import java.util.Optional;

/**
 * What a device must not forget, on disk before anything that rests on it is published.
 *
 * @param writer the writer it belongs to
 * @param epoch the greatest epoch seen
 * @param term the greatest term seen
 * @param reserved numbers up to this one may have been used for files
 * @param patienceMillis how long it keeps to a leader of whom it hears nothing, which others rely on
 * @param voting whether this device votes; a copy of a device does not, until its user says that the other is gone
 * @param incarnations the random numbers of its own starts, newest last
 * @param allegiance the leader it keeps to, or the candidate it voted for
 */
public record Memory(
        WriterId writer,
        long epoch,
        long term,
        long reserved,
        long patienceMillis,
        boolean voting,
        List<Long> incarnations,
        Optional<Token> allegiance,
        Optional<Ballot> ballot,
        Optional<Vote> vote,
        Optional<Claim> claim,
        Optional<Request> request,
        Optional<Choice> choice) {
    /** Starts that are remembered. */
    public static final int INCARNATIONS_MAX = 64;

    /** Copies the list. */
    public Memory {
        incarnations = List.copyOf(incarnations);
    }

    /** The memory of a writer that never took part. */
    public static Memory of(WriterId writer) {
        return new Memory(
                writer,
                0,
                0,
                0,
                0,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The memory of the next writer of the same device, which may not be the only one who goes on. */
    public Memory of(WriterId next, boolean mayVote) {
        return new Memory(
                next,
                epoch,
                term,
                0,
                patienceMillis,
                mayVote,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
