package dev.cairn.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** An application and its user, who do random things on all devices of a world while the tool works. */
final class Script {

    private static final int NAMES = 6;

    private final World world;
    private final SplittableRandom random;
    private final boolean oneWriterPerFile;
    private final Map<String, String> written = new TreeMap<>();
    private int serial;

    Script(World world, long seed, boolean oneWriterPerFile) {
        this.world = world;
        this.random = new SplittableRandom(seed);
        this.oneWriterPerFile = oneWriterPerFile;
    }

    /** What the only writer of each file wrote last; nothing for a deleted file. */
    Map<String, String> written() {
        return written;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void step() throws IOException {
        int device = random.nextInt(world.folders().size());
        String name = "d" + device;
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> write(device);
            case 5 -> delete(device);
            case 6 -> replaceByRename(device);
            case 7 -> world.sync().disconnect(name);
            case 8 -> world.sync().reconnect(name);
            case 9 -> world.sync().partition(Set.of(name));
            case 10 -> world.sync().heal();
            case 11 -> world.sync().advance(Duration.ofMillis(random.nextInt(1, 500)));
            case 12 -> world.sync().advance(Duration.ofMillis(random.nextInt(500, 20_000)));
            default -> world.sync().step();
        }
    }

    private void write(int device) throws IOException {
        String path = path(device);
        String text = text(device);
        Path file = world.folder(device).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        written.put(path, text);
    }

    private void replaceByRename(int device) throws IOException {
        String path = path(device);
        String text = text(device);
        Path file = world.folder(device).resolve(path);
        Files.createDirectories(file.getParent());
        Path staged = Files.writeString(file.resolveSibling("~syncthing~" + serial + ".~.tmp"), text);
        Files.move(staged, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        written.put(path, text);
    }

    private void delete(int device) throws IOException {
        String path = path(device);
        Files.deleteIfExists(world.folder(device).resolve(path));
        written.remove(path);
    }

    private String path(int device) {
        int number = random.nextInt(NAMES);
        String directory = oneWriterPerFile ? "of-d" + device : "shared";
        return directory + "/" + (number % 2 == 0 ? "" : "deeper/") + "file" + number + ".txt";
    }

    /** No two texts are equal, nor of equal length. */
    private String text(int device) {
        serial++;
        return "d" + device + " " + serial + " " + "x".repeat(serial * 3);
    }
}
