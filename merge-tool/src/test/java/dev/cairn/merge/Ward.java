package dev.cairn.merge;

import dev.cairn.format.WriterId;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Devices with folders on a real disk, between which the tests carry files; what goes wrong is done by hand. */
public final class Ward {
    private final Path root;

    /** Devices below a directory. */
    public Ward(Path root) {
        this.root = root;
    }

    /** A clock that is set. */
    public static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        /** Lets time pass, or sets it back. */
        public void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A device: its folder, its state and its clock. */
    public final class Patient {
        public final String name;
        public final Path folder;
        public final Path state;
        public final SetClock clock = new SetClock();

        /** A device which is in no space yet. */
        public Patient(String name, Path folder) {
            this.name = name;
            this.folder = folder;
            this.state = root.resolve(name + "-state");
        }

        /** How it opens the space. */
        public SpaceOptions options() {
            return SpaceOptions.inState(state).toBuilder()
                    .deviceName(name)
                    .clock(clock)
                    .executor(Runnable::run)
                    .build();
        }

        /** Opens the space, takes in what came, does something, and publishes. */
        public void use(Consumer<Space> work) {
            try (Space space = Space.open(folder, options())) {
                space.refresh();
                work.accept(space);
                space.refresh();
                space.flush();
            }
        }

        /** Sets a number in the notes. */
        public void put(String key, long value) {
            use(space -> space.commit(tx -> tx.on("notes").map().put(key, value)));
        }

        /** Changes which are too many for a head, so that segments are written. */
        public void fill(int segments) {
            use(space -> {
                for (int i = 0; i < segments; i++) {
                    String text = "abcdefgh".repeat(4_000 + i);
                    space.commit(tx -> tx.on("book").text("body").insert(0, text));
                    space.flush();
                    clock.advance(Duration.ofHours(25));
                    space.commit(tx -> tx.on("book").map().put("n", 1));
                    space.flush();
                }
            });
        }

        /** The files whose paths contain that, in order. */
        public List<Path> files(String part) throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile)
                        .filter(path -> path.toString().contains(part))
                        .sorted()
                        .toList();
            }
        }

        /** A file of another device's directory. */
        public Path fileOf(Patient other, String part) throws IOException {
            String own = other.ownDirectory().getFileName().toString();
            return files(part).stream()
                    .filter(path -> path.toString().contains(own))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + part + " of " + other.name));
        }

        /** The directory of this device's current writer. */
        public Path ownDirectory() {
            try (Space space = Space.open(folder, options())) {
                List<WriterId> writers = space.status().self().writers();
                return folder.resolve("devices")
                        .resolve(writers.get(writers.size() - 1).toString());
            }
        }

        /** Brings all files of this device's directory to another. */
        public void carryTo(Patient other) throws IOException {
            Path own = ownDirectory();
            Path there =
                    other.folder.resolve("devices").resolve(own.getFileName().toString());
            if (Files.exists(there)) {
                delete(there);
            }
            copy(own, there);
        }
    }

    /** The first device of a new space. */
    public Patient create(String name) throws IOException {
        return create(name, Files.createDirectories(root.resolve(name)));
    }

    /** The same in a folder of any file system. */
    public Patient create(String name, Path folder) {
        Patient patient = new Patient(name, folder);
        Space.create(folder, patient.options()).close();
        return patient;
    }

    /** A device that joins by an invite of another; both know each other afterwards. */
    public Patient join(Patient host, String name) throws IOException {
        String[] code = new String[1];
        host.use(space -> code[0] = space.invite(InviteOptions.writer()).code());
        Patient patient = enter(host, name, code[0]);
        patient.carryTo(host);
        host.use(space -> {});
        host.carryTo(patient);
        patient.use(space -> {});
        patient.carryTo(host);
        return patient;
    }

    /** A device that joins by a code, of which nobody else knows yet. */
    public Patient enter(Patient host, String name, String code) throws IOException {
        Patient patient = new Patient(name, root.resolve(name));
        patient.clock.now = host.clock.now;
        copy(host.folder, patient.folder);
        if (!(Space.join(patient.folder, code, patient.options()) instanceof JoinResult.Joined joined)) {
            throw new AssertionError(name + " could not join");
        }
        joined.space().close();
        return patient;
    }

    /** Copies a tree over what is there. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Deletes a tree. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
