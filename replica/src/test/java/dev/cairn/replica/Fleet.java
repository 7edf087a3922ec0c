package dev.cairn.replica;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A few devices, each with a folder of its own in memory, a state directory on the disk, and a common clock. */
final class Fleet implements AutoCloseable {
    final TestClock clock = new TestClock();
    private final Path states;
    private final Configuration configuration;
    private final List<Device> devices = new ArrayList<>();

    Fleet(Path states) {
        this(states, Configuration.unix());
    }

    Fleet(Path states, Configuration configuration) {
        this.states = states;
        this.configuration = configuration.toBuilder().setBlockSize(512).build();
    }

    /** The first device, with a new space. */
    Device create(String name) {
        Device device = new Device(name);
        device.space = Space.create(device.folder, device.options);
        return device;
    }

    /** A further device, which joins by an invite of the first. */
    Device join(Device host, String name) {
        Device device = new Device(name);
        String code = host.space.invite(InviteOptions.writer()).code();
        host.space.flush();
        host.copyTo(device);
        JoinResult result = Space.join(device.folder, code, device.options);
        device.space = ((JoinResult.Joined) result).space();
        device.copyTo(host);
        host.space.refresh();
        host.space.flush();
        host.copyTo(device);
        device.space.refresh();
        return device;
    }

    /** Everybody publishes, every folder gets all files, everybody refreshes, until the states are what they will be. */
    void sync() {
        for (int round = 0; round < 2; round++) {
            devices.forEach(device -> device.space.flush());
            for (Device from : devices) {
                devices.stream().filter(to -> to != from).forEach(from::copyTo);
            }
            devices.forEach(device -> device.space.refresh());
        }
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
    }

    /** One device. */
    final class Device {
        final String name;
        final Path folder;
        final Path state;
        SpaceOptions options;
        Space space;

        @SuppressWarnings("NullAway.Init")
        Device(String name) {
            this.name = name;
            FileSystem disk = Jimfs.newFileSystem(configuration);
            this.folder = disk.getRootDirectories().iterator().next().resolve("sync");
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.state = states.resolve(name);
            this.options = SpaceOptions.inState(state).toBuilder()
                    .deviceName(name)
                    .clock(clock)
                    .random(new SecureRandom())
                    .executor(Runnable::run)
                    .build();
            devices.add(this);
        }

        /** Closes and opens again. */
        void restart() {
            space.close();
            space = Space.open(folder, options);
        }

        /** Copies the files of this device's own directories to another's folder, as a sync tool does. */
        void copyTo(Device other) {
            for (String path : files()) {
                other.receive(path, read(path));
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

        /** Puts a file whole in its place. A head replaces only an older one, as tools with versions do. */
        void receive(String path, byte[] content) {
            try {
                Path file = folder.resolve(path);
                if (Files.exists(file) && path.contains("head-") && counter(read(path)) >= counter(content)) {
                    return;
                }
                put(path, content);
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalStateException(path, e);
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
