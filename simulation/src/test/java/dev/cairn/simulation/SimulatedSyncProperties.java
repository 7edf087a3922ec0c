package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.profile.Travel;
import dev.cairn.simulation.profile.Winner;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

class SimulatedSyncProperties {

    private static final int STEPS = 60;

    @Provide
    Arbitrary<SyncProfile> profiles() {
        return Arbitraries.of(Profiles.ALL);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void theSameSeedGivesTheSameRun(@ForAll("profiles") SyncProfile profile, @ForAll long seed) {
        World one = run(profile, seed, 3, false);
        World other = run(profile, seed, 3, false);
        assertThat(one.sync().timeline().toString())
                .isEqualTo(other.sync().timeline().toString());
        assertThat(one.sync().timeline().fingerprint())
                .isEqualTo(other.sync().timeline().fingerprint());
        assertThat(one.sync().counters()).isEqualTo(other.sync().counters());
        assertThat(one.sync().snapshot("d1")).isEqualTo(other.sync().snapshot("d1"));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void connectedFoldersBecomeEqual(
            @ForAll("profiles") SyncProfile profile,
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int devices) {
        World world = run(withoutLostDeletions(profile), seed, devices, false);
        assertThat(world.sync().differences())
                .as(() -> world.sync().timeline().toString())
                .isEmpty();
        assertThat(world.sync().isIdle()).isTrue();
    }

    /** A transfer is cut off and leaves its part under the name of a file which is deleted meanwhile. */
    @Example
    void whatACutTransferLeftOfADeletedFileIsAFileLikeAnyOther() {
        connectedFoldersBecomeEqual(SyncProfile.rsync(), -2886429552205L, 2);
    }

    @Tag("long")
    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void connectedFoldersBecomeEqualAlsoInALongRun(
            @ForAll("profiles") SyncProfile profile,
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int devices) {
        connectedFoldersBecomeEqual(profile, seed, devices);
    }

    @Tag("long")
    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void whoeverWritesOnlyFilesOfItsOwnNeverMeetsAConflictAlsoInALongRun(
            @ForAll("profiles") SyncProfile profile,
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int devices) {
        whoeverWritesOnlyFilesOfItsOwnNeverMeetsAConflict(profile, seed, devices);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void whoeverWritesOnlyFilesOfItsOwnNeverMeetsAConflict(
            @ForAll("profiles") SyncProfile profile,
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int devices) {
        World world = new World(withoutLostDeletions(profile), seed, devices, disks(seed));
        Script script = new Script(world, seed, true);
        script.run(STEPS);
        world.sync().heal();
        world.sync().settle();
        assertThat(world.sync().counters().conflictCopies())
                .as(() -> world.sync().timeline().toString())
                .isZero();
        if (profile.arrival().duplicates() == 0) {
            assertThat(world.sync().counters().lost()).isZero();
        }
        for (String device : world.sync().devices()) {
            assertThat(originals(world, device, profile, script.written()))
                    .as(() -> device + "\n" + world.sync().timeline())
                    .isEqualTo(script.written());
        }
    }

    private static World run(SyncProfile profile, long seed, int devices, boolean oneWriterPerFile) {
        World world = new World(profile, seed, devices, disks(seed));
        new Script(world, seed, oneWriterPerFile).run(STEPS);
        world.sync().heal();
        world.sync().settle();
        return world;
    }

    /** The same tool, but one that carries every deletion out; else the folders are equal only most of the time. */
    private static SyncProfile withoutLostDeletions(SyncProfile profile) {
        Travel travel = profile.travel();
        return profile.withTravel(new Travel(travel.updates(), travel.deletes(), 0));
    }

    private static SimulatedDisks disks(long seed) {
        return seed % 2 == 0 ? SimulatedDisks.unix().withShuffledListings(seed) : SimulatedDisks.osX();
    }

    /** The texts of a folder without duplicates, and without what a tool that knows no deletion brought back. */
    private static Map<String, String> originals(
            World world, String device, SyncProfile profile, Map<String, String> written) {
        Map<String, String> texts = world.texts(device);
        texts.keySet().removeIf(path -> path.contains(" (") || path.contains("~syncthing~"));
        if (profile.conflicts().winner() == Winner.NEWER_WITHOUT_MEMORY) {
            texts.keySet().retainAll(written.keySet());
        }
        return texts;
    }
}
