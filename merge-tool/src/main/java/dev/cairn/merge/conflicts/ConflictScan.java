package dev.cairn.merge.conflicts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the files of a directory tree whose names look like conflict copies. Follows no links and opens no file. */
final class ConflictScan {
    /** Directories of sync tools, of version control and of this tool. */
    private static final Set<String> LEFT_ALONE = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".stversions",
            ".stfolder",
            ".sync",
            ".dropbox.cache",
            ".tmp.drivedownload",
            ".tmp.driveupload",
            ".SynologyWorkingDirectory",
            "seafile-tmp",
            ".cairn-backup",
            "#recycle",
            "@eaDir");

    private final List<NamePattern> patterns;

    ConflictScan(List<NamePattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * The candidates below a directory; copies of copies first, so that what they hold reaches the original with one
     * run, then by path.
     */
    List<Candidate> run(Path directory) throws IOException {
        Map<Path, Map<String, Path>> folders = new HashMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean left = !folder.equals(directory) && isLeftAlone(folder);
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    folders.computeIfAbsent(file.getParent(), folder -> new HashMap<>())
                            .put(file.getFileName().toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) throws IOException {
                if (file.equals(directory)) {
                    throw unreadable;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        List<Candidate> candidates = new ArrayList<>();
        folders.values().forEach(files -> new Folder(files).collect(candidates));
        candidates.sort(Comparator.<Candidate>comparingInt(candidate ->
                        -candidate.original().getFileName().toString().length())
                .thenComparing(candidate -> candidate.original().toString())
                .thenComparing(candidate -> candidate.copy().toString()));
        return candidates;
    }

    /** A Cairn space merges itself. */
    private static boolean isLeftAlone(Path folder) {
        boolean ofASpace = folder.endsWith("devices")
                && Files.isRegularFile(folder.resolveSibling("cairn-space.json"), LinkOption.NOFOLLOW_LINKS);
        return ofASpace || LEFT_ALONE.contains(folder.getFileName().toString());
    }

    /** The regular files of one folder by their names. */
    private final class Folder {
        private final Map<String, Path> exact;
        private final Map<String, Path> folded = new HashMap<>();

        Folder(Map<String, Path> files) {
            this.exact = files;
            files.forEach((name, path) -> folded.put(fold(name), path));
        }

        void collect(List<Candidate> candidates) {
            exact.forEach((name, path) -> {
                List<CopyName> chain = CopyName.chain(name, patterns);
                if (!chain.isEmpty()) {
                    candidate(path, chain).ifPresent(candidates::add);
                }
            });
        }

        /**
         * The original of a copy of copies is the last of its chain that only a sync tool can have made; of names
         * which people give too, the nearest file that is there.
         */
        private Optional<Candidate> candidate(Path copy, List<CopyName> chain) {
            int at = 0;
            while (at + 1 < chain.size()
                    && (chain.get(at + 1).certain()
                            || find(chain.get(at).original()).isEmpty())) {
                at++;
            }
            CopyName name = chain.get(0);
            Optional<Path> original = find(chain.get(at).original()).filter(found -> !found.equals(copy));
            if (original.isEmpty() && !name.certain()) {
                return Optional.empty();
            }
            Path other = original.orElse(copy.resolveSibling(chain.get(at).original()));
            return Optional.of(new Candidate(copy, other, name));
        }

        private Optional<Path> find(String name) {
            return Optional.ofNullable(exact.get(name)).or(() -> Optional.ofNullable(folded.get(fold(name))));
        }
    }

    /** Names that some file system takes for one: composed and in one case. */
    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
