package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process of the device does after a refresh has read the files and before it keeps them. */
final class RefreshRacesTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    private Device owner;

    @BeforeEach
    void foundASpace() {
        fleet = new Fleet(states);
        owner = fleet.create("owner");
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    /** Another process of a device, which lets {@code meanwhile} happen after it has read its first file. */
    private static Space process(Device device, Runnable meanwhile) {
        boolean[] happened = new boolean[1];
        Executor executor = read -> {
            read.run();
            if (!happened[0]) {
                happened[0] = true;
                meanwhile.run();
            }
        };
        return Space.open(
                device.folder, device.options.toBuilder().executor(executor).build());
    }

    private Device joined(String name, String code) {
        Device device = fleet.device(name);
        owner.copyTo(device);
        device.space = ((JoinResult.Joined) Space.join(device.folder, code, device.options)).space();
        return device;
    }

    @Test
    void aDeviceDisplacedMeanwhileIsWaitedFor() {
        Device reader = fleet.join(owner, "reader");
        String code = owner.space.invite(InviteOptions.writer()).code();
        owner.space.flush();
        Device loser = joined("loser", code);
        Device winner = joined("winner", code);
        loser.space.flush();
        owner.copyTo(reader);
        loser.copyTo(reader);
        reader.space.refresh();
        loser.put("k", "v");
        loser.space.flush();
        winner.space.flush();
        winner.copyTo(owner);
        owner.space.refresh();
        owner.space.flush();
        Runnable displace = () -> {
            owner.copyTo(reader);
            reader.space.refresh();
        };
        loser.copyTo(reader);
        try (Space other = process(reader, displace)) {
            other.refresh();
            assertThat(other.status().files())
                    .filteredOn(file -> file.path().contains("head-"))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.toString()).contains("WAITING_MEMBER"));
            other.refresh();
            assertThat(other.stateHash()).isEqualTo(reader.space.stateHash());
        }
    }

    @Test
    void theCommitOfAnotherProcessMeanwhileIsNotTakenForARemoteOne() {
        Device reader = fleet.join(owner, "reader");
        owner.space.commit(tx -> tx.on("remote").counter("n").add(1));
        owner.space.commit(tx -> tx.on("remote").counter("n").add(1));
        owner.space.flush();
        owner.copyTo(reader);
        Runnable commit =
                () -> reader.space.commit(tx -> tx.on("here").counter("n").add(1));
        List<ChangeEvent> events = new ArrayList<>();
        try (Space other = process(reader, commit)) {
            other.onChange(events::add);
            RefreshReport report = other.refresh();
            assertThat(report.changes()).isEqualTo(3);
            assertThat(report.documents()).containsExactly("here", "remote");
        }
        assertThat(events)
                .extracting(ChangeEvent::origin, ChangeEvent::documents, ChangeEvent::changes)
                .containsExactly(
                        tuple(ChangeEvent.Origin.OTHER_PROCESS, new TreeSet<>(Set.of("here")), 1L),
                        tuple(ChangeEvent.Origin.REMOTE, new TreeSet<>(Set.of("remote")), 2L));
    }
}
