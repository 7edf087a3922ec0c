package dev.cairn.simulation.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A recipe for disks in memory, one per simulated device: of which kind, how large, and with which clock.
 *
 * <p>File times are those of the clock, but no two of them are equal: a later write has a later time even if the clock
 * stands still, as on a real disk. Immutable; every {@link #newDisk} is independent of the others.
 */
public final class SimulatedDisks {

    /** Small files need an eighth of the memory which the default of 8,192 takes. */
    private static final int BLOCK_BYTES = 512;

    private final Configuration base;
    private final OptionalLong bytesMax;
    private final OptionalLong shuffleSeed;

    private SimulatedDisks(Configuration base, OptionalLong bytesMax, OptionalLong shuffleSeed) {
        this.base = base;
        this.bytesMax = bytesMax;
        this.shuffleSeed = shuffleSeed;
    }

    /** Disks as on Linux: names are bytes, case matters. */
    public static SimulatedDisks unix() {
        return of(Configuration.unix());
    }

    /** Disks as on macOS: names that differ in case or Unicode form only are the same. */
    public static SimulatedDisks osX() {
        return of(Configuration.osX());
    }

    /** Disks as on Windows: drives and backslashes, names that differ in case only are the same. */
    public static SimulatedDisks windows() {
        return of(Configuration.windows());
    }

    private static SimulatedDisks of(Configuration base) {
        return new SimulatedDisks(base, OptionalLong.empty(), OptionalLong.empty());
    }

    /** The same disks with room for {@code bytes}, rounded down to blocks of 512. */
    public SimulatedDisks withSize(long bytes) {
        return new SimulatedDisks(base, OptionalLong.of(bytes), shuffleSeed);
    }

    /**
     * The same disks, but directories list their files in an order which differs from time to time, as real disks may;
     * plain ones sort them by name. Directories of these disks can also be opened and forced, as on Linux.
     *
     * @param seed from which the order follows
     */
    public SimulatedDisks withShuffledListings(long seed) {
        return new SimulatedDisks(base, bytesMax, OptionalLong.of(seed));
    }

    /** A new, empty disk whose file times come from {@code clock}. */
    public FileSystem newDisk(Clock clock) {
        return shuffleSeed.isPresent() ? newFaultyDisk(clock) : memory(clock);
    }

    /** The same as a disk on which anything can be made to fail. */
    public FaultyFileSystem newFaultyDisk(Clock clock) {
        ListingOrder order = shuffleSeed.isPresent() ? shuffled(shuffleSeed.getAsLong()) : sorted -> sorted;
        return new FaultyFileSystem(memory(clock), order, true);
    }

    private FileSystem memory(Clock clock) {
        Configuration.Builder builder =
                base.toBuilder().setBlockSize(BLOCK_BYTES).setFileTimeSource(new Ticking(clock)::now);
        bytesMax.ifPresent(builder::setMaxSize);
        return Jimfs.newFileSystem(builder.build());
    }

    private static ListingOrder shuffled(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        return sorted -> {
            List<Path> paths = new ArrayList<>(sorted);
            for (int i = paths.size() - 1; i > 0; i--) {
                Collections.swap(paths, i, random.nextInt(i + 1));
            }
            return paths;
        };
    }

    /** A directory of this name on a new disk. */
    public Path newFolder(String name, Clock clock) {
        Path folder = newDisk(clock).getRootDirectories().iterator().next().resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    /** File times which always grow, by a microsecond at least. */
    private static final class Ticking {

        private static final long TICK_NANOS = 1_000;

        private final Clock clock;
        private Instant reading = Instant.MIN;
        private Instant last = Instant.MIN;

        Ticking(Clock clock) {
            this.clock = clock;
        }

        synchronized FileTime now() {
            Instant shown = clock.instant();
            boolean jumped = shown.isBefore(reading);
            reading = shown;
            last = jumped || shown.isAfter(last) ? shown : last.plusNanos(TICK_NANOS);
            return FileTime.from(last);
        }
    }
}
