package dev.cairn.format.file;

import dev.cairn.format.crypto.EpochKey;
import java.util.List;

/**
 * The epoch keys which a device knows.
 *
 * <p>Two devices may start an epoch of the same number without knowing of each other, so there can be several keys
 * for a number; a wrong one is recognised in microseconds. Implementations are thread-safe and never block.
 */
@FunctionalInterface
public interface KeyRing {
    /** All keys known for {@code epoch}, the likeliest first; empty if none is known. */
    List<EpochKey> keys(int epoch);

    /** A ring of exactly the given keys. */
    static KeyRing of(EpochKey... keys) {
        List<EpochKey> all = List.of(keys);
        return epoch -> all.stream().filter(key -> key.epoch() == epoch).toList();
    }
}
