package dev.cairn.election.protocol;

import dev.cairn.format.election.Choice.Question;
import java.util.List;

/**
 * A question to the user. Nothing waits for the answer but what it is about; data never does.
 *
 * @param question what is asked
 * @param text one or two sentences
 * @param answers the words that are understood; for {@link Question#CHOOSE_LEADER} also the id of a writer
 * @param defaultAnswer what counts when nobody answers
 * @param timeoutMillis how long the question stands
 * @param about what it is about: a writer's or device's id, or nothing
 */
public record Prompt(
        Question question, String text, List<String> answers, String defaultAnswer, long timeoutMillis, String about) {
    /** The answer that makes this device the leader. */
    public static final String LEAD = "lead";

    /** The answer that lets time pass. */
    public static final String WAIT = "wait";

    /** The answer that takes note. */
    public static final String OK = "ok";

    /** The answer that the other copy of this device does not exist any more. */
    public static final String GONE = "gone";

    /** The answer that a device is gone for good, and is not waited for any more. */
    public static final String RETIRE = "retire";

    /** Copies the list. */
    public Prompt {
        answers = List.copyOf(answers);
    }
}
