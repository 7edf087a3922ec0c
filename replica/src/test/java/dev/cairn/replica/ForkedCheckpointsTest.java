package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that was copied leaves two branches of one chain; a checkpoint holds both. */
class ForkedCheckpointsTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @BeforeEach
    void newFleet() {
        fleet = new Fleet(states);
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private static void edit(Device device, String what) {
        device.space.commit(what, tx -> {
            tx.on("notes").map().put(what, what);
            tx.on("notes").text("body").insert(0, what + " ");
        });
    }

    /** A device and its copy go on after what both have, each in its own way. */
    private Device copied(Device original) {
        edit(original, "shared");
        fleet.sync();
        original.space.close();
        Device clone = fleet.cloneOf(original, "clone");
        original.space = Space.open(original.folder, original.options);
        edit(original, "by a");
        edit(clone, "by clone");
        return clone;
    }

    @Test
    void aNewDeviceBeginsWithBothBranches() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        Device clone = copied(a);
        a.sealAll();
        clone.sealAll();
        a.copyTo(b);
        clone.copyTo(b);
        b.space.refresh();
        fleet.sync();
        edit(a, "after");
        fleet.sync();
        fleet.sync();
        assertThat(a.space.authors().keySet())
                .containsAll(a.space.version().heads().stream()
                        .map(Version.Head::writer)
                        .toList())
                .hasSizeGreaterThan(3);
        assertThat(a.space.authors().values()).containsOnly("a");

        Compaction.Made made = b.space.compaction().checkpoint((done, total) -> {});
        assertThat(made.leftOut()).isZero();
        assertThat(made.changes()).isEqualTo(b.space.status().changes());
        fleet.sync();
        assertThat(a.space.compaction().status().checkpoints().get(0).verdict()).isEqualTo("verified");

        // a new device with the checkpoint alone: no segment is in its folder
        for (Device each : List.of(a, b, clone)) {
            for (String path : each.files()) {
                if (path.contains("/changes/")) {
                    each.delete(path);
                }
            }
        }
        String code = a.space.invite(InviteOptions.writer()).code();
        a.space.flush();
        Device fresh = fleet.device("fresh");
        a.files().stream().filter(path -> !path.contains("/changes/")).forEach(path -> a.copyTo(fresh, path));
        fresh.space = ((JoinResult.Joined) Space.join(fresh.folder, code, fresh.options)).space();
        assertThat(fresh.space.stateHash()).isEqualTo(b.space.stateHash());
        assertThat(fresh.space.document("notes").text("body")).contains("by a", "by clone", "after");
        assertThat(fresh.space.log()).hasSameSizeAs(b.space.log());
        assertThat(fresh.space.blame("notes", "body")).isEqualTo(b.space.blame("notes", "body"));
        assertThat(fresh.space.status().waiting()).isEmpty();
    }

    @Test
    void ownChangesOnABranchAreTakenBack() {
        Device a = fleet.create("a");
        Device b = fleet.join(a, "b");
        copied(a);
        fleet.sync();
        fleet.sync();
        Version.Head own = a.space.log().stream()
                .filter(entry -> entry.message().equals("by a"))
                .findFirst()
                .orElseThrow()
                .id();
        assertThatThrownBy(() -> b.space.undo(own)).hasMessageContaining("another device's");
        a.space.undo(own);
        assertThat(a.space.document("notes").map().entries().keySet())
                .contains("by clone")
                .doesNotContain("by a");
        assertThat(a.space.document("notes").text("body"))
                .doesNotContain("by a")
                .contains("by clone", "shared");
    }
}
