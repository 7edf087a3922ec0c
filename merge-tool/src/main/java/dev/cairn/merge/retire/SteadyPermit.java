package dev.cairn.merge.retire;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** A permit that counts only when it has stood for a while. */
final class SteadyPermit implements CompactionPermit {
    private final CompactionPermit permit;
    private final Duration time;
    private final LongSupplier monoMillis;
    private OptionalLong since = OptionalLong.empty();

    SteadyPermit(CompactionPermit permit, Duration time, LongSupplier monoMillis) {
        this.permit = permit;
        this.time = time;
        this.monoMillis = monoMillis;
    }

    @Override
    public boolean granted() {
        if (!permit.granted()) {
            since = OptionalLong.empty();
            return false;
        }
        long now = monoMillis.getAsLong();
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        return now - since.getAsLong() >= time.toMillis();
    }
}
