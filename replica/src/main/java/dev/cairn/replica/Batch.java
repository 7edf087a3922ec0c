package dev.cairn.replica;

import java.util.function.Consumer;

/**
 * A row of commits which become durable together, handed to the function given to {@link Space#batch}.
 *
 * <p>Each commit is a change of its own, with its own place in the history, and sees those before it; so do reads of
 * the space from inside the function. Valid only during that call, on its thread.
 */
public interface Batch {
    /** Makes one change without a message. See {@link #commit(String, Consumer)}. */
    default void commit(Consumer<Transaction> edits) {
        commit("", edits);
    }

    /**
     * Makes one atomic change over any number of documents; no edits make no change.
     *
     * @param message what to say of it in the log, at most 4,096 bytes of UTF-8
     * @param edits what to do; when it throws, this change does not happen, those before it stay, and the exception
     *     goes to the caller, who may go on with the batch
     * @throws SpaceException {@code limit} when the change is too large to be stored; the whole batch fails then
     */
    void commit(String message, Consumer<Transaction> edits);
}
