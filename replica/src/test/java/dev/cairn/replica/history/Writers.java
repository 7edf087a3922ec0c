package dev.cairn.replica.history;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.log.DeviceDirectory;
import java.util.Optional;
import java.util.function.Predicate;

/** Who may write, as a history needs to know it: another object after each change. */
record Writers(Predicate<DeviceId> writers) implements DeviceDirectory {
    /** Whoever it is. */
    static final Writers ALL = new Writers(device -> true);

    @Override
    public Optional<VerifyingKey> key(DeviceId device) {
        throw new UnsupportedOperationException("no key is asked for");
    }

    @Override
    public boolean mayWrite(DeviceId device) {
        return writers.test(device);
    }
}
