package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marker at the folder's root is a hint: one that is lost or damaged keeps nobody out. */
final class MarkerTest {
    private static final String MARKER = "cairn-space.json";

    @TempDir
    private Path states;

    private Fleet fleet;
    private Device owner;

    @BeforeEach
    void foundASpace() {
        fleet = new Fleet(states);
        owner = fleet.create("owner");
        owner.put("k", "v");
        owner.space.flush();
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    /** One bit makes another valid id of it: seeds 155, 252 and 339 of the seeded fleets. */
    private static void damage(Device device, String how) {
        String text = new String(device.read(MARKER), StandardCharsets.UTF_8);
        switch (how) {
            case "another id" -> {
                int at = text.lastIndexOf('"') - 20;
                char other = text.charAt(at) == 'c' ? 'b' : 'c';
                device.put(
                        MARKER,
                        (text.substring(0, at) + other + text.substring(at + 1)).getBytes(StandardCharsets.UTF_8));
            }
            case "cut off" -> device.put(MARKER, text.substring(0, 20).getBytes(StandardCharsets.UTF_8));
            default -> device.delete(MARKER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another id", "cut off", "gone"})
    void whoIsInsideOpensIt(String how) {
        damage(owner, how);
        owner.restart();
        assertThat(owner.space.document("notes").toPlain()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"another id", "cut off", "gone"})
    void whoIsInvitedJoins(String how) {
        String code = owner.space.invite(InviteOptions.writer()).code();
        owner.space.flush();
        Device late = fleet.device("late");
        owner.copyTo(late);
        damage(late, how);
        late.space = ((JoinResult.Joined) Space.join(late.folder, code, late.options)).space();
        assertThat(late.space.document("notes").toPlain()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"another id", "cut off", "gone"})
    void nobodyMakesASecondSpaceBesideIt(String how) {
        Device late = fleet.device("late");
        owner.copyTo(late);
        damage(late, how);
        assertThatThrownBy(() -> Space.create(late.folder, late.options))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.ALREADY_A_SPACE));
    }

    @Test
    void theFolderOfAnotherSpaceIsRefused() {
        Device other = fleet.create("other");
        other.space.flush();
        other.space.close();
        other.restoreState(owner.backupState());
        assertThatThrownBy(() -> Space.open(other.folder, other.options))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.NO_IDENTITY));
    }
}
