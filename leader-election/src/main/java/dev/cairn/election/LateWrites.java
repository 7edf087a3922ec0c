package dev.cairn.election;

import dev.cairn.election.protocol.Command;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import dev.cairn.replica.leaderonly.LateWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notices writes of stale leaders which wait for somebody to decide. */
final class LateWrites {
    private final Space space;
    private Optional<Version> seen = Optional.empty();

    LateWrites(Space space) {
        this.space = space;
    }

    /** What the user is to be told; looks at the collections when anything has changed in the space. */
    synchronized List<Command> look() {
        Version now = space.version();
        if (seen.equals(Optional.of(now))) {
            return List.of();
        }
        seen = Optional.of(now);
        List<Command> commands = new ArrayList<>();
        for (String name : space.leaderOnlyNames()) {
            long waiting = space.leaderOnly(name).late().stream()
                    .filter(late -> late.state() == LateWrite.State.PENDING)
                    .count();
            if (waiting > 0) {
                commands.add(new Command.Tell(
                        Question.LATE_WRITES,
                        waiting + (waiting == 1 ? " write" : " writes") + " to \"" + name
                                + "\" came from a leader of whom a later one knew nothing, and wait until you accept"
                                + " or dismiss them."));
            }
        }
        return commands;
    }
}
