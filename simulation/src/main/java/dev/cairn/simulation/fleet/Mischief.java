package dev.cairn.simulation.fleet;

import dev.cairn.simulation.profile.ConflictSpelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What users, other programs and bad disks do to single files of a folder. */
final class Mischief {

    private static final List<String> FOREIGN = List.of(
            "desktop.ini",
            ".DS_Store",
            "Thumbs.db",
            "._notes",
            "read me.txt",
            "photo.jpg.part",
            "~$letter.docx",
            "empty");

    private Mischief() {}

    /** Does it to one file of the folder, if there is one; says to which, or what appeared. */
    static Optional<String> doTo(Path folder, Happening happening, long choice, Instant now) {
        SplittableRandom random = new SplittableRandom(choice);
        try {
            if (happening == Happening.FOREIGN_FILE) {
                return Optional.of(appear(folder, random));
            }
            Optional<Path> file = pick(folder, random);
            return file.isPresent()
                    ? Optional.of(change(folder, file.get(), happening, random, now))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make mischief in " + folder, e);
        }
    }

    /** Any file of the folder; of none of them if there is none. */
    static Optional<Path> pick(Path folder, SplittableRandom random) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            return files.isEmpty() ? Optional.empty() : Optional.of(files.get(random.nextInt(files.size())));
        }
    }

    private static String change(Path folder, Path file, Happening happening, SplittableRandom random, Instant now)
            throws IOException {
        String path = folder.relativize(file).toString().replace('\\', '/');
        switch (happening) {
            case BIT_FLIP -> flip(file, random);
            case TRUNCATED -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), cut(file, random)));
            case FILE_DELETED -> Files.delete(file);
            case FILE_RENAMED -> path += " to " + rename(folder, file, random);
            case FILE_COPIED -> path += " to " + copy(folder, path, random, now);
            default -> throw new IllegalArgumentException(happening + " does nothing to a file");
        }
        return path;
    }

    private static int cut(Path file, SplittableRandom random) throws IOException {
        return random.nextInt((int) Files.size(file) + 1);
    }

    private static void flip(Path file, SplittableRandom random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
        }
    }

    private static String rename(Path folder, Path file, SplittableRandom random) throws IOException {
        String name = String.valueOf(file.getFileName());
        String target = random.nextBoolean() ? "moved " + random.nextInt(100) + " " + name : "old/" + name;
        Path to = folder.resolve(target);
        Files.createDirectories(to.getParent());
        if (!Files.exists(to)) {
            Files.move(file, to);
        }
        return target;
    }

    private static String copy(Path folder, String path, SplittableRandom random, Instant now) throws IOException {
        List<ConflictSpelling> spellings = Arrays.stream(ConflictSpelling.values())
                .filter(each -> each != ConflictSpelling.NONE)
                .toList();
        String target = spellings
                .get(random.nextInt(spellings.size()))
                .pathFor(
                        new ConflictSpelling.Conflict(path, now, "elsewhere", "here"),
                        other -> Files.exists(folder.resolve(other)));
        if (!target.isEmpty() && !Files.exists(folder.resolve(target))) {
            Files.copy(folder.resolve(path), folder.resolve(target));
        }
        return target;
    }

    private static String appear(Path folder, SplittableRandom random) throws IOException {
        String name = FOREIGN.get(random.nextInt(FOREIGN.size()));
        byte[] bytes = new byte[name.equals("empty") ? 0 : random.nextInt(5_000)];
        random.nextBytes(bytes);
        if (Files.isDirectory(folder)) {
            Files.write(folder.resolve(name), bytes);
        }
        return name;
    }
}
