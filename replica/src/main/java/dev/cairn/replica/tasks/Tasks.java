package dev.cairn.replica.inbox;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waits for tasks which answer every fault of the outside with a value. */
final class Tasks {
    private Tasks() {}

    /** The result; an interrupt is kept for the caller and does not end the wait, since the task's file is open. */
    static <T> T result(FutureTask<T> task) {
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
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("reading a file failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
