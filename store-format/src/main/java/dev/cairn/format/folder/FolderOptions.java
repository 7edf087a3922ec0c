package dev.cairn.format.folder;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a {@link SharedFolder} takes from its surroundings: where to stage, how to wait, what time it is, who reads.
 *
 * @param staging a private directory of this device for files being written; used while it is on the same file store as
 *     the folder, else files are staged beside their destination under a name every sync tool ignores
 * @param pause how to wait between two attempts at a rename which something else is holding up
 * @param clock the time, compared with the age of left-over staging files only
 * @param random the source of staging names
 * @param reading on which threads, and for how long, files are read
 */
public record FolderOptions(Optional<Path> staging, Pause pause, Clock clock, RandomGenerator random, Reading reading) {
    /** Refuses nulls. */
    public FolderOptions {
        Objects.requireNonNull(staging, "staging");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(reading, "reading");
    }

    /** Stages in place, never waits, reads on the calling thread. */
    public static FolderOptions direct(Clock clock) {
        return new FolderOptions(Optional.empty(), Pause.none(), clock, new SecureRandom(), new Reading.Direct());
    }

    /** These options with another staging directory; it is created, readable by its owner only, when first needed. */
    public FolderOptions withStaging(Path directory) {
        return new FolderOptions(Optional.of(directory), pause, clock, random, reading);
    }

    /** These options with another way to wait. */
    public FolderOptions withPause(Pause other) {
        return new FolderOptions(staging, other, clock, random, reading);
    }

    /** These options with another source of staging names. */
    public FolderOptions withRandom(RandomGenerator other) {
        return new FolderOptions(staging, pause, clock, other, reading);
    }

    /** These options with reads on {@code executor}, each given up after {@code timeout}. */
    public FolderOptions withReading(Executor executor, Duration timeout) {
        return new FolderOptions(staging, pause, clock, random, new Reading.Guarded(executor, timeout));
    }

    /** Where the bytes of a file are read, which may block for minutes when they are not on this machine yet. */
    public sealed interface Reading {
        /** Reads on the calling thread and waits as long as the disk does. */
        record Direct() implements Reading {}

        /**
         * Reads on the executor's threads. A read that takes longer than the timeout is answered with
         * {@link ReadResult.TimedOut}; its thread is interrupted and comes back whenever the disk lets it go, so the
         * executor should have threads to spare. A read which finds no free thread in time is answered alike.
         */
        record Guarded(Executor executor, Duration timeout) implements Reading {
            /** Refuses a timeout that is not positive. */
            public Guarded {
                Objects.requireNonNull(executor, "executor");
                if (timeout.isNegative() || timeout.isZero()) {
                    throw new IllegalArgumentException("timeout must be positive: " + timeout);
                }
            }
        }
    }
}
