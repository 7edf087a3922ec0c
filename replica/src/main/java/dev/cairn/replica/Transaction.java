package dev.cairn.replica;

/**
 * The edits of one commit, handed to the function given to {@link Space#commit}. Reads see the edits made before.
 *
 * <p>Valid only during that call and on its thread. When the function throws, none of its edits happen.
 */
public interface Transaction {}
