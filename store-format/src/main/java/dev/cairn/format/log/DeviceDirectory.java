package dev.cairn.format.log;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.VerifyingKey;
import java.util.Optional;

/** The devices which the member log names. Implementations are thread-safe and never block. */
public interface DeviceDirectory {
    /** The key of {@code device}, or nothing as long as no member entry names it. */
    Optional<VerifyingKey> key(DeviceId device);

    /** Whether a known device may make changes; one which may only read still publishes heads without any. */
    boolean mayWrite(DeviceId device);
}
