package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Backup;
import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the folder has lost, and its author too, comes back through whoever still has it. */
final class RescueTest {
    @TempDir
    private Path states;

    private Fleet fleet;
    private Device owner;

    @BeforeEach
    void foundASpace() {
        fleet = new Fleet(states);
        owner = fleet.create("owner");
        owner.put("first", "v");
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private void days(int days) {
        for (int i = 0; i < 8 * days; i++) {
            fleet.clock.advance(Duration.ofHours(3));
            fleet.sync();
        }
    }

    private static Object read(Device device, String key) {
        return device.space.document("notes").toPlain().getOrDefault(key, "nothing");
    }

    private static Backup closedState(Device device) {
        device.space.close();
        Backup backup = device.backupState();
        device.space = Space.open(device.folder, device.options);
        return backup;
    }

    /** The device has the state it had then, and its files which match are nowhere any more. */
    private void forget(Device device, Backup then, Predicate<String> files) {
        List<String> lost = device.ownFiles().stream().filter(files).toList();
        device.space.close();
        device.restoreState(then);
        fleet.devices().forEach(each -> lost.forEach(each::delete));
        device.space = Space.open(device.folder, device.options);
    }

    /** Seed 2 of the seeded fleets: its owner did not know its members any more, and waited for ever. */
    @Test
    void aMemberEntryComesBackThroughAnyMember() {
        Backup then = closedState(owner);
        List<String> before = owner.files("/keys/");
        Device reader = fleet.join(owner, "reader");
        reader.put("second", "v");
        fleet.sync();
        forget(owner, then, path -> path.contains("/keys/") && !before.contains(path));
        fleet.sync();
        assertThat(read(owner, "second")).isEqualTo("nothing");
        days(1);
        assertThat(read(owner, "second")).isEqualTo("v");
        assertThat(owner.space.stateHash()).isEqualTo(reader.space.stateHash());
    }

    @Test
    void aChangeComesBackThroughWhoeverHasReadIt() {
        Device reader = fleet.join(owner, "reader");
        Device late = fleet.join(owner, "late");
        fleet.sync();
        Backup then = closedState(owner);
        owner.put("second", "v");
        owner.space.flush();
        owner.copyTo(reader);
        reader.space.refresh();
        assertThat(read(reader, "second")).isEqualTo("v");
        forget(owner, then, path -> path.contains("head-"));
        days(4);
        assertThat(Stream.of(owner, reader, late).map(each -> read(each, "second")))
                .containsOnly("v");
        assertThat(Stream.of(owner, reader, late)
                        .map(each -> each.space.stateHash())
                        .distinct())
                .hasSize(1);
    }

    /**
     * Seed 36 beside a hostile member: the folder reached further on one branch than the lost one was long, so that
     * nobody missed it, and its devices differed for ever.
     */
    @Test
    void aBranchComesBackAlthoughTheFolderReachesFurtherOnAnother() {
        Device reader = fleet.join(owner, "reader");
        fleet.sync();
        owner.space.close();
        Device copy = fleet.cloneOf(owner, "copy");
        owner.space = Space.open(owner.folder, owner.options);
        copy.put("copy", "v");
        copy.space.flush();
        copy.copyHeadsTo(reader);
        reader.space.refresh();
        assertThat(read(reader, "copy")).isEqualTo("v");
        fleet.devices().remove(copy);
        for (int i = 0; i < 4; i++) {
            owner.put("owner", "v" + i);
            owner.space.flush();
        }
        fleet.sync();
        assertThat(read(owner, "copy")).as("it is in no file any more").isEqualTo("nothing");
        days(4);
        assertThat(read(owner, "copy")).isEqualTo("v");
        assertThat(owner.space.stateHash()).isEqualTo(reader.space.stateHash());
        List<String> rescued = entriesAndCheckpoints(owner);
        days(4);
        assertThat(entriesAndCheckpoints(owner)).as("once is enough").isEqualTo(rescued);
        copy.close();
    }

    /** What a device wrote that is no member any more is left out, and does not keep the rest from being rescued. */
    @Test
    void theChangesOfADisplacedDeviceDoNotStandInTheWay() {
        Device reader = fleet.join(owner, "reader");
        String code = owner.space.invite(InviteOptions.writer()).code();
        owner.space.flush();
        Device winner = entering("winner", code);
        Device loser = entering("loser", code);
        loser.put("loser", "v");
        loser.space.flush();
        owner.copyTo(reader);
        loser.copyTo(reader);
        reader.space.refresh();
        assertThat(read(reader, "loser")).isEqualTo("v");
        winner.space.flush();
        winner.copyTo(owner);
        owner.space.refresh();
        owner.space.flush();
        owner.copyTo(reader);
        reader.space.refresh();
        assertThat(reader.space.status().others()).noneMatch(each -> each.name().equals("loser"));
        fleet.devices().remove(loser);
        loser.close();
        Backup then = closedState(owner);
        owner.put("second", "v");
        owner.space.flush();
        owner.copyTo(reader);
        reader.space.refresh();
        forget(owner, then, path -> path.contains("head-"));
        days(4);
        assertThat(Stream.of(owner, reader, winner).map(each -> read(each, "second")))
                .containsOnly("v");
    }

    private Device entering(String name, String code) {
        Device device = fleet.device(name);
        owner.copyTo(device);
        device.space = ((JoinResult.Joined) Space.join(device.folder, code, device.options)).space();
        return device;
    }

    @Test
    void whoIsGoneForGoodLosesNothingWithItsDirectory() {
        Device reader = joining("reader", new InviteOptions(InviteOptions.GrantedRole.ADMIN, false), owner);
        fleet.sync();
        String place = "devices/" + owner.space.status().self().writers().get(0) + "/";
        owner.space.close();
        owner.files().forEach(owner::delete);
        fleet.devices().remove(owner);
        reader.files().stream().filter(path -> path.startsWith(place)).forEach(reader::delete);
        days(3);
        Device late = joining("late", InviteOptions.writer(), reader);
        assertThat(read(late, "first")).isEqualTo("v");
    }

    private Device joining(String name, InviteOptions options, Device host) {
        String code = host.space.invite(options).code();
        host.space.flush();
        Device device = fleet.device(name);
        host.copyTo(device);
        device.space = ((JoinResult.Joined) Space.join(device.folder, code, device.options)).space();
        return device;
    }

    @Test
    void nothingIsPublishedTwiceWhileTheFolderIsWhole() {
        fleet.join(owner, "reader");
        Device third = fleet.join(owner, "third");
        fleet.sync();
        List<String> before = entriesAndCheckpoints(third);
        days(10);
        assertThat(entriesAndCheckpoints(third)).isEqualTo(before);
    }

    @Test
    void rescuersComeToRest() {
        fleet.join(owner, "reader");
        Device third = fleet.join(owner, "third");
        fleet.sync();
        Backup then = closedState(owner);
        owner.put("second", "v");
        fleet.sync();
        forget(owner, then, path -> path.contains("head-"));
        days(4);
        List<String> after = entriesAndCheckpoints(third);
        assertThat(after.stream().filter(path -> path.contains("/checkpoints/")))
                .as("they wait for each other, unless their times are near")
                .hasSizeBetween(1, 2);
        days(4);
        assertThat(entriesAndCheckpoints(third)).isEqualTo(after);
    }

    /** A sync tool which compares sizes and times leaves such a copy as it is; nobody else sees anything amiss. */
    @ParameterizedTest
    @ValueSource(strings = {"/changes/", "/keys/"})
    void whatIsDamagedInOneFolderOnlyComesUnderAnotherName(String place) {
        Device reader = fleet.join(owner, "reader");
        fleet.sync();
        List<String> good = reader.files();
        Device third = fleet.join(owner, "third");
        third.put("second", "v");
        for (int i = 0; i < 3; i++) {
            third.sealAll(); // until neither of its heads carries that any more
        }
        Predicate<String> damaged = path -> path.contains(place) && !good.contains(path);
        daysAround(1, reader, damaged);
        assertThat(read(reader, "second")).isEqualTo("nothing");
        daysAround(6, reader, damaged);
        assertThat(read(reader, "second")).isEqualTo("v");
        assertThat(Stream.of(owner, reader, third).map(each -> each.space.stateHash()))
                .containsOnly(owner.space.stateHash());
    }

    @Test
    void whomNothingReachesCostsACheckpointEverMoreRarely() {
        Device reader = fleet.join(owner, "reader");
        Device third = fleet.join(owner, "third");
        fleet.sync();
        third.put("second", "v");
        Set<String> made = new TreeSet<>();
        for (int day = 0; day < 50; day++) {
            daysAround(1, reader, path -> !path.contains("/keys/"));
            made.addAll(third.files("/checkpoints/"));
            made.addAll(owner.files("/checkpoints/"));
        }
        assertThat(read(reader, "second")).isEqualTo("nothing");
        assertThat(made)
                .as("after 1.5, 3, 6, 12 and 24 days, or half as many again; by both if their times are near")
                .hasSizeBetween(3, 10);
    }

    @Test
    void whoIsAwayCostsNoCheckpoint() {
        Device away = fleet.join(owner, "away");
        Device third = fleet.join(owner, "third");
        fleet.sync();
        fleet.devices().remove(away);
        third.put("second", "v");
        daysAround(20, third, path -> false);
        assertThat(read(owner, "second")).isEqualTo("v");
        assertThat(owner.files("/checkpoints/")).isEmpty();
        assertThat(third.files("/checkpoints/")).isEmpty();
        away.close();
    }

    /** Days in which others' files of those paths lie damaged in one folder, whatever comes there. */
    private void daysAround(int days, Device reader, Predicate<String> damaged) {
        for (int i = 0; i < 8 * days; i++) {
            fleet.clock.advance(Duration.ofHours(3));
            fleet.devices().forEach(device -> device.space.duties());
            for (Device from : fleet.devices()) {
                fleet.devices().stream()
                        .filter(to -> to != from && to != reader)
                        .forEach(from::copyOwnTo);
                if (from != reader) {
                    from.ownFiles().forEach(path -> reader.put(path, arrived(from.read(path), damaged.test(path))));
                }
            }
            fleet.devices().forEach(device -> device.space.refresh());
        }
    }

    private static byte[] arrived(byte[] bytes, boolean damaged) {
        if (damaged) {
            bytes[bytes.length / 2] ^= 1;
        }
        return bytes;
    }

    private static List<String> entriesAndCheckpoints(Device device) {
        return device.files().stream()
                .filter(path -> path.contains("/keys/") || path.contains("/checkpoints/"))
                .toList();
    }
}
