package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.store.FullDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When and how a device writes into the folder. */
class PublishingTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @BeforeEach
    void makeFleet() {
        fleet = new Fleet(states);
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    @Test
    void changesArePublishedAtTheProfilesPaceInAlternateSlots() {
        Device a = fleet.create("a");
        fleet.clock.advance(Duration.ofHours(1));
        List<String> heads = new ArrayList<>();
        a.put("k", "1");
        assertThat(a.space.duties()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(a.space.status().outbox().changes()).isEqualTo(1);
        fleet.clock.advance(Duration.ofSeconds(1));
        a.space.duties();
        assertThat(a.space.status().outbox().changes()).isZero();
        heads.add(a.newestHead());
        a.put("k", "2");
        fleet.clock.advance(Duration.ofSeconds(9));
        a.space.duties();
        assertThat(a.space.status().outbox().changes()).isEqualTo(1);
        fleet.clock.advance(Duration.ofSeconds(2));
        a.space.duties();
        assertThat(a.space.status().outbox().changes()).isZero();
        heads.add(a.newestHead());
        assertThat(heads.get(0)).isNotEqualTo(heads.get(1));
        assertThat(a.files("/changes/")).isEmpty();
    }

    @Test
    void aFullDiskOfTheStateKeepsWhatIsCommittedAndSaysWhy() {
        Device a = fleet.create("a");
        a.put("k", "1".repeat(100_000));
        FullDisk.fill(a.space.replica().store());
        assertThat(a.space.flush()).isFalse();
        assertThat(a.space.status().outbox().problem())
                .contains("no space left on the disk of " + a.state.resolve("local.db") + ": make room");
        assertThat(a.space.status().outbox().changes()).isEqualTo(1);
        a.restart();
        assertThat(a.space.document("notes").map().get("k")).isPresent();
        FullDisk.fill(a.space.replica().store());
        assertThat(a.space.flush()).isFalse();
        FullDisk.makeRoom(a.space.replica().store());
        assertThat(a.space.flush()).isTrue();
        assertThat(a.space.status().outbox().problem()).isEmpty();
        assertThat(a.space.status().outbox().changes()).isZero();
    }

    @Test
    void acknowledgementsAreLateAndAreNotAnswered() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        fleet.sync();
        quiet(a, b);
        a.put("k", "1");
        a.space.flush();
        a.copyTo(b);
        b.space.refresh();
        b.space.duties();
        String before = b.newestHead();
        fleet.clock.advance(Duration.ofSeconds(55));
        b.space.duties();
        assertThat(b.newestHead()).isEqualTo(before);
        assertThat(a.space.awaitSeen(a.space.version(), b.space.device(), Duration.ZERO))
                .isFalse();
        fleet.clock.advance(Duration.ofSeconds(40));
        b.space.duties();
        assertThat(b.newestHead()).isNotEqualTo(before);
        b.copyTo(a);
        a.space.refresh();
        assertThat(a.space.awaitSeen(a.space.version(), b.space.device(), Duration.ZERO))
                .isTrue();
        assertThat(a.space.status().others().get(0).lacks()).isZero();
        String answered = a.newestHead();
        fleet.clock.advance(Duration.ofMinutes(30));
        a.space.duties();
        assertThat(a.newestHead()).isEqualTo(answered);
    }

    @Test
    void anIdleDeviceShowsASignOfLifeTwiceADay() {
        Device a = fleet.create("a");
        a.space.duties();
        byte[] before = a.read(a.newestHead());
        fleet.clock.advance(Duration.ofHours(11));
        a.space.duties();
        assertThat(a.read(a.newestHead())).isEqualTo(before);
        fleet.clock.advance(Duration.ofHours(2));
        a.space.duties();
        assertThat(a.read(a.newestHead())).isNotEqualTo(before);
    }

    @Test
    void theSealedOnlyProfileWritesSegmentsAndLeavesHeadsAlone() {
        Device a = fleet.create("a");
        a.space.close();
        a.options = a.options.toBuilder().profile(Profile.SEALED_ONLY).build();
        a.space = Space.open(a.folder, a.options);
        a.put("k", "1");
        a.space.flush();
        byte[] head = a.read(a.newestHead());
        for (int i = 0; i < 3; i++) {
            fleet.clock.advance(Duration.ofSeconds(40));
            a.put("k", "more " + i);
            a.space.duties();
            fleet.clock.advance(Duration.ofSeconds(40));
            a.space.duties();
        }
        assertThat(a.read(a.newestHead())).isEqualTo(head);
        assertThat(a.files("/changes/")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(a.space.status().outbox().changes()).isZero();
    }

    @Test
    void smallSegmentsAreMergedAndTheOldOnesGoAfterwards() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        Random random = new Random(1);
        int most = 0;
        for (int i = 0; i < 30; i++) {
            String text = random.ints(18_000, 0x4e00, 0x9fa5)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            a.space.commit(tx -> tx.on("notes").text("body").append(text));
            a.space.flush();
            a.space.flush();
            most = Math.max(most, a.files("/changes/").size());
        }
        fleet.clock.advance(Duration.ofHours(13));
        a.space.duties();
        fleet.clock.advance(Duration.ofHours(13));
        a.space.duties();
        assertThat(a.files("/changes/").size()).isLessThan(16);
        assertThat(most).isLessThanOrEqualTo(18);
        fleet.sync();
        assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        Device c = fleet.join(a, "c");
        assertThat(c.space.stateHash()).isEqualTo(a.space.stateHash());
        a.restart();
        assertThat(a.space.stateHash()).isEqualTo(b.space.stateHash());
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        Device a = fleet.create("a");
        List<ChangeEvent> events = new ArrayList<>();
        List<Throwable> uncaught = new ArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try (Subscription bad = a.space.onChange(event -> {
                    throw new IllegalStateException("listener");
                });
                Subscription good = a.space.onChange(events::add)) {
            assertThat(bad).isNotSameAs(good);
            a.put("k", "1");
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
        a.put("k", "2");
        assertThat(events).hasSize(1);
        assertThat(uncaught).singleElement().satisfies(e -> assertThat(e).hasMessage("listener"));
    }

    private void quiet(Device... devices) {
        for (int i = 0; i < 4; i++) {
            fleet.clock.advance(Duration.ofMinutes(3));
            for (Device device : devices) {
                device.space.duties();
            }
            fleet.sync();
        }
    }
}
