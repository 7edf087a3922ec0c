package dev.cairn.format.log;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.VerifyingKey;
import java.util.Optional;

/** The devices which the member log names. Implementations are thread-safe and never block. */
public interface DeviceDirectory {
    /** The key of {@code device}, or nothing as long as no member entry names it. */
    Optional<VerifyingKey> key(DeviceId device);

    /** Whether a known device may make changes; one which may only read still publishes heads without any. */
    boolean mayWrite(DeviceId device);

    /**
     * The key of a device which some member entry names, even if it has no effect: by it the changes are checked of
     * which nothing counts but what members have built on.
     */
    default Optional<VerifyingKey> named(DeviceId device) {
        return key(device);
    }

    /**
     * Whether changes of that writer from that number on are taken from any named device, since a change that counts
     * needs the first of them.
     */
    default boolean isNeeded(WriterId writer, long first) {
        return false;
    }

    /**
     * The key by which the changes are checked that a device made as a writer, from that number on; nothing if they are
     * not taken.
     */
    default Optional<VerifyingKey> changesKey(DeviceId device, WriterId writer, long first) {
        return mayWrite(device) ? key(device) : isNeeded(writer, first) ? named(device) : Optional.empty();
    }

    /** Which changes are needed of devices that may not write. */
    @FunctionalInterface
    interface Needs {
        /** As {@link DeviceDirectory#isNeeded}. */
        boolean need(WriterId writer, long first);
    }

    /** The same devices for who needs these changes. */
    default DeviceDirectory taking(Needs needs) {
        DeviceDirectory devices = this;
        return new DeviceDirectory() {
            @Override
            public Optional<VerifyingKey> key(DeviceId device) {
                return devices.key(device);
            }

            @Override
            public boolean mayWrite(DeviceId device) {
                return devices.mayWrite(device);
            }

            @Override
            public Optional<VerifyingKey> named(DeviceId device) {
                return devices.named(device);
            }

            @Override
            public boolean isNeeded(WriterId writer, long first) {
                return needs.need(writer, first);
            }
        };
    }

    /** The same devices for who only looks whether changes are genuine, of whichever device that is named. */
    default DeviceDirectory takingAll() {
        return taking((writer, first) -> true);
    }
}
