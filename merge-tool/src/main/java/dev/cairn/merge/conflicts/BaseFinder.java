package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import dev.cairn.merge.conflicts.ConflictOptions.PastVersion;
import dev.cairn.merge.text.TextMerge;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for the version both sides began with.
 *
 * <p>A wrong base loses text: what it has and one side never had looks deleted. So only versions from before the
 * conflict are asked, and of those the one from which both sides are nearest; of equally near ones the oldest, because
 * a version which only one side has seen is never nearer than the one both have. Other copies of the file are not known
 * to be older than either side; one of them serves only if both sides hold all of it, for then nothing can look
 * deleted.
 */
final class BaseFinder {
    /** Versions that are compared; a tool which keeps more has kept old ones. */
    private static final int VERSIONS_MAX = 64;

    private static final Pattern TAGGED = Pattern.compile("(?<stem>.*)~(?<time>\\d{8}-\\d{6})(?<ext>(?:\\.[^.]*)?)");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    private final Path root;
    private final Function<String, List<PastVersion>> history;
    private final ZoneId zone;

    BaseFinder(Path root, Function<String, List<PastVersion>> history, ZoneId zone) {
        this.root = root;
        this.history = history;
        this.zone = zone;
    }

    /** The best base of an original and its copy; {@code others} are the contents of further copies. */
    Optional<PastVersion> find(Candidate candidate, Bytes original, Bytes copy, List<Bytes> others) throws IOException {
        List<PastVersion> versions = new ArrayList<>(history.apply(path(candidate.original())));
        versions.addAll(kept(candidate));
        Optional<PastVersion> best = nearest(versions, original, copy);
        return best.isPresent() ? best : within(others, original, copy);
    }

    private String path(Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    /** Versions come newest first; the last of the nearest is the oldest. */
    private static Optional<PastVersion> nearest(List<PastVersion> versions, Bytes original, Bytes copy) {
        Optional<PastVersion> best = Optional.empty();
        long least = Long.MAX_VALUE;
        for (PastVersion version : versions.subList(0, Math.min(VERSIONS_MAX, versions.size()))) {
            var mine = TextMerge.distance(version.content(), original);
            var theirs = TextMerge.distance(version.content(), copy);
            if (mine.isPresent() && theirs.isPresent() && mine.getAsLong() + theirs.getAsLong() <= least) {
                least = mine.getAsLong() + theirs.getAsLong();
                best = Optional.of(version);
            }
        }
        return best;
    }

    private static Optional<PastVersion> within(List<Bytes> others, Bytes original, Bytes copy) {
        return others.stream()
                .filter(other -> !other.isEmpty() && TextMerge.isWithin(other, original))
                .filter(other -> TextMerge.isWithin(other, copy))
                .max(Comparator.comparingInt(Bytes::size))
                .map(other -> new PastVersion(other, "another copy, which both extend"));
    }

    /** The versions which the sync tool kept before the conflict, the newest first. */
    private List<PastVersion> kept(Candidate candidate) throws IOException {
        LocalDateTime latest = candidate.name().made().orElse(modified(candidate.copy()));
        List<Kept> found = new ArrayList<>();
        for (Path above = root; above != null; above = above.getParent()) {
            Path relative = above.relativize(candidate.original());
            collect(found, above.resolve(".stversions").resolve(relative), latest);
            collect(found, above.resolve(".sync").resolve("Archive").resolve(relative), latest);
        }
        found.sort(Comparator.comparing(Kept::time).reversed());
        List<PastVersion> versions = new ArrayList<>();
        for (Kept kept : found.subList(0, Math.min(VERSIONS_MAX, found.size()))) {
            Optional<Bytes> content = Contents.read(kept.file());
            content.ifPresent(
                    bytes -> versions.add(new PastVersion(bytes, kept.file().toString())));
        }
        return versions;
    }

    private void collect(List<Kept> found, Path original, LocalDateTime latest) throws IOException {
        Path folder = original.getParent();
        if (folder == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String name = original.getFileName().toString();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    versionOf(file, name)
                            .filter(time -> !time.isAfter(latest))
                            .ifPresent(time -> found.add(new Kept(file, time)));
                }
            }
        }
    }

    /** When a file was put aside, if it is a version of the file of that name. */
    private Optional<LocalDateTime> versionOf(Path file, String name) throws IOException {
        String found = file.getFileName().toString();
        Matcher tagged = TAGGED.matcher(found);
        if (tagged.matches() && (tagged.group("stem") + tagged.group("ext")).equals(name)) {
            try {
                return Optional.of(LocalDateTime.parse(tagged.group("time"), STAMP));
            } catch (DateTimeParseException noTime) {
                return Optional.empty();
            }
        }
        return found.equals(name) ? Optional.of(modified(file)) : Optional.empty();
    }

    private LocalDateTime modified(Path file) throws IOException {
        return LocalDateTime.ofInstant(
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant(), zone);
    }

    /** A version and when it was put aside. */
    private record Kept(Path file, LocalDateTime time) {}
}
