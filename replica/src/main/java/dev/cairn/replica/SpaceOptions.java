package dev.cairn.replica;

import dev.cairn.format.folder.Pause;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How a space is opened: where this device keeps its state, and its clock, randomness and threads. Immutable; start
 * from {@link #defaults()}.
 */
public final class SpaceOptions {

    private final Optional<Path> stateDirectory;
    private final String deviceName;
    private final Profile profile;
    private final Clock clock;
    private final SecureRandom random;
    private final Optional<Executor> executor;
    private final Duration readTimeout;
    private final boolean padding;
    private final Duration retireAfter;
    private final Pause pause;

    private SpaceOptions(Builder builder) {
        stateDirectory = builder.stateDirectory;
        deviceName = builder.deviceName;
        profile = builder.profile;
        clock = builder.clock;
        random = builder.random;
        executor = builder.executor;
        readTimeout = builder.readTimeout;
        padding = builder.padding;
        retireAfter = builder.retireAfter;
        pause = builder.pause;
    }

    /**
     * The platform's state directory, the host's name, profile {@link Profile#SYNCTHING}, the system's clock and
     * randomness, one ingest thread per core.
     */
    public static SpaceOptions defaults() {
        return new Builder().build();
    }

    /** Defaults with this device's state in the given directory; for several devices on one machine. */
    public static SpaceOptions inState(Path stateDirectory) {
        return new Builder().stateDirectory(stateDirectory).build();
    }

    /** A builder that starts from these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.stateDirectory = stateDirectory;
        builder.deviceName = deviceName;
        builder.profile = profile;
        builder.clock = clock;
        builder.random = random;
        builder.executor = executor;
        builder.readTimeout = readTimeout;
        builder.padding = padding;
        builder.retireAfter = retireAfter;
        builder.pause = pause;
        return builder;
    }

    /** The directory of this device's state; empty for the platform's. Always on the default file system. */
    public Optional<Path> stateDirectory() {
        return stateDirectory;
    }

    /** The name other devices see; used by {@code create} and {@code join}. */
    public String deviceName() {
        return deviceName;
    }

    public Profile profile() {
        return profile;
    }

    /** The clock for what people see and for the pace of publishing; never for order. */
    public Clock clock() {
        return clock;
    }

    public SecureRandom random() {
        return random;
    }

    /** Where files are read and decrypted; empty for one thread per core while a refresh runs. */
    public Optional<Executor> executor() {
        return executor;
    }

    /** How long one file may block its reader before it counts as not downloaded. */
    public Duration readTimeout() {
        return readTimeout;
    }

    /** Whether file sizes are padded; off shows exact sizes to the folder's owner. */
    public boolean padding() {
        return padding;
    }

    /** How long own segments stay although all devices have agreed that they may go; counted while this device runs. */
    public Duration retireAfter() {
        return retireAfter;
    }

    /** How to wait before a file operation which something else holds up is tried again. */
    public Pause pause() {
        return pause;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private Optional<Path> stateDirectory = Optional.empty();
        private String deviceName = "device";
        private Profile profile = Profile.SYNCTHING;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Optional<Executor> executor = Optional.empty();
        private Duration readTimeout = Duration.ofSeconds(10);
        private boolean padding = true;
        private Duration retireAfter = Duration.ofDays(7);
        private Pause pause = Pause.real();

        private Builder() {}

        public Builder stateDirectory(Path directory) {
            stateDirectory = Optional.of(directory);
            return this;
        }

        /** At most 64 characters after trimming, not blank. */
        public Builder deviceName(String name) {
            String trimmed = name.strip();
            if (trimmed.isEmpty() || trimmed.length() > 64) {
                throw new IllegalArgumentException("a device's name has 1 to 64 characters: " + name);
            }
            deviceName = trimmed;
            return this;
        }

        public Builder profile(Profile value) {
            profile = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /** {@code Runnable::run} reads on the calling thread, for simulations. */
        public Builder executor(Executor value) {
            executor = Optional.of(value);
            return this;
        }

        public Builder readTimeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("the read timeout must be positive: " + value);
            }
            readTimeout = value;
            return this;
        }

        public Builder padding(boolean value) {
            padding = value;
            return this;
        }

        /** Delays what is safe already; zero is fine for tests and for who trusts all devices to be right. */
        public Builder retireAfter(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("a delay is not negative: " + value);
            }
            retireAfter = value;
            return this;
        }

        /** {@link Pause#none()} never waits, for simulations. */
        public Builder pause(Pause value) {
            pause = value;
            return this;
        }

        public SpaceOptions build() {
            return new SpaceOptions(this);
        }
    }
}
