package dev.cairn.system.bench.folder;

import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A real folder with the work of several devices in it: small changes to maps, counters and texts, one change a commit,
 * and now and then a look at what the others did, so that the change graph has real merges.
 */
final class BusyFolder {
    /** Threads that commit at once, so that they share the disk's flushes. */
    private static final int THREADS = 64;
    /** How often a device looks at what came: a fleet that syncs a hundred times over its history. */
    private static final int ROUNDS = 20;

    private final Workspace workspace;
    private final Path folder;

    BusyFolder(Workspace workspace, String name) throws IOException {
        this.workspace = workspace;
        this.folder = workspace.directory(name);
    }

    Path folder() {
        return folder;
    }

    /** The state directory of a device that has joined and not yet read anything; made before the others write. */
    Path reader(Space host, String name) throws IOException {
        Path state = workspace.directory(name);
        join(host, state, "reader").close();
        return state;
    }

    static SpaceOptions options(Path state, String name) {
        return SpaceOptions.inState(state).toBuilder()
                .deviceName(name)
                .profile(Profile.FAST)
                .build();
    }

    Space join(Space host, Path state, String name) {
        String code = host.invite(InviteOptions.writer()).code();
        host.flush();
        JoinResult result = Space.join(folder, code, options(state, name));
        if (result instanceof JoinResult.Joined joined) {
            return joined.space();
        }
        throw new IllegalStateException("an open invite must admit at once: " + result);
    }

    /** Lets the devices commit the given number of changes between them, publishes all, and returns. */
    void work(List<Space> devices, long changes, long seed) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            long perRound = Math.max(1, changes / ROUNDS);
            for (long done = 0; done < changes; done += perRound) {
                long now = Math.min(perRound, changes - done);
                round(threads, devices, now, seed + done);
                devices.forEach(Space::flush);
                devices.forEach(Space::refresh);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void round(ExecutorService threads, List<Space> devices, long changes, long seed)
            throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        long share = Math.max(1, changes / THREADS);
        long left = changes;
        for (int thread = 0; left > 0; thread++) {
            long mine = thread == THREADS - 1 ? left : Math.min(share, left);
            left -= mine;
            Space device = devices.get(thread % devices.size());
            SplittableRandom random = new SplittableRandom(seed * 31 + thread);
            running.add(threads.submit(() -> {
                for (long i = 0; i < mine; i++) {
                    commitOne(device, random);
                }
            }));
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a commit failed", e.getCause());
            }
        }
    }

    private static void commitOne(Space space, SplittableRandom random) {
        int kind = random.nextInt(10);
        String document = "notes-" + random.nextInt(50);
        space.commit(tx -> {
            if (kind < 6) {
                tx.on(document).map().put("field-" + random.nextInt(100), random.nextInt(1_000_000));
            } else if (kind < 9) {
                tx.on(document).text("body").append(word(random));
            } else {
                tx.on(document).counter("opened").add(1);
            }
        });
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.append(' ').toString();
    }
}
