package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.InviteOptions.GrantedRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Founding, joining and being refused. */
class MembershipTest {
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
    void aJoinThatNeedsApprovalShowsTheSameWordsOnBothSides() {
        Device a = fleet.create("a");
        Device b = fleet.device("b");
        a.put("k", "v");
        String code = a.space.invite(InviteOptions.writer().withApproval()).code();
        assertThat(Space.join(b.folder, code, b.options)).isInstanceOf(JoinResult.AwaitingSync.class);
        a.space.flush();
        a.copyTo(b);
        JoinResult asked = Space.join(b.folder, code, b.options);
        String words = ((JoinResult.AwaitingApproval) asked).safetyWords();
        code(SpaceException.Code.AWAITING_APPROVAL, () -> Space.open(b.folder, b.options));
        b.copyTo(a);
        a.space.refresh();
        assertThat(a.space.pendingJoins()).singleElement().satisfies(pending -> {
            assertThat(pending.safetyWords()).isEqualTo(words);
            assertThat(pending.safetyWords().split(" ")).hasSize(6);
            assertThat(pending.deviceName()).isEqualTo("b");
        });
        a.space.approve(a.space.pendingJoins().get(0));
        assertThat(a.space.pendingJoins()).isEmpty();
        a.copyTo(b);
        b.space = Space.open(b.folder, b.options);
        assertThat(b.space.document("notes").toPlain()).containsEntry("k", "v");
        b.put("k", "w");
        fleet.sync();
        assertThat(a.space.document("notes").toPlain()).containsEntry("k", "w");
    }

    @Test
    void aDeclinedDeviceLearnsIt() {
        Device a = fleet.create("a");
        Device b = fleet.device("b");
        String code = a.space.invite(InviteOptions.writer().withApproval()).code();
        a.space.flush();
        a.copyTo(b);
        Space.join(b.folder, code, b.options);
        b.copyTo(a);
        a.space.refresh();
        a.space.decline(a.space.pendingJoins().get(0));
        a.copyTo(b);
        code(SpaceException.Code.BAD_INVITE, () -> Space.join(b.folder, code, b.options));
    }

    @Test
    void anInviteServesOnce() {
        Device a = fleet.create("a");
        String code = a.space.invite(InviteOptions.writer()).code();
        a.space.flush();
        Device b = fleet.device("b");
        a.copyTo(b);
        b.space = ((JoinResult.Joined) Space.join(b.folder, code, b.options)).space();
        b.put("k", "written before anybody else was online");
        b.space.flush();
        b.copyTo(a);
        a.space.refresh();
        a.space.flush();
        assertThat(a.space.document("notes").exists()).isTrue();
        Device c = fleet.device("c");
        a.copyTo(c);
        code(SpaceException.Code.BAD_INVITE, () -> Space.join(c.folder, code, c.options));
    }

    @Test
    void aReaderReadsAndCannotCommit() {
        Device a = fleet.create("a");
        a.put("k", "v");
        String code =
                a.space.invite(new InviteOptions(GrantedRole.READER, false)).code();
        a.space.flush();
        Device b = fleet.device("b");
        a.copyTo(b);
        b.space = ((JoinResult.Joined) Space.join(b.folder, code, b.options)).space();
        assertThat(b.space.document("notes").toPlain()).containsEntry("k", "v");
        code(SpaceException.Code.READ_ONLY_ROLE, () -> b.put("k", "w"));
        code(SpaceException.Code.READ_ONLY_ROLE, () -> b.space.invite(InviteOptions.writer()));
        b.copyTo(a);
        fleet.clock.advance(Duration.ofMinutes(5));
        b.space.duties();
        fleet.sync();
        assertThat(a.space.status().others()).singleElement().satisfies(device -> {
            assertThat(device.role()).isEqualTo("reader");
            assertThat(device.name()).isEqualTo("b");
        });
    }

    @Test
    void refusalsHaveStableCodes() throws IOException {
        Device a = fleet.create("a");
        Device b = fleet.device("b");
        Path real = Files.createDirectory(states.resolve("real"));
        code(SpaceException.Code.ALREADY_A_SPACE, () -> Space.create(a.folder, b.options));
        code(SpaceException.Code.NO_IDENTITY, () -> Space.open(b.folder, b.options));
        code(SpaceException.Code.FOLDER_MISSING, () -> Space.create(b.folder.resolve("none"), b.options));
        code(SpaceException.Code.NOT_A_SPACE, () -> Space.open(real, SpaceOptions.defaults()));
        code(SpaceException.Code.FOLDER_MISSING, () -> Space.open(real.resolve("none"), SpaceOptions.defaults()));
        code(
                SpaceException.Code.STATE_INSIDE_FOLDER,
                () -> Space.create(real, SpaceOptions.inState(real.resolve("s"))));
        code(SpaceException.Code.STATE_UNSUPPORTED, () -> Space.create(real, SpaceOptions.inState(a.folder)));
        code(SpaceException.Code.BAD_INVITE, () -> Space.join(b.folder, "cairn1-nonsense", b.options));
        code(SpaceException.Code.LIMIT, () -> a.space.commit("m".repeat(5000), tx -> tx.on("x")));
        assertThat(real).isEmptyDirectory();
        assertThat(SpaceException.Code.STATE_INSIDE_FOLDER.text()).isEqualTo("state_inside_folder");
    }

    @Test
    void aChangeThatIsTooLargeLeavesEverythingAsItWas() {
        Device a = fleet.create("a");
        a.put("k", "v");
        String hash = a.space.stateHash();
        String huge = "x".repeat((1 << 20) + 1);
        code(
                SpaceException.Code.LIMIT,
                () -> a.space.commit(tx -> tx.on("notes").text("body").insert(0, huge)));
        assertThat(a.space.stateHash()).isEqualTo(hash);
        a.put("k", "w");
        a.restart();
        assertThat(a.space.document("notes").toPlain()).containsExactlyEntriesOf(java.util.Map.of("k", "w"));
    }

    private static void code(SpaceException.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SpaceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
        });
    }
}
