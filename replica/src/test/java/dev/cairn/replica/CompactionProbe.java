package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.replica.Fleet.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Plays what compaction must bear, from a seed: a tool that brings some files and not others for days, checkpoints that
 * vanish between a decision and a deletion, devices that come back with much which nobody knows. The rules are those of
 * SPEC section "Retirement", seen from the folders alone. For whoever hunts faults there.
 */
public final class CompactionProbe implements BiFunction<Path, Long, List<String>> {
    private static final int MONTHS_DAYS = 34;

    /** A scene with two devices of a new space says what is wrong, or nothing. */
    private interface Scene {
        String play(Fleet fleet, Device a, Device b, Random random);
    }

    /** What was broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        List<Scene> scenes = List.of(
                CompactionProbe::aCheckpointVanishes,
                CompactionProbe::somebodyLacksWhatIsListed,
                CompactionProbe::theLastCheckpointIsLost,
                CompactionProbe::otherCheckpointsHoldLess,
                CompactionProbe::checkpointsHoldNoise);
        List<String> broken = new ArrayList<>();
        for (Scene scene : scenes) {
            try (Fleet fleet =
                    new Fleet(Files.createTempDirectory(scratch, "scene")).retiringAfter(Duration.ofDays(1))) {
                Device a = fleet.create("a");
                String line = scene.play(fleet, a, fleet.join(a, "b"), new Random(seed));
                if (!line.isEmpty()) {
                    broken.add(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no room for a scene", e);
            }
        }
        return broken;
    }

    private static boolean isOfCheckpoint(String path) {
        return path.contains("/checkpoints/") || path.contains("/parts/");
    }

    private static void write(Device device, int count) {
        for (int i = 0; i < count; i++) {
            String key = device.name + i;
            device.space.commit(tx -> tx.on("notes").map().put(key, key));
            device.sealAll();
        }
    }

    private static boolean checkpoint(Device device) {
        return device.space.compaction().checkpoint((done, total) -> {}).fresh();
    }

    /** What one device wrote is with everybody, in segments and in a checkpoint which another made. */
    private static void writeAndCompact(Device device, int count, Device compacting, Fleet fleet) {
        write(device, count);
        fleet.sync();
        checkpoint(compacting);
        fleet.sync();
    }

    private static void look(Device device) {
        device.space.refresh();
        device.space.flush();
        device.space.duties();
    }

    private static void answer(Device a, Device b) {
        a.copyOwnTo(b);
        look(b);
        b.copyOwnTo(a);
    }

    private static void days(Fleet fleet, int count, List<Device> online) {
        for (int day = 0; day < count; day++) {
            fleet.clock.advance(Duration.ofDays(1));
            fleet.syncAmong(online);
        }
    }

    private static Map<String, byte[]> take(Device device, Predicate<String> which) {
        Map<String, byte[]> taken = new TreeMap<>();
        device.files().stream().filter(which).forEach(path -> taken.put(path, device.read(path)));
        taken.keySet().forEach(device::delete);
        return taken;
    }

    /**
     * The checkpoint for which segments are to go is taken from the folder, whole or in part, at any step on their way:
     * what is still there stays. When it is back, they go.
     */
    private static String aCheckpointVanishes(Fleet fleet, Device a, Device b, Random random) {
        writeAndCompact(a, 1 + random.nextInt(3), b, fleet);
        int steps = random.nextInt(14);
        for (int step = 0; step < steps; step++) {
            switch (step % 4) {
                case 0 -> fleet.clock.advance(Duration.ofHours(24));
                case 1 -> a.space.refresh();
                case 2 -> {
                    a.space.flush();
                    a.space.duties();
                }
                default -> answer(a, b);
            }
        }
        boolean partsOnly = random.nextBoolean();
        Map<String, byte[]> gone = take(a, path -> path.contains(partsOnly ? "/parts/" : "/checkpoints/"));
        a.space.refresh();
        List<String> segments = a.files("/changes/");
        for (int look = 0; look < 4; look++) {
            look(a);
            fleet.clock.advance(Duration.ofHours(3));
        }
        if (!a.files("/changes/").containsAll(segments)) {
            return "segments went after the " + (partsOnly ? "parts" : "manifest") + " of their checkpoint, step "
                    + steps;
        }
        gone.forEach(a::put);
        days(fleet, 8, fleet.devices());
        return a.files("/changes/").isEmpty() ? "" : "segments stay for ever";
    }

