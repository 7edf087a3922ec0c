package dev.cairn.replica;

/** A listener's registration; closing it ends the calls. Idempotent, from any thread. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
