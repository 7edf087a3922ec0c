package dev.cairn.merge.export;

import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.function.Consumer;

/** The changes which an export writes, one at a time: a history may be larger than memory. */
public interface Changes {
    /** How many there are at most. */
    long countMax();

    /** Hands them over, parents before children. */
    void each(Consumer<LogEntry> each);

    /** The changes which made a version of a space. */
    static Changes upTo(Space space, Version version) {
        return new Changes() {
            @Override
            public long countMax() {
                return space.countBetween(Version.empty(), version);
            }

            @Override
            public void each(Consumer<LogEntry> each) {
                space.changesBetween(Version.empty(), version, each);
            }
        };
    }
}
