package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of devices which the reader has never heard of, found together with the entries that introduce them. */
final class LateMembersTest {
    @TempDir
    Path states;

    @Test
    void oneRefreshReadsTheChangesOfEveryDeviceThatJoinedMeanwhile() {
        try (Fleet fleet = new Fleet(states)) {
            Device owner = fleet.create("owner");
            Device reader = fleet.join(owner, "reader");
            for (String name : new String[] {"first", "second", "third"}) {
                Device late = fleet.join(owner, name);
                late.space.commit(tx -> tx.on("notes").counter("joined").add(1));
                late.space.flush();
                late.copyTo(owner);
            }
            owner.copyTo(reader);
            reader.space.refresh();
            assertThat(reader.space.document("notes").counter("joined")).isEqualTo(3);
            assertThat(reader.space.status().files()).isEmpty();
        }
    }
}
