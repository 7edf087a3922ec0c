package dev.cairn.merge.doctor;

import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.PublishResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.replica.LocalFacts;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be mended without losing anything: rights are given back to their owner, what was written is written again,
 * and what nobody ever finished goes. Each step is tried for itself; one that fails is told and harms no other.
 */
final class Mending {
    /** Directories which come into sight while rights are given back lie at most so deep. */
    private static final int WALKS_MAX = 8;

    private static final Set<Cause> BY_PUBLISHING =
            EnumSet.of(Cause.OWN_FILE_DAMAGED, Cause.OWN_FILE_MISSING, Cause.FOLDER_ROLLED_BACK);

    private final Path folder;
    private final SpaceOptions options;
    private final LocalFacts facts;
    private final List<String> failed = new ArrayList<>();

    Mending(Path folder, SpaceOptions options, LocalFacts facts) {
        this.folder = folder;
        this.options = options;
        this.facts = facts;
    }

    /** A step of the work. */
    private interface Step {
        void run() throws IOException;
    }

    /** Mends; returns one line for each step that failed. */
    List<String> run(List<Diagnosis> found) {
        Set<Cause> causes = found.stream().map(Diagnosis::cause).collect(Collectors.toSet());
        if (causes.contains(Cause.KEYS_EXPOSED)) {
            attempt(facts.keysFile().toString(), () -> keepToOwner(facts.keysFile()));
        }
        if (causes.contains(Cause.PERMISSIONS) || causes.contains(Cause.FOLDER_READ_ONLY)) {
            attempt(folder.toString(), this::giveRightsBack);
        }
        if (causes.contains(Cause.LEFT_OVER)) {
            attempt(folder.toString(), this::deleteLeftOvers);
        }
        if (causes.contains(Cause.MARKER_MISSING)) {
            facts.known().ifPresent(known -> attempt(SharedFolder.MARKER, () -> writeMarker(known)));
        }
        if (causes.stream().anyMatch(BY_PUBLISHING::contains) && facts.known().isPresent()) {
            attempt(folder.toString(), this::publish);
        }
        return List.copyOf(failed);
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException | UncheckedIOException | SpaceException problem) {
            failed.add(what + ": " + problem.getMessage());
        }
    }

    private static void keepToOwner(Path file) throws IOException {
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission right : Files.getPosixFilePermissions(file)) {
            if (right.name().startsWith("OWNER_")) {
                rights.add(right);
            }
        }
        Files.setPosixFilePermissions(file, rights);
    }

    /** Directories first: what is in them comes into sight only then. */
    private void giveRightsBack() throws IOException {
        int changed = 1;
        for (int walk = 0; walk < WALKS_MAX && changed > 0; walk++) {
            changed = 0;
            for (Path path : FolderExam.ours(folder)) {
                boolean link = Files.isSymbolicLink(path);
                if (!link && giveRightsBack(path, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
                    changed++;
                }
            }
        }
    }

    private static boolean giveRightsBack(Path path, boolean directory) throws IOException {
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        boolean changed = rights.add(PosixFilePermission.OWNER_READ);
        if (directory) {
            changed |= rights.add(PosixFilePermission.OWNER_EXECUTE);
            changed |= rights.add(PosixFilePermission.OWNER_WRITE);
        }
        if (changed) {
            Files.setPosixFilePermissions(path, rights);
        }
        return changed;
    }

    private void deleteLeftOvers() throws IOException {
        for (Path path : FolderExam.ours(folder)) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && FolderExam.isLeftOver(path, options.clock().instant())) {
                Files.delete(path);
            }
        }
    }

    private void writeMarker(LocalFacts.Known known) throws IOException {
        PublishResult result = SharedFolder.known(folder, FolderOptions.direct(options.clock()))
                .writeMarker(new SpaceMarker(known.space()).encode());
        if (!result.published()) {
            throw new IOException("cannot be written: " + result);
        }
    }

    /** An open space looks at its own files, and publishes again what it misses. */
    private void publish() throws IOException {
        try (Space space = Space.open(folder, options)) {
            space.refresh();
            if (!space.flush()) {
                throw new IOException(space.status().outbox().problem().orElse("not everything could be published"));
            }
        }
    }
}
