package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.InviteOptions.GrantedRole;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invites, joins and approvals through whole spaces and their folders. */
class JoiningTest {
    @TempDir
    Path states;

    @SuppressWarnings("NullAway.Init")
    Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    Device owner;

    @BeforeEach
    void foundASpace() {
        fleet = new Fleet(states);
        owner = fleet.create("owner");
        write(owner, "from the owner");
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private static void write(Device device, String text) {
        device.space.commit(tx -> tx.on("notes").map().put(device.name, text));
    }

    private static Object read(Device device, String key) {
        return device.space.document("notes").toPlain().getOrDefault(key, "nothing");
    }

    private String invite(InviteOptions options) {
        String code = owner.space.invite(options).code();
        owner.space.flush();
        return code;
    }

    private Device machine(String name) {
        Device device = fleet.new Device(name);
        owner.copyTo(device);
        return device;
    }

    private static JoinResult join(Device device, String code) {
        JoinResult result = Space.join(device.folder, code, device.options);
        if (result instanceof JoinResult.Joined joined) {
            device.space = joined.space();
        }
        return result;
    }

    private static void bring(Device from, Device to) {
        from.space.flush();
        from.copyTo(to);
        to.space.refresh();
    }

    @Test
    void aNewcomerReadsAndWritesWithNobodyElseOnline() {
        Device bob = machine("bob");
        String code = invite(InviteOptions.writer());
        owner.copyTo(bob);
        assertThat(join(bob, code)).isInstanceOf(JoinResult.Joined.class);
        assertThat(read(bob, "owner")).isEqualTo("from the owner");
        write(bob, "from bob");
        bring(bob, owner);
        assertThat(read(owner, "bob")).isEqualTo("from bob");
        assertThat(owner.space.status().others()).singleElement().satisfies(device -> {
            assertThat(device.name()).isEqualTo("bob");
            assertThat(device.role()).isEqualTo("writer");
        });
    }

    @Test
    void joiningBeforeTheFolderHasArrivedGoesOnLater() {
        Device bob = fleet.new Device("bob");
        String code = invite(InviteOptions.writer());
        assertThat(join(bob, code)).isInstanceOf(JoinResult.AwaitingSync.class);
        owner.copyTo(bob);
        assertThat(join(bob, code)).isInstanceOf(JoinResult.Joined.class);
    }

    @Test
    void anInviteIsForOneDeviceAndTheNextOneIsToldSo() {
        String code = invite(InviteOptions.writer());
        Device bob = machine("bob");
        join(bob, code);
        bring(bob, owner);
        owner.space.flush();
        Device eve = machine("eve");
        assertThatThrownBy(() -> join(eve, code)).isInstanceOfSatisfying(SpaceException.class, refused -> {
            assertThat(refused.code()).isEqualTo(SpaceException.Code.BAD_INVITE);
            assertThat(refused).hasMessageContaining("used already");
        });
        String another = invite(InviteOptions.writer());
        owner.copyTo(eve);
        assertThat(join(eve, another)).isInstanceOf(JoinResult.Joined.class);
    }

    /** Both join while they cannot see each other; the one that is left out loses nothing. Seed 31 of the fleets. */
    @Test
    void whoIsLeftOutOfAnInviteThatWasUsedTwiceJoinsAgain() {
        String code = invite(InviteOptions.writer());
        Device bob = machine("bob");
        Device eve = machine("eve");
        join(bob, code);
        join(eve, code);
        write(eve, "from eve");
        bring(bob, owner);
        owner.space.flush();
        bring(owner, eve);
        assertThat(eve.space.status().self().role()).isEqualTo("none");
        assertThat(eve.space.status().advice()).anyMatch(advice -> advice.contains("join again with a new invite"));
        eve.space.close();
        assertThatThrownBy(() -> join(eve, code))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.BAD_INVITE));
        String another = invite(InviteOptions.writer());
        owner.copyTo(eve);
        assertThat(join(eve, another)).isInstanceOf(JoinResult.Joined.class);
        bring(eve, owner);
        assertThat(read(owner, "eve")).as("what it wrote before").isEqualTo("from eve");
    }

    @Test
    void aMemberDoesNotJoinTwice() {
        String code = invite(InviteOptions.writer());
        owner.space.close();
        assertThatThrownBy(() -> join(owner, code))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.ALREADY_A_SPACE));
        owner.space = Space.open(owner.folder, owner.options);
    }

    @Test
    void approvalComparesSixWordsAndThenLetsIn() {
        String code = invite(InviteOptions.writer().withApproval());
        Device bob = machine("bob");
        JoinResult.AwaitingApproval waiting = (JoinResult.AwaitingApproval) join(bob, code);
        bob.copyTo(owner);
        owner.space.refresh();
        PendingJoin pending = owner.space.pendingJoins().get(0);
        assertThat(pending.safetyWords()).isEqualTo(waiting.safetyWords()).matches("[a-z]+( [a-z]+){5}");
        assertThat(pending.deviceName()).isEqualTo("bob");
        assertThat(join(bob, code)).as("asked once").isEqualTo(waiting);
        owner.space.approve(pending);
        owner.space.flush();
        owner.copyTo(bob);
        assertThat(join(bob, code)).isInstanceOf(JoinResult.Joined.class);
        assertThat(owner.space.pendingJoins()).isEmpty();
        assertThat(read(bob, "owner")).isEqualTo("from the owner");
        write(bob, "from bob");
        bring(bob, owner);
        assertThat(read(owner, "bob")).isEqualTo("from bob");
    }

    @Test
    void aDeclinedDeviceIsTold() {
        String code = invite(InviteOptions.writer().withApproval());
        Device bob = machine("bob");
        join(bob, code);
        bob.copyTo(owner);
        owner.space.refresh();
        owner.space.decline(owner.space.pendingJoins().get(0));
        owner.space.flush();
        owner.copyTo(bob);
        assertThatThrownBy(() -> join(bob, code))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.BAD_INVITE));
    }

    @Test
    void aReaderReadsAndItsCommitsAreRefused() {
        String code = invite(new InviteOptions(GrantedRole.READER, false));
        Device reader = machine("reader");
        join(reader, code);
        assertThat(read(reader, "owner")).isEqualTo("from the owner");
        assertThatThrownBy(() -> write(reader, "no"))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.READ_ONLY_ROLE));
        assertThatThrownBy(() -> reader.space.invite(InviteOptions.writer()))
                .isInstanceOfSatisfying(
                        SpaceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(SpaceException.Code.READ_ONLY_ROLE));
        bring(reader, owner);
        assertThat(owner.space.status().others())
                .singleElement()
                .satisfies(device -> assertThat(device.role()).isEqualTo("reader"));
    }

    @Test
    void anAdminInvitesAWriterWhoTalksToTheOwner() {
        String code = invite(new InviteOptions(GrantedRole.ADMIN, false));
        Device admin = machine("admin");
        join(admin, code);
        bring(admin, owner);
        bring(owner, admin);
        String second = admin.space.invite(InviteOptions.writer()).code();
        admin.space.flush();
        Device bob = machine("bob");
        admin.copyTo(bob);
        join(bob, second);
        write(bob, "from bob");
        bob.space.flush();
        bob.copyTo(owner);
        bring(admin, owner);
        assertThat(read(owner, "bob")).isEqualTo("from bob");
    }

    @Test
    void aTypoIsOneClearLine() {
        String code = invite(InviteOptions.writer());
        Device bob = machine("bob");
        String typo = code.substring(0, code.length() - 1) + (code.endsWith("a") ? "b" : "a");
        assertThatThrownBy(() -> join(bob, typo)).isInstanceOfSatisfying(SpaceException.class, refused -> {
            assertThat(refused.code()).isEqualTo(SpaceException.Code.BAD_INVITE);
            assertThat(refused.getMessage()).contains("has a mistake in it").doesNotContain(code.substring(20, 40));
        });
    }
}
