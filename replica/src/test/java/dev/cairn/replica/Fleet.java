package dev.cairn.replica;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.format.folder.Pause;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A few devices, each with a folder of its own in memory, a state directory on the disk, and a common clock. */
final class Fleet implements AutoCloseable {

    final TestClock clock = new TestClock();
    private final Path states;
    private final Configuration configuration;
    private final List<Device> devices = new ArrayList<>();
    private Duration retireAfter = Duration.ofDays(7);
    private boolean faultyDisks;
    private Supplier<SecureRandom> randoms = SecureRandom::new;

    Fleet(Path states) {
        this(states, Configuration.unix());
    }

    Fleet(Path states, Configuration configuration) {
        this.states = states;
        this.configuration = configuration.toBuilder().setBlockSize(512).build();
    }

    /** Lets devices that are made from now on wait so long before they withdraw what all agree on. */
    Fleet retiringAfter(Duration delay) {
        retireAfter = delay;
        return this;
    }

    /** Gives devices that are made from now on disks which can fail while a space works on them. */
    Fleet onFaultyDisks() {
        faultyDisks = true;
        return this;
    }

    /** Lets names, keys and nonces of devices that are made from now on follow from a seed. */
    Fleet seeded(long seed) {
        Random seeds = new Random(seed);
        randoms = () -> {
            try {
                // seeded before its first use it adds nothing of its own
                SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
                random.setSeed(seeds.nextLong());
                return random;
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        };
        return this;
    }

    /** The first device, with a new space. */
    Device create(String name) {
        Device device = new Device(name);
        device.space = Space.create(device.spaceFolder(), device.options);
        return device;
    }

    /** A device which has done nothing yet. */
    Device device(String name) {
        return new Device(name);
    }

    /** A further device, which joins by an invite of the first. */
    Device join(Device host, String name) {
        Device device = new Device(name);
        String code = host.space.invite(InviteOptions.writer()).code();
        host.space.flush();
        host.copyTo(device);
        JoinResult result = Space.join(device.spaceFolder(), code, device.options);
        device.space = ((JoinResult.Joined) result).space();
        device.copyTo(host);
        host.space.refresh();
        host.space.flush();
        host.copyTo(device);
        device.space.refresh();
        return device;
    }

    /**
     * Everybody publishes, every folder gets all files, everybody refreshes, until the states are what they will be.
     */
    void sync() {
        for (int round = 0; round < 2; round++) {
            flushAll();
            for (Device from : devices) {
                devices.stream().filter(to -> to != from).forEach(from::copyTo);
            }
            open().forEach(device -> device.space.refresh());
        }
    }

    /** The same among some devices: the others are switched off. */
    void syncAmong(List<Device> online) {
        for (int round = 0; round < 2; round++) {
            online.forEach(device -> {
                device.space.flush();
                device.space.duties();
            });
            for (Device from : online) {
                online.stream().filter(to -> to != from).forEach(from::copyOwnTo);
            }
            online.forEach(device -> device.space.refresh());
        }
    }

    /** All devices, in the order in which they came. */
    List<Device> devices() {
        return devices;
    }

    void flushAll() {
        open().forEach(device -> device.space.flush());
    }

    private List<Device> open() {
        return devices.stream().filter(device -> device.space != null).toList();
    }

    /** A machine with a copy of a closed device's state and of its folder. */
    Device cloneOf(Device original, String name) {
        Device clone = new Device(name);
        clone.restoreState(original.backupState());
        original.copyTo(clone);
        clone.open();
        return clone;
    }

    /**
     * The same device on another machine, with a copy of its state and of its folder, to see what it would make of
     * news.
     */
    Device cloneOfReader(Device reader) {
        Device copy = new Device(reader.name + "-" + devices.size());
        devices.remove(copy);
        copy.restoreState(reader.backupState());
        reader.copyTo(copy);
        copy.open();
        return copy;
    }

    /** Files by path. */
    record Backup(java.util.Map<String, byte[]> files) {}

    @Override
    public void close() {
        devices.forEach(Device::close);
    }

    /** One device. */
    final class Device {
        final String name;
        final Path folder;
        final Optional<FaultyFileSystem> disk;
        Path state;
        SpaceOptions options;
        Space space;

        @SuppressWarnings("NullAway.Init")
        Device(String name) {
            this.name = name;
            FileSystem memory = Jimfs.newFileSystem(configuration);
            this.disk = faultyDisks ? Optional.of(FaultyFileSystem.over(memory)) : Optional.empty();
            this.folder = memory.getRootDirectories().iterator().next().resolve("sync");
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.state = states.resolve(name);
            this.options = optionsIn(state);
            devices.add(this);
        }

        private SpaceOptions optionsIn(Path directory) {
            SpaceOptions.Builder builder = SpaceOptions.inState(directory).toBuilder()
                    .deviceName(name)
                    .clock(clock)
                    .random(randoms.get())
                    .executor(Runnable::run)
                    .retireAfter(retireAfter);
            return (faultyDisks ? builder.pause(Pause.none()) : builder).build();
        }

        /** The folder as the space sees it, while the test works on the one behind. */
        private Path spaceFolder() {
            return disk.map(faulty -> faulty.wrap(folder)).orElse(folder);
        }

        void open() {
            space = Space.open(spaceFolder(), options);
        }

        /** Goes on with a copy of the state as it is now: who held the old one open is dead. */
        void moveState(String place) {
            Backup files = backupState();
            state = states.resolve(place);
            options = optionsIn(state);
            restoreState(files);
        }

        /** Closes and opens again. */
        void restart() {
            space.close();
            open();
        }

        /** Copies the files of this device's own directories to another's folder, as a sync tool does. */
        void copyTo(Device other) {
            for (String path : files()) {
                other.receive(path, read(path));
            }
        }

        /** Copies this device's own files to another's folder, and deletes there those which are gone here. */
        void copyOwnTo(Device other) {
            List<String> own = ownFiles();
            String place = own.isEmpty() ? "-" : own.get(0).replaceFirst("^(devices/[^/]*/).*", "$1");
            other.files().stream()
                    .filter(path -> path.startsWith(place) && !own.contains(path))
                    .forEach(other::delete);
            own.forEach(path -> copyTo(other, path));
        }

        void copyTo(Device other, String path) {
            other.receive(path, read(path));
        }

        /** Copies this device's own heads, and nothing else. */
        void copyHeadsTo(Device other) {
            ownFiles().stream().filter(path -> path.contains("head-")).forEach(path -> copyTo(other, path));
        }

        List<String> files(String part) {
            return ownFiles().stream().filter(path -> path.contains(part)).toList();
        }

        /** The files in the directory of this device's current writer. */
        List<String> ownFiles() {
            List<dev.cairn.format.WriterId> writers = space.status().self().writers();
            String place = "devices/" + writers.get(writers.size() - 1) + "/";
            return files().stream().filter(path -> path.startsWith(place)).toList();
        }

        String newestHead() {
            return ownFiles().stream()
                    .filter(path -> path.contains("head-"))
                    .max(Comparator.comparingLong(path -> counter(read(path))))
                    .orElseThrow();
        }

        /** Publishes everything, and makes a segment of what is in the tail. */
        void sealAll() {
            space.flush();
            fleetClock().advance(Duration.ofHours(25));
            space.commit(tx -> tx.on("seal").counter("seals").add(1));
            space.flush();
        }

        private TestClock fleetClock() {
            return clock;
        }

        SpaceStatus.FileStatus status(String path) {
            return space.status().files().stream()
                    .filter(file -> file.path().equals(path))
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError(path + " in " + space.status().files()));
        }

        Backup backup() {
            java.util.Map<String, byte[]> files = new java.util.TreeMap<>();
            files().forEach(path -> files.put(path, read(path)));
            return new Backup(files);
        }

        void restore(Backup backup) {
            if (Files.exists(folder)) {
                files().stream()
                        .filter(path -> !backup.files().containsKey(path))
                        .forEach(this::delete);
            }
            backup.files().forEach(this::put);
        }

        Backup backupState() {
            java.util.Map<String, byte[]> files = new java.util.TreeMap<>();
            try (Stream<Path> all = Files.walk(state)) {
                for (Path file : all.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith("-shm"))
                        .toList()) {
                    files.put(state.relativize(file).toString(), Files.readAllBytes(file));
                }
                return new Backup(files);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void restoreState(Backup backup) {
            try {
                for (String path : backupStateNames()) {
                    Files.delete(state.resolve(path));
                }
                for (java.util.Map.Entry<String, byte[]> file : backup.files().entrySet()) {
                    Path path = state.resolve(file.getKey());
                    Files.createDirectories(path.getParent());
                    Files.write(path, file.getValue());
                    if (path.getFileName().toString().equals("keys")) {
                        Files.setPosixFilePermissions(
                                path, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private java.util.Set<String> backupStateNames() {
            if (!Files.exists(state)) {
                return java.util.Set.of();
            }
            try (Stream<Path> all = Files.walk(state)) {
                return all.filter(Files::isRegularFile)
                        .map(file -> state.relativize(file).toString())
                        .collect(java.util.stream.Collectors.toSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] stateFile(String path) {
            try {
                return Files.readAllBytes(state.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void removeFolder() {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Leaves no room for even one more block. */
        void fillDisk() {
            Path ballast = folder.resolve("ballast");
            try (java.io.OutputStream out = Files.newOutputStream(ballast)) {
                while (true) {
                    out.write(new byte[512]);
                }
            } catch (IOException e) {
                assert Files.exists(ballast);
            }
        }

        List<String> files() {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile)
                        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                        .sorted(Comparator.naturalOrder())
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] read(String path) {
            try {
                return Files.readAllBytes(folder.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Puts a file whole in its place. A head replaces only an older one, as tools with versions do; of two that
         * were written at once one becomes a conflict copy. Of two conflict copies of one name one stays, the same
         * everywhere: tools make no conflict copies of conflict copies.
         */
        void receive(String path, byte[] content) {
            try {
                if (!Files.exists(folder.resolve(path)) || !path.contains("head-")) {
                    put(path, content);
                    return;
                }
                byte[] here = read(path);
                if (counter(here) < counter(content)) {
                    put(path, content);
                } else if (counter(here) == counter(content)) {
                    receiveOther(path, here, content);
                }
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalStateException(path, e);
            }
        }

        /** Named by its content here, as tools name it by time and device: so no two share a name. */
        private void receiveOther(String path, byte[] here, byte[] content) {
            if (!Arrays.equals(here, content)) {
                String digits =
                        Bytes.owning(content).sha256().toHex().substring(0, 7).toUpperCase(Locale.ROOT);
                put(path.replace(".cairn", ".sync-conflict-20260101-120000-" + digits + ".cairn"), content);
            }
        }

        void put(String path, byte[] content) {
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Path fresh = file.resolveSibling("~syncthing~0123456789abcdef.~.tmp");
                Files.write(fresh, content);
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void delete(String path) {
            try {
                Files.deleteIfExists(folder.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long counter(byte[] head) {
            return java.nio.ByteBuffer.wrap(head).getLong(56);
        }

        void put(String key, String value) {
            space.commit(tx -> tx.on("notes").map().put(key, value));
        }

        dev.cairn.format.file.KeyRing keys() {
            return space.replica().keys();
        }

        dev.cairn.format.log.DeviceDirectory directory() {
            return space.replica().directory();
        }

        String text() {
            return space.document("notes").text("body");
        }

        void close() {
            if (space != null) {
                space.close();
            }
        }
    }

    /** A clock that stands still until it is moved. */
    static final class TestClock extends java.time.Clock {
        private java.time.Instant now = java.time.Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public java.time.Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.Instant instant() {
            return now;
        }
    }
}
