package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Vote;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest papers of one writer.
 *
 * @param device the device whose writer it is
 */
public record Papers(
        DeviceId device,
        @Nullable Numbered<Lock> lockFile,
        @Nullable Numbered<Ballot> ballotFile,
        @Nullable Numbered<Vote> voteFile,
        @Nullable Numbered<Claim> claimFile,
        @Nullable Numbered<Request> requestFile,
        @Nullable Numbered<Choice> choiceFile) {

    /** A paper and the number of its file. */
    public record Numbered<P extends Paper>(long number, P paper) {}

    /** No papers yet. */
    public static Papers of(DeviceId device) {
        return new Papers(device, null, null, null, null, null, null);
    }

    /** These papers with those of a file, unless there is a newer one of its kind, or another device signed it. */
    public Papers with(ElectionFile file) {
        return file.device().equals(device) ? with(file.number(), file.paper()) : this;
    }

    /** These papers with one more, unless there is a newer one of its kind. */
    public Papers with(long number, Paper paper) {
        Papers p = this;
        if (paper instanceof Lock lock && newer(p.lockFile, number)) {
            return p.lock(new Numbered<>(number, lock));
        } else if (paper instanceof Ballot ballot && newer(p.ballotFile, number)) {
            return new Papers(
                    device, lockFile, new Numbered<>(number, ballot), voteFile, claimFile, requestFile, choiceFile);
        } else if (paper instanceof Vote vote && newer(p.voteFile, number)) {
            return new Papers(
                    device, lockFile, ballotFile, new Numbered<>(number, vote), claimFile, requestFile, choiceFile);
        } else if (paper instanceof Claim claim && newer(p.claimFile, number)) {
            return new Papers(
                    device, lockFile, ballotFile, voteFile, new Numbered<>(number, claim), requestFile, choiceFile);
        } else if (paper instanceof Request request && newer(p.requestFile, number)) {
            return new Papers(
                    device, lockFile, ballotFile, voteFile, claimFile, new Numbered<>(number, request), choiceFile);
        } else if (paper instanceof Choice choice && newer(p.choiceFile, number)) {
            return new Papers(
                    device, lockFile, ballotFile, voteFile, claimFile, requestFile, new Numbered<>(number, choice));
        }
        return this;
    }

    private Papers lock(Numbered<Lock> file) {
        return new Papers(device, file, ballotFile, voteFile, claimFile, requestFile, choiceFile);
    }

    private static boolean newer(@Nullable Numbered<?> known, long number) {
        return known == null || number > known.number();
    }

    /** Its sign of life. */
    public Optional<Lock> lock() {
        return lockFile == null ? Optional.empty() : Optional.of(lockFile.paper());
    }

    /** The number of its sign of life, 0 without one. */
    public long lockNumber() {
        return lockFile == null ? 0 : lockFile.number();
    }

    /** Its candidacy. */
    public Optional<Ballot> ballot() {
        return ballotFile == null ? Optional.empty() : Optional.of(ballotFile.paper());
    }

    /** Its vote. */
    public Optional<Vote> vote() {
        return voteFile == null ? Optional.empty() : Optional.of(voteFile.paper());
    }

    /** Its claim. */
    public Optional<Claim> claim() {
        return claimFile == null ? Optional.empty() : Optional.of(claimFile.paper());
    }

    /** Its request. */
    public Optional<Request> request() {
        return requestFile == null ? Optional.empty() : Optional.of(requestFile.paper());
    }

    /** Its user's answer. */
    public Optional<Choice> choice() {
        return choiceFile == null ? Optional.empty() : Optional.of(choiceFile.paper());
    }

    /** The number of the file with the paper of the same kind, 0 if there is none. */
    public long number(Paper like) {
        Numbered<?> file = switch (like.kind()) {
            case LOCK -> lockFile;
            case BALLOT -> ballotFile;
            case VOTE -> voteFile;
            case CLAIM -> claimFile;
            case REQUEST -> requestFile;
            default -> choiceFile;
        };
        return file == null ? 0 : file.number();
    }
}
