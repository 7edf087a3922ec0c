package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Request.Goal;
import java.time.Duration;

/** What a user asks of the election on his device. */
public sealed interface Command {
    /** Asks the leader for something. */
    record Ask(Goal goal, String reason, int priority, Duration minHold, Duration expiry) implements Command {}

    /** Takes the open request back. */
    record Cancel() implements Command {}

    /** What this device asked the leader for, other than the leadership, has come. */
    record Done() implements Command {}

    /** Gives the leadership up; the device does not stand again for a while. */
    record Release() implements Command {}

    /** Names the leader, by the user's word, whatever the election says. */
    record Choose(WriterId leader, String label) implements Command {}

    /** Answers a question. */
    record Answer(Question question, String answer, String label) implements Command {}

    /** Asks the user something which others found out: late writes. */
    record Tell(Question question, String about) implements Command {}

    /** Says good-bye: the device stops. */
    record Leave() implements Command {}
}
