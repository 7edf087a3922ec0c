package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.Fleet.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One code was given to two devices, and both joined before they knew of each other. A third device has seen the one
 * which is no member in the end, and may have built on what that wrote.
 */
final class DisplacedDevicesTest {
    @TempDir
    private Path states;

    private Fleet fleet;
    private Device owner;
    private Device reader;
    private Device winner;
    private Device loser;

    @BeforeEach
    void twoDevicesJoinByOneCode() {
        fleet = new Fleet(states);
        owner = fleet.create("owner");
        owner.put("first", "v");
        reader = fleet.join(owner, "reader");
        fleet.sync();
        String code = owner.space.invite(InviteOptions.writer()).code();
        owner.space.flush();
        winner = entering("winner", code);
        loser = entering("loser", code);
        loser.put("loser", "v");
        loser.space.flush();
        owner.copyTo(reader);
        loser.copyTo(reader);
        reader.space.refresh();
        assertThat(read(reader, "loser")).isEqualTo("v");
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private Device entering(String name, String code) {
        Device device = fleet.device(name);
        owner.copyTo(device);
        device.space = ((JoinResult.Joined) Space.join(device.folder, code, device.options)).space();
        return device;
    }

    private static Object read(Device device, String key) {
        return device.space.document("notes").toPlain().getOrDefault(key, "nothing");
    }

    /** The owner lets the winner in; then all folders are alike. */
    private void theOwnerDecides() {
        winner.space.flush();
        winner.copyTo(owner);
        owner.space.refresh();
        fleet.sync();
        assertThat(loser.space.status().self().role()).isEqualTo("none");
        assertThat(winner.space.status().self().role()).isEqualTo("writer");
    }

    private void allAreAlike(List<Device> members) {
        assertThat(members.stream().map(each -> each.space.stateHash()).distinct())
                .hasSize(1);
        members.forEach(each -> assertThat(each.space.status().waiting()).isEmpty());
    }

    @Test
    void whatNobodyBuiltOnIsShownByNobody() {
        theOwnerDecides();
        List<Device> members = List.of(owner, reader, winner);
        assertThat(members.stream().map(each -> read(each, "loser"))).containsOnly("nothing");
        allAreAlike(members);
        assertThat(reader.space.status().advice())
                .anyMatch(line -> line.startsWith("1 change of \"loser\", which may not write"));
        assertThat(reader.space.status().others())
                .allSatisfy(other -> assertThat(other.lacks()).isZero());
        assertThat(read(loser, "loser")).as("to its author it is there").isEqualTo("v");
        members.forEach(Device::restart);
        allAreAlike(members);
    }

    @Test
    void aDocumentOfWhichNothingCountsIsGoneFromWhatIsSaved() {
        loser.space.commit(tx -> tx.on("of the loser").map().put("k", "v"));
        loser.space.flush();
        loser.copyTo(reader);
        reader.space.refresh();
        reader.restart();
        assertThat(reader.space.documents()).contains("of the loser");
        theOwnerDecides();
        assertThat(reader.space.documents()).doesNotContain("of the loser");
        reader.restart();
        assertThat(reader.space.documents()).doesNotContain("of the loser");
        allAreAlike(List.of(owner, reader, winner));
    }

    @Test
    void whatAMemberBuiltOnIsShownByAll() {
        reader.put("reader", "v");
        loser.put("later", "v");
        theOwnerDecides();
        List<Device> members = List.of(owner, reader, winner);
        assertThat(members.stream().map(each -> read(each, "reader"))).containsOnly("v");
        assertThat(members.stream().map(each -> read(each, "loser"))).containsOnly("v");
        assertThat(members.stream().map(each -> read(each, "later"))).containsOnly("nothing");
        assertThat(owner.space.log().stream().map(LogEntry::deviceName)).contains("reader", "loser (no member)");
        assertThat(owner.space.authors().values()).contains("reader", "loser (no member)");
        allAreAlike(members);
        members.forEach(Device::restart);
        allAreAlike(members);
        owner.put("more", "v");
        fleet.sync();
        allAreAlike(members);
    }

    /** Whoever ever had a code could fill everybody's store otherwise. */
    @Test
    void filesOfWhichNothingIsNeededAreNotTakenIn() {
        reader.put("reader", "v");
        for (int i = 0; i < 3; i++) {
            loser.sealAll();
        }
        theOwnerDecides();
        assertThat(owner.space.status().files())
                .filteredOn(file -> file.path().contains("/changes/"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.reason()).isEqualTo("WAITING_MEMBER"));
        allAreAlike(List.of(owner, reader, winner));
    }

    @Test
    void whoIsLetInAgainHasLostNothing() {
        reader.put("reader", "v");
        loser.put("later", "v");
        theOwnerDecides();
        String code = owner.space.invite(InviteOptions.writer()).code();
        owner.space.flush();
        owner.copyTo(loser);
        loser.space.close();
        loser.space = ((JoinResult.Joined) Space.join(loser.folder, code, loser.options)).space();
        fleet.sync();
        fleet.sync();
        List<Device> members = List.of(owner, reader, winner, loser);
        assertThat(members.stream().map(each -> read(each, "later"))).containsOnly("v");
        allAreAlike(members);
    }

    @Test
    void whatAMemberBuiltOnComesBackThroughIt() {
        reader.put("reader", "v");
        List<String> ofLoser = loser.ownFiles();
        fleet.devices().remove(loser);
        winner.space.flush();
        winner.copyTo(owner);
        owner.space.refresh();
        ofLoser.forEach(reader::delete);
        for (int i = 0; i < 32; i++) {
            fleet.clock.advance(Duration.ofHours(3));
            fleet.sync();
        }
        List<Device> members = List.of(owner, reader, winner);
        assertThat(members.stream().map(each -> read(each, "loser"))).containsOnly("v");
        allAreAlike(members);
        loser.close();
    }

    @Test
    void aCheckpointHoldsWhatAMemberBuiltOn() {
        reader.put("reader", "v");
        theOwnerDecides();
        fleet.devices().remove(loser);
        reader.space.compaction().checkpoint((done, total) -> {});
        reader.space.flush();
        List<String> ofLoser = loser.ownFiles();
        Stream.of(owner, reader, winner).forEach(each -> ofLoser.forEach(each::delete));
        Device late = fleet.join(owner, "late");
        fleet.sync();
        List<Device> members = List.of(owner, reader, winner, late);
        assertThat(members.stream().map(each -> read(each, "loser"))).containsOnly("v");
        allAreAlike(members);
        loser.close();
    }
}
