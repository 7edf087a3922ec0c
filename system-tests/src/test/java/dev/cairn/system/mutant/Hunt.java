package dev.cairn.system.mutant;

import dev.cairn.system.mutant.Mutant.Stage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Plays fleets with a mutant until it is found. */
final class Hunt {
    /** A fleet takes seconds of a processor: one that takes so many does not come to an end. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(240);

    /** Nor does one that waits so long for something, however busy the machine is. */
    private static final long WAIT_NANOS = TimeUnit.MINUTES.toNanos(60);

    private static final long LOOK_MILLIS = 1000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path scratch;
    private final long seeds;

    Hunt(Path scratch, long seeds) {
        this.scratch = scratch;
        this.seeds = seeds;
    }

    /** By which seed a mutant was found, and what was broken. */
    record Found(long seed, String broken) {}

    /** Finds a mutant, or not. */
    Optional<Found> find(Mutant mutant) {
        MutantLoader loader = new MutantLoader(mutant, Hunt.class.getClassLoader());
        for (long seed = 1; seed <= seeds; seed++) {
            Optional<String> broken = broken(loader, mutant, seed);
            if (broken.isPresent()) {
                return Optional.of(new Found(seed, broken.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> broken(MutantLoader loader, Mutant mutant, long seed) {
        FutureTask<List<String>> play =
                new FutureTask<>(() -> probe(loader, mutant).apply(scratch, seed));
        Thread thread = new Thread(play, "mutant");
        thread.setDaemon(true);
        thread.start();
        try {
            if (!ends(thread)) {
                thread.interrupt();
                return Optional.of("does not end");
            }
            return play.get().stream().findFirst();
        } catch (ExecutionException e) {
            return Optional.of("fails: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean ends(Thread thread) throws InterruptedException {
        long start = System.nanoTime();
        while (thread.isAlive()
                && THREADS.getThreadCpuTime(thread.getId()) < PATIENCE_NANOS
                && System.nanoTime() - start < WAIT_NANOS) {
            thread.join(LOOK_MILLIS);
        }
        return !thread.isAlive();
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<Path, Long, List<String>> probe(MutantLoader loader, Mutant mutant)
            throws ReflectiveOperationException {
        Class<?> probe = loader.loadClass(mutant.stage().probe());
        Set<String> names = mutant.company().stream().map(Enum::name).collect(Collectors.toSet());
        if (mutant.stage() != Stage.SPACES) {
            return (BiFunction<Path, Long, List<String>>) probe.getConstructor().newInstance();
        }
        return (BiFunction<Path, Long, List<String>>)
                probe.getConstructor(Set.class).newInstance(names);
    }
}
