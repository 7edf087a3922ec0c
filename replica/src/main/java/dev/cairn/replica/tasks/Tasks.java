package dev.cairn.replica.tasks;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waits for what an executor of the caller does. */
public final class Tasks {
    private Tasks() {}

    /**
     * The result of a task; an interrupt is kept for the caller and does not end the wait, since the task goes on.
     *
     * @param refusal the one checked exception with which the task may end
     */
    public static <T, E extends Exception> T result(FutureTask<T> task, Class<E> refusal) throws E {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e, refusal);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the task has thrown, as it was. */
    private static <E extends Exception> E failure(ExecutionException e, Class<E> refusal) {
        if (refusal.isInstance(e.getCause())) {
            return refusal.cast(e.getCause());
        }
        if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("a task failed", e.getCause());
    }
}
