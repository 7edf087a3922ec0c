package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an application has done to a disk and never forced: the bytes of files, and the names in directories.
 *
 * <p>The disk behind always shows the newest state, as a page cache does. After a power cut some of the changes are
 * undone, newest first. Files are told apart by their keys, not by their names: what somebody else has put in the place
 * of a file meanwhile is left alone.
 */
final class UnforcedChanges {

    private static final int BLOCK_BYTES = 512;

    /** Files whose bytes on the disk are not those which are read; in the order in which they were first written. */
    private final Map<Object, Dirty> dirty = new LinkedHashMap<>();

    private final List<NameChange> changes = new ArrayList<>();
    /** So many of the changes come before a force of anything, which keeps them on a disk with an ordered journal. */
    private int journaled;

    /** A file that was written, and its bytes as they were when it was last forced. */
    private static final class Dirty {
        private final byte[] forced;
        private Path path;

        Dirty(byte[] forced, Path path) {
            this.forced = forced;
            this.path = path;
        }
    }

    /** An action of the disk behind on one path. */
    @FunctionalInterface
    interface Deletion {
        void run(Path path) throws IOException;
    }

    /** An action of the disk behind on two paths. */
    @FunctionalInterface
    interface Move {
        void run(Path from, Path to) throws IOException;
    }

    synchronized int size() {
        return changes.size() + dirty.size();
    }

    /** A new file has appeared. */
    synchronized void made(Path path) throws IOException {
        Object key = key(path);
        dirty.put(key, new Dirty(new byte[0], path));
        changes.add(new NameChange.Made(path, key));
    }

    synchronized void madeDirectory(Path path) {
        changes.add(new NameChange.MadeDirectory(path));
    }

    /** A file is about to be written. */
    synchronized void writing(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return; // renamed or deleted while it is open: it has no name under which it could come back
        }
        Object key = key(path);
        if (!dirty.containsKey(key)) {
            dirty.put(key, new Dirty(Files.readAllBytes(path), path));
        }
    }

    synchronized void delete(Path path, Deletion deletion) throws IOException {
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        byte[] content = directory ? new byte[0] : bytesOrNothing(path);
        deletion.run(path);
        changes.add(new NameChange.Deleted(path, directory, content));
    }

    synchronized void move(Path from, Path to, Move move) throws IOException {
        Object key = Files.exists(from, LinkOption.NOFOLLOW_LINKS) ? key(from) : from;
        byte[] replaced = Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(to) : null;
        move.run(from, to);
        Dirty moved = dirty.get(key);
        if (moved != null) {
            moved.path = to;
        }
        changes.add(new NameChange.Moved(from, to, key, replaced));
    }

    synchronized void forced(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            dirty.remove(key(path));
        }
        journaled = changes.size();
    }

    /** What is in a directory whose own name was never forced goes with that name. */
    synchronized void forcedDirectory(Path directory) {
        changes.stream().filter(change -> directory.equals(change.directory())).forEach(NameChange::force);
        boolean more = true;
        while (more) { // a directory that is kept now may keep what is in it
            List<Path> unforced = madeDirectories(changes);
            more = changes.removeIf(change -> change.isForced() && !isInside(change.directory(), unforced));
        }
        journaled = changes.size();
    }

    private static List<Path> madeDirectories(List<NameChange> changes) {
        return changes.stream()
                .filter(NameChange.MadeDirectory.class::isInstance)
                .map(NameChange::path)
                .toList();
    }

    private static boolean isInside(Path path, List<Path> directories) {
        return directories.stream().anyMatch(path::startsWith);
    }

    /** Everything is on the disk, since the system writes back by itself after a while. */
    synchronized void wroteBack() {
        changes.clear();
        dirty.clear();
        journaled = 0;
    }

    /** Undoes what the power cut has cost; says what. */
    synchronized List<String> crash(PowerLoss loss, RandomGenerator random) throws IOException {
        List<String> losses = new ArrayList<>();
        if (loss != PowerLoss.NOTHING_LOST) {
            for (Map.Entry<Object, Dirty> file : dirty.entrySet()) {
                if (isStill(file.getValue().path, file.getKey())) {
                    tear(file.getValue(), loss, random, losses);
                }
            }
            List<NameChange> lost = lost(loss, random);
            List<Path> lostDirectories = madeDirectories(lost);
            Collections.reverse(lost);
            for (NameChange change : lost) {
                if (change.undo(isInside(change.directory(), lostDirectories))) {
                    losses.add(change.toString());
                }
            }
        }
        wroteBack();
        return losses;
    }

    private List<NameChange> lost(PowerLoss loss, RandomGenerator random) {
        if (loss == PowerLoss.ALL_LOST) {
            return new ArrayList<>(changes);
        }
        if (loss == PowerLoss.IN_ORDER) {
            int kept = journaled + random.nextInt(changes.size() - journaled + 1);
            return new ArrayList<>(changes.subList(kept, changes.size()));
        }
        Map<Path, Integer> perDirectory = new LinkedHashMap<>();
        changes.stream()
                .filter(change -> !change.isForced())
                .forEach(change -> perDirectory.merge(change.directory(), 1, Integer::sum));
        perDirectory.replaceAll((directory, count) -> random.nextInt(count + 1));
        List<NameChange> lost = new ArrayList<>();
        for (NameChange change : changes) {
            boolean late = !change.isForced() && perDirectory.merge(change.directory(), -1, Integer::sum) < 0;
            if (late || isInside(change.directory(), madeDirectories(lost))) {
                lost.add(change);
            }
        }
        return lost;
    }

    private static void tear(Dirty file, PowerLoss loss, RandomGenerator random, List<String> losses)
            throws IOException {
        byte[] written = Files.readAllBytes(file.path);
        byte[] kept = loss == PowerLoss.ALL_LOST ? file.forced : torn(file.forced, written, loss, random);
        if (!Arrays.equals(kept, written)) {
            Files.write(file.path, kept);
            losses.add("kept " + kept.length + " of " + written.length + " bytes of " + file.path);
        }
    }

    private static byte[] torn(byte[] old, byte[] written, PowerLoss loss, RandomGenerator random) {
        int length = random.nextInt(written.length + 1);
        return switch (random.nextInt(loss == PowerLoss.IN_ANY_ORDER ? 5 : 4)) {
            case 0 -> old;
            case 1 -> written;
            case 2 -> Arrays.copyOf(written, length);
            case 3 -> Arrays.copyOf(Arrays.copyOf(written, length), written.length);
            default -> mixed(old, written, random);
        };
    }

    private static byte[] mixed(byte[] old, byte[] written, RandomGenerator random) {
        byte[] mixed = Arrays.copyOf(old, written.length);
        for (int at = 0; at < written.length; at += BLOCK_BYTES) {
            if (random.nextBoolean()) {
                System.arraycopy(written, at, mixed, at, Math.min(BLOCK_BYTES, written.length - at));
            }
        }
        return mixed;
    }

    private static byte[] bytesOrNothing(Path path) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(path) : new byte[0];
    }

    /** Whether the file under a name is the one it was. */
    static boolean isStill(Path path, Object key) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key(path).equals(key);
    }

    /** What tells a file from another one which gets its name later; the path itself where the disk has no keys. */
    static Object key(Path path) throws IOException {
        @Nullable
        Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        return key == null ? path : key;
    }
}