    /** A tool brings a device heads and lists for days, and not the changes: nothing goes until it has them. */
    private static String somebodyLacksWhatIsListed(Fleet fleet, Device a, Device b, Random random) {
        Device late = fleet.join(a, "late");
        fleet.sync();
        write(a, 2 + random.nextInt(3));
        List<String> missing = a.files("/changes/");
        fleet.syncAmong(List.of(a, b));
        checkpoint(random.nextBoolean() ? a : b);
        for (int day = 0; day < 6; day++) {
            fleet.clock.advance(Duration.ofDays(1));
            fleet.syncAmong(List.of(a, b));
            for (Device from : List.of(a, b)) {
                from.ownFiles().stream()
                        .filter(path -> !isOfCheckpoint(path) && !missing.contains(path))
                        .forEach(path -> from.copyTo(late, path));
            }
            look(late);
            late.copyOwnTo(a);
            late.copyOwnTo(b);
            if (!a.files().containsAll(missing)) {
                return "segments went which a device that is there has never had, after " + day + " days";
            }
        }
        missing.forEach(path -> a.copyTo(late, path));
        days(fleet, 8, fleet.devices());
        return a.files("/changes/").stream().anyMatch(missing::contains) ? "segments stay for ever" : "";
    }

    /** The only device left has withdrawn its segments, and then the checkpoint is lost: it says it all again. */
    private static String theLastCheckpointIsLost(Fleet fleet, Device a, Device b, Random random) {
        writeAndCompact(a, 1 + random.nextInt(3), b, fleet);
        days(fleet, 8, fleet.devices());
        if (!a.files("/changes/").isEmpty()) {
            return "nothing was withdrawn";
        }
        take(a, CompactionProbe::isOfCheckpoint);
        for (int day = 0; day < 4; day++) {
            fleet.clock.advance(Duration.ofDays(1));
            look(a);
        }
        String state = a.space.stateHash();
        Device fresh = fleet.join(a, "fresh");
        return fresh.space.stateHash().equals(state) ? "" : "what only a lost checkpoint held is in no file any more";
    }

    /** A device comes back with checkpoints which reach further than the only one that holds something, and lack it. */
    private static String otherCheckpointsHoldLess(Fleet fleet, Device a, Device b, Random random) {
        Device c = fleet.join(a, "c");
        write(a, 1 + random.nextInt(2));
        fleet.sync();
        write(a, 2);
        fleet.syncAmong(List.of(a, b));
        days(fleet, MONTHS_DAYS, List.of(a, b)); // c is not waited for any more
        checkpoint(a);
        days(fleet, 6, List.of(a, b));
        if (!a.files("/changes/").isEmpty()) {
            return "nothing was withdrawn without the device that is away";
        }
        for (int made = 0; made < 2; made++) {
            write(c, 8 + random.nextInt(4));
            checkpoint(c);
            c.space.flush();
            c.copyOwnTo(a);
            a.space.refresh();
        }
        for (int look = 0; look < 4; look++) {
            look(a);
        }
        String state = a.space.stateHash();
        b.close();
        Device fresh = fleet.join(a, "fresh");
        return fresh.space.stateHash().equals(state) ? "" : "a checkpoint went which alone held something";
    }

    /** A member with valid keys makes checkpoints which say that they hold more, and hold noise: nothing goes. */
    private static String checkpointsHoldNoise(Fleet fleet, Device a, Device b, Random random) {
        writeAndCompact(a, 1 + random.nextInt(2), a, fleet);
        days(fleet, 6, fleet.devices());
        if (!a.files("/changes/").isEmpty()) {
            return "nothing was withdrawn";
        }
        write(b, 2);
        fleet.sync();
        Liar liar = new Liar(b, fleet.clock.millis());
        Liar.Honest more = liar.take();
        String state = a.space.stateHash();
        for (int lie = 0; lie < 3; lie++) {
            byte[] noise = new byte[5_000];
            random.nextBytes(noise);
            Bytes image = Bytes.owning(noise);
            liar.publish(a, more.body(), image, part -> part, image.sha256());
            look(a);
            fleet.clock.advance(Duration.ofHours(1));
        }
        look(a);
        Device fresh = fleet.join(a, "fresh");
        return fresh.space.stateHash().equals(state) ? "" : "an honest checkpoint went for one of noise";
    }
}
