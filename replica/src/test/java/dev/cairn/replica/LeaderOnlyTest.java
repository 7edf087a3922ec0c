package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.view.Value;
import dev.cairn.format.election.Token;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.leaderonly.LateWrite;
import dev.cairn.replica.leaderonly.LateWrite.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections which only the leader writes, on real devices whose leadership is given by the test. */
class LeaderOnlyTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    private Device a;

    @SuppressWarnings("NullAway.Init")
    private Device b;

    @SuppressWarnings("NullAway.Init")
    private Device c;

    @BeforeEach
    void newFleet() {
        fleet = new Fleet(states);
        a = fleet.create("a");
        b = fleet.join(a, "b");
        c = fleet.join(a, "c");
        fleet.sync();
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private static Leadership leads(Device device, long epoch, long term) {
        Token token = new Token(epoch, term, device.space.electionFolder().writer());
        return () -> Optional.of(token);
    }

    private static LeaderOnly rates(Device device) {
        return device.space.leaderOnly("rates");
    }

    private static Consumer<LeaderOnly.Edits> put(String key, Object value) {
        return edits -> edits.put(key, value);
    }

    private static Value value(Object value) {
        return Value.of(value);
    }

    @Test
    void whatTheLeaderWritesCountsOnAllDevices() {
        rates(a).write(leads(a, 0, 1), edits -> edits.put("eur", 1.08).put("old", true));
        rates(a).write(leads(a, 0, 1), edits -> edits.put("eur", 1.09).remove("old"));
        fleet.sync();
        for (Device device : fleet.devices()) {
            assertThat(rates(device).entries()).containsExactly(java.util.Map.entry("eur", value(1.09)));
            assertThat(rates(device).late()).isEmpty();
            assertThat(device.space.leaderOnlyNames()).containsExactly("rates");
        }
        rates(b).write(leads(b, 0, 2), put("eur", 1.1));
        fleet.sync();
        assertThat(rates(a).get("eur")).contains(value(1.1));
        assertThat(rates(a).late()).isEmpty();
    }

    @Test
    void whoeverDoesNotLeadIsRefusedInOneLineAndNothingHappens() {
        Version before = a.space.version();
        assertThatThrownBy(() -> rates(a).write(Optional::empty, put("eur", 1)))
                .isInstanceOf(SpaceException.class)
                .hasMessageContaining("only the leader writes to \"rates\"")
                .hasMessageNotContaining("\n")
                .extracting(e -> ((SpaceException) e).code().text())
                .isEqualTo("leader_only");
        assertThatThrownBy(() -> rates(a).write(leads(b, 0, 1), put("eur", 1)))
                .as("the leadership of another device")
                .isInstanceOf(SpaceException.class);
        assertThat(a.space.version()).isEqualTo(before);
        assertThat(rates(a).write(leads(a, 0, 1), edits -> {})).isEqualTo(before);
    }

    @Test
    void aStaleLeaderThatHasALaterOnesWritesIsRefused() {
        rates(b).write(leads(b, 0, 2), put("eur", 1));
        fleet.sync();
        assertThatThrownBy(() -> rates(a).write(leads(a, 0, 1), put("eur", 2)))
                .isInstanceOf(SpaceException.class)
                .hasMessageContaining("a later leader has written");
        assertThat(rates(a).get("eur")).contains(value(1));
    }

    @Test
    void e30AStaleLeadersWriteIsKeptAsideOnAllDevicesAndAcceptedOnce() {
        rates(a).write(leads(a, 0, 1), put("eur", 1));
        fleet.sync();
        rates(b).write(leads(b, 1, 2), put("eur", 2));
        rates(a).write(leads(a, 0, 1), edits -> edits.put("eur", 3).put("usd", 4));
        assertThat(rates(a).late()).as("nobody knows yet").isEmpty();
        fleet.sync();
        for (Device device : fleet.devices()) {
            assertThat(rates(device).get("eur")).contains(value(2));
            assertThat(rates(device).get("usd")).isEmpty();
            assertThat(rates(device).late()).singleElement().satisfies(late -> {
                assertThat(late.state()).isEqualTo(State.PENDING);
                assertThat(late.edits()).containsEntry("usd", Optional.of(value(4)));
            });
        }
        LateWrite late = rates(c).late().get(0);
        rates(c).accept(late.name());
        rates(b).accept(late.name()); // the same decision, without knowing of the other
        fleet.sync();
        for (Device device : fleet.devices()) {
            assertThat(rates(device).get("eur")).contains(value(3));
            assertThat(rates(device).get("usd")).contains(value(4));
            assertThat(rates(device).late()).extracting(LateWrite::state).containsExactly(State.ACCEPTED);
        }
        assertThatThrownBy(() -> rates(a).accept(late.name())).isInstanceOf(IllegalArgumentException.class);
        rates(b).write(leads(b, 1, 2), put("eur", 5));
        fleet.sync();
        assertThat(rates(a).get("eur")).as("the leader has the last word").contains(value(5));
        assertThat(rates(a).get("usd")).contains(value(4));
    }

    @Test
    void aDismissedWriteHasNoEffectAndIsStillThere() {
        rates(a).write(leads(a, 0, 1), put("eur", 1));
        rates(b).write(leads(b, 0, 2), put("eur", 2));
        fleet.sync();
        rates(c).dismiss(rates(c).late().get(0).name());
        fleet.sync();
        assertThat(rates(a).get("eur")).contains(value(2));
        assertThat(rates(a).late()).extracting(LateWrite::state).containsExactly(State.DISMISSED);
        assertThatThrownBy(() -> rates(a).accept(rates(a).late().get(0).name()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decided already");
    }

    @Test
    void ordinaryWritesCannotGetThere() {
        rates(a).write(leads(a, 0, 1), put("eur", 1));
        Version version = a.space.version();
        String document = LeaderOnly.PREFIX + "rates";
        List<Runnable> attempts = List.of(
                () -> a.space.commit(tx -> tx.on(document).map().put("eur", 2)),
                () -> a.space.batch(
                        batch -> batch.commit("", tx -> tx.on(document).map().put("eur", 2))),
                () -> a.space.restore(document, version),
                () -> a.space.undo(),
                () -> a.space.undo(version.heads().get(0)));
        for (Runnable attempt : attempts) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(SpaceException.class)
                    .hasMessageContaining("only the leader writes to \"rates\"");
        }
        assertThat(a.space.version()).isEqualTo(version);
        assertThat(rates(a).get("eur")).contains(value(1));
    }

    @Test
    void namesAndKeysHaveALength() {
        assertThatThrownBy(() -> a.space.leaderOnly("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.space.leaderOnly("x".repeat(513))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rates(a).write(leads(a, 0, 1), put("", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        rates(a).write(leads(a, 0, 1), edits -> edits.put(" a b ", 1).put("é".repeat(256), 2));
        assertThat(rates(a).entries()).containsOnlyKeys(" a b ", "é".repeat(256));
        assertThat(a.space.leaderOnly("never written").entries()).isEmpty();
    }
}
