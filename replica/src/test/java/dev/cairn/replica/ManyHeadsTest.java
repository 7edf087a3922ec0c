package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Limits;
import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More devices that have not seen each other's changes than one change can name as its parents. */
@Tag("long")
final class ManyHeadsTest {
    @TempDir
    Path states;

    @Test
    void everybodyConvergesOnSeventyJoinedHeads() {
        commitOnTopOf(70, 1, 1);
    }

    @Test
    void twoHundredHeadsAreJoinedInSeveralSteps() {
        commitOnTopOf(200, 3, 25);
    }

    private void commitOnTopOf(int heads, int joins, int lookAtEvery) {
        try (Fleet fleet = new Fleet(states)) {
            List<Device> authors = authors(fleet, heads);
            Device last = commitOnTopOf(authors, fleet.devices().get(0));
            assertThat(last.space.status().changes()).isEqualTo(heads + joins + 1);
            for (int i = 0; i < heads; i += lookAtEvery) {
                Device author = authors.get(i);
                last.copyTo(author);
                author.space.refresh();
                assertThat(author.space.stateHash()).isEqualTo(last.space.stateHash());
                assertThat(author.space.version()).isEqualTo(last.space.version());
                assertThat(author.space.status().waiting()).isEmpty();
            }
            String hash = last.space.stateHash();
            last.restart();
            assertThat(last.space.stateHash()).isEqualTo(hash);
        }
    }

    /** Devices with one commit each, none of which has seen another's. */
    private static List<Device> authors(Fleet fleet, int count) {
        Device owner = fleet.create("owner");
        List<Device> authors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            authors.add(fleet.join(owner, "d" + i));
        }
        for (Device author : authors) {
            author.space.commit(tx -> tx.on("all").counter("sum").add(1));
            author.space.flush();
        }
        return authors;
    }

    /** Brings all changes to one more device, which then commits for the first time. */
    private static Device commitOnTopOf(List<Device> authors, Device last) {
        authors.forEach(author -> author.ownFiles().forEach(path -> author.copyTo(last, path)));
        last.space.refresh();
        assertThat(last.space.version().heads()).hasSize(authors.size()).hasSizeGreaterThan(Limits.PARENTS_MAX);
        Version version = last.space.commit(tx -> tx.on("all").counter("sum").add(1));
        assertThat(last.space.version()).isEqualTo(version);
        assertThat(version.heads()).hasSize(1);
        assertThat(last.space.document("all").counter("sum")).isEqualTo(authors.size() + 1);
        last.space.flush();
        return last;
    }
}
