package dev.cairn.replica.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.format.members.Role;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MembersTest {
    private final Random random = new Random(1);
    private final List<MemberEntry> folder = new ArrayList<>();
    private final Members owner = founded();

    private Members founded() {
        Founding founding = Members.found("desk", 0, random);
        folder.add(founding.genesis());
        return new Members(founding.secrets(), folder);
    }

    private InviteCode invite(Members by, Optional<Role> role, boolean approval) {
        IssuedInvite issued = by.invite(role, approval, 0, random);
        assertThat(issued).isInstanceOf(IssuedInvite.Issued.class);
        IssuedInvite.Issued invite = (IssuedInvite.Issued) issued;
        publish(by, invite.entry());
        InviteCode.Parsed typed = InviteCode.parse(invite.code().text());
        return ((InviteCode.Parsed.Valid) typed).code();
    }

    private void publish(Members by, MemberEntry entry) {
        folder.add(entry);
        by.take(List.of(entry));
    }

    private Members joining(String name, InviteCode code) {
        return new Members(Members.beginJoin(code, name, random), List.of());
    }

    /** Steps until something outside must happen. */
    private JoinStep step(Members device) {
        device.learnKeys();
        JoinStep step = device.joinStep(0);
        if (step instanceof JoinStep.Sign sign) {
            publish(device, sign.entry());
            return step(device);
        }
        return step;
    }

    @Test
    void theFounderCanReadAndWriteAtOnce() {
        assertThat(owner.self().orElseThrow().role()).isEqualTo(Role.OWNER);
        assertThat(owner.writingKey()).isPresent();
        assertThat(owner.learnKeys()).as("nothing new").isFalse();
        assertThat(owner.joinStep(0)).isInstanceOf(JoinStep.Joined.class);
    }

    @Test
    void aHostMayBeCalledAnything() {
        for (String name : List.of("", " \n", "\u0007bell", "\ud800", "\u4e2d".repeat(64), "x".repeat(500))) {
            Founding founding = Members.found(name, 0, random);
            Members space = new Members(founding.secrets(), List.of(founding.genesis()));
            assertThat(space.self().orElseThrow().name())
                    .isEqualTo(founding.secrets().deviceName())
                    .isNotBlank();
        }
        assertThat(DeviceName.fitting("\u4e2d".repeat(64))).isEqualTo("\u4e2d".repeat(42));
        assertThat(DeviceName.fitting("a\tb")).isEqualTo("ab");
    }

    @Nested
    class AnOpenInvite {
        private final InviteCode code = invite(owner, Optional.of(Role.WRITER), false);
        private final Members bob = joining("bob", code);

        @Test
        void waitsForTheFolderAndThenJoinsWithNobodyElseOnline() {
            assertThat(step(bob)).isEqualTo(new JoinStep.AwaitingEntries("the invite"));
            bob.take(folder);
            assertThat(step(bob)).isInstanceOf(JoinStep.Joined.class);
            assertThat(bob.writingKey()).isEqualTo(owner.writingKey());
            assertThat(bob.self().orElseThrow().mayWrite()).isTrue();
            bob.finishJoin();
            assertThat(bob.secrets().isJoining()).isFalse();
            assertThat(bob.writingKey()).as("kept after the seed is forgotten").isEqualTo(owner.writingKey());
        }

        @Test
        void goesOnWithTheSameDeviceAfterACrashBetweenSteps() {
            bob.take(folder);
            step(bob);
            Members again = new Members(bob.secrets(), folder);
            assertThat(step(again)).isInstanceOf(JoinStep.Joined.class);
            assertThat(folder).as("genesis, invite, one join").hasSize(3);
        }

        @Test
        void isClosedByTheInviterWithTheJoinThatCounts() {
            bob.take(folder);
            step(bob);
            owner.take(folder);
            List<MemberEntry> closes = owner.closeUsedInvites(0);
            assertThat(closes).hasSize(1);
            publish(owner, closes.get(0));
            assertThat(owner.closeUsedInvites(0)).isEmpty();
            bob.take(folder);
            assertThat(bob.self().orElseThrow().standing()).isEqualTo(Standing.CONFIRMED);
            assertThat(bob.closeUsedInvites(0)).isEmpty();
        }

        @Test
        void tellsASecondDeviceThatItWasUsed() {
            Members eve = joining("eve", code);
            bob.take(folder);
            step(bob);
            eve.take(folder);
            assertThat(step(eve))
                    .isInstanceOfSatisfying(
                            JoinStep.Failed.class,
                            failed -> assertThat(failed.problem()).contains("used by another device"));
            owner.take(folder);
            owner.closeUsedInvites(0).forEach(close -> publish(owner, close));
            eve.take(folder);
            assertThat(step(eve))
                    .isInstanceOfSatisfying(
                            JoinStep.Failed.class,
                            failed -> assertThat(failed.problem()).contains("closed or used already"));
        }

        @Test
        void usedByTwoDevicesAtOnceTellsTheOneWhichLost() {
            Members eve = joining("eve", code);
            List<MemberEntry> before = List.copyOf(folder);
            bob.take(before);
            eve.take(before);
            step(bob);
            step(eve);
            owner.take(folder);
            owner.closeUsedInvites(0).forEach(close -> publish(owner, close));
            bob.take(folder);
            eve.take(folder);
            List<Boolean> joined = List.of(step(bob) instanceof JoinStep.Joined, step(eve) instanceof JoinStep.Joined);
            assertThat(joined).containsExactlyInAnyOrder(true, false);
        }
    }

    @Nested
    class AnInviteWithApproval {
        private final InviteCode code = invite(owner, Optional.of(Role.WRITER), true);
        private final Members bob = joining("bob", code);

        private EntryId asked() {
            bob.take(folder);
            step(bob);
            owner.take(folder);
            return owner.membership().requests().get(0).entry();
        }

        @Test
        void showsTheSameWordsOnBothSides() {
            EntryId request = asked();
            SafetyWords words =
                    owner.membership().request(request).orElseThrow().words();
            assertThat(step(bob)).isEqualTo(new JoinStep.AwaitingApproval(words));
            assertThat(bob.writingKey()).isEmpty();
            assertThat(folder).as("asked once").hasSize(3);
        }

        @Test
        void letsTheDeviceInAfterApproval() {
            Answer answer = owner.admit(asked(), 0, random);
            publish(owner, ((Answer.Signed) answer).entry());
            bob.take(folder);
            assertThat(step(bob)).isInstanceOf(JoinStep.Joined.class);
            assertThat(bob.writingKey()).isEqualTo(owner.writingKey());
            assertThat(owner.membership().invites()).isEmpty();
        }

        @Test
        void tellsTheDeviceThatItWasDeclined() {
            EntryId request = asked();
            publish(owner, ((Answer.Signed) owner.decline(request, 0)).entry());
            bob.take(folder);
            assertThat(step(bob))
                    .isInstanceOfSatisfying(
                            JoinStep.Failed.class,
                            failed -> assertThat(failed.problem()).contains("declined"));
            assertThat(owner.admit(request, 0, random)).isInstanceOf(Answer.NotFound.class);
        }

        @Test
        void isAnsweredByNobodyBelow() {
            InviteCode open = invite(owner, Optional.of(Role.WRITER), false);
            Members writer = joining("writer", open);
            EntryId request = asked();
            writer.take(folder);
            step(writer);
            assertThat(writer.admit(request, 0, random)).isInstanceOf(Answer.NotAllowed.class);
            assertThat(writer.decline(request, 0)).isInstanceOf(Answer.NotAllowed.class);
            assertThat(writer.invite(Optional.of(Role.READER), false, 0, random))
                    .isInstanceOfSatisfying(
                            IssuedInvite.NotAllowed.class,
                            refused -> assertThat(refused.problem())
                                    .isEqualTo("a device with the role writer cannot invite with the role reader;"
                                            + " ask the owner of the space"));
        }
    }

    @Test
    void aDeviceWhichFailedToJoinTriesAgainWithAnotherCode() {
        InviteCode used = invite(owner, Optional.of(Role.WRITER), false);
        InviteCode fresh = invite(owner, Optional.of(Role.WRITER), false);
        Members bob = joining("bob", used);
        Members eve = joining("eve", used);
        List<MemberEntry> before = List.copyOf(folder);
        bob.take(before);
        eve.take(before);
        step(bob);
        step(eve);
        owner.take(folder);
        owner.closeUsedInvites(0).forEach(close -> publish(owner, close));
        Members loser = owner.membership().device(bob.secrets().device().id()).isPresent() ? eve : bob;
        loser.take(folder);
        assertThat(step(loser)).isInstanceOf(JoinStep.Failed.class);
        assertThat(loser.secrets().joiningBy(used)).isSameAs(loser.secrets());
        loser.use(loser.secrets().joiningBy(fresh));
        assertThat(step(loser)).isInstanceOf(JoinStep.Joined.class);
        owner.take(folder);
        assertThat(owner.membership().mayWrite(loser.secrets().device().id())).isTrue();
    }

    @Test
    void aMembersSecondDeviceBelongsToTheSameUser() {
        InviteCode code = invite(owner, Optional.empty(), false);
        Members phone = joining("phone", code);
        phone.take(folder);
        assertThat(step(phone)).isInstanceOf(JoinStep.Joined.class);
        assertThat(phone.self().orElseThrow().role()).isEqualTo(Role.OWNER);
        assertThat(phone.self().orElseThrow().user())
                .isEqualTo(owner.self().orElseThrow().user());
    }

    @Test
    void anEntryTravelsInItsFile() {
        MemberEntry genesis = folder.get(0);
        SealedFile file = owner.seal(genesis, random);
        assertThat(file.path()).startsWith("devices/" + owner.secrets().writer() + "/keys/e0000000001-");
        ReadOutcome<MemberEntry> read = MemberEntryFile.read(
                file.content(), owner.secrets().space(), owner.secrets().keyRing());
        assertThat(read.content()).contains(genesis);
    }

    @Test
    void aNewIncarnationKeepsItsDevice() {
        LocalSecrets before = owner.secrets();
        owner.use(before.withWriter(Members.randomWriter(random)));
        assertThat(owner.secrets().writer()).isNotEqualTo(before.writer());
        assertThat(owner.secrets().writers()).hasSize(2).startsWith(before.writer());
        assertThat(owner.secrets().device().id()).isEqualTo(before.device().id());
    }
}
