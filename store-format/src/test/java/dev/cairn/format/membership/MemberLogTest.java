package dev.cairn.format.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import dev.cairn.format.membership.Actor.Invitation;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemberLogTest {
    private final Actor owner = Actor.owner(1);
    private final Actor bob = new Actor("bob", 2, owner.space).sees(owner.genesis());
    private final Actor eve = new Actor("eve", 3, owner.space).sees(owner.genesis());

    private Membership of(MemberEntry... entries) {
        return MemberLog.evaluate(owner.space, List.of(entries));
    }

    private static Optional<VoidReason> reason(Membership membership, MemberEntry entry) {
        return membership.voids().stream()
                .filter(found -> found.entry().equals(entry.id()))
                .map(VoidEntry::reason)
                .findFirst();
    }

    private static boolean has(Membership membership, Actor actor) {
        return membership.device(actor.keys.id()).isPresent();
    }

    @Test
    void theGenesisEntryMakesItsAuthorTheOwnerAndItsKeyTheFirstEpoch() {
        Membership membership = owner.membership();
        MemberDevice device = membership.device(owner.keys.id()).orElseThrow();
        assertThat(device.role()).isEqualTo(Role.OWNER);
        assertThat(device.standing()).isEqualTo(Standing.CONFIRMED);
        assertThat(membership.currentEpoch().orElseThrow().number()).isEqualTo(1);
        assertThat(membership
                        .sealedTo(owner.keys.id().bytes())
                        .get(0)
                        .open(owner.keys.id().bytes(), owner.keys.opening()))
                .contains(Actor.EPOCH);
        assertThat(membership.heads()).containsExactly(owner.genesis().id());
    }

    @Test
    void anEmptyLogHasNoMembersAndNoEpoch() {
        Membership membership = new MemberLog(owner.space).membership();
        assertThat(membership.devices()).isEmpty();
        assertThat(membership.currentEpoch()).isEmpty();
        assertThat(membership.mayWrite(owner.keys.id())).isFalse();
    }

    @Test
    void anEntryOfAnotherSpaceHasNoEffect() {
        Actor stranger = Actor.owner(77);
        Membership membership = of(owner.genesis(), stranger.genesis());
        assertThat(reason(membership, stranger.genesis())).contains(VoidReason.FOREIGN_SPACE);
        assertThat(has(membership, stranger)).isFalse();
        EntryContent grafted = new EntryContent(
                Optional.of(SpaceId.of(Bytes.owning(new byte[16]))),
                owner.keys.id(),
                List.of(owner.genesis().id()),
                2,
                0,
                new MemberAct.SetPolicy(SpacePolicy.defaults()));
        MemberEntry entry = owner.sign(grafted);
        assertThat(reason(of(owner.genesis(), entry), entry)).contains(VoidReason.FOREIGN_SPACE);
    }

    @Test
    void anEntryWhosePastIsMissingWaits() {
        Invitation invitation = owner.invites(Role.WRITER);
        MemberEntry join = bob.joins(invitation);
        Membership membership = of(owner.genesis(), join);
        assertThat(membership.waiting()).containsOnlyKeys(join.id());
        assertThat(membership.waiting().get(join.id()))
                .containsExactly(invitation.entry().id());
        assertThat(has(membership, bob)).isFalse();
        assertThat(has(of(join, invitation.entry(), owner.genesis()), bob)).isTrue();
    }

    @Test
    void aHeightWhichDoesNotFollowFromTheParentsIsRefused() {
        EntryContent high = new EntryContent(
                Optional.of(owner.space),
                owner.keys.id(),
                List.of(owner.genesis().id()),
                9,
                0,
                new MemberAct.SetPolicy(SpacePolicy.defaults()));
        MemberEntry entry = owner.sign(high);
        assertThat(reason(of(owner.genesis(), entry), entry)).contains(VoidReason.BAD_HEIGHT);
    }

    @Test
    void aWellFormedActWhichIsNotActedOnYetIsReportedAndAcknowledged() {
        MemberEntry policy = owner.signs(new MemberAct.SetPolicy(SpacePolicy.defaults()));
        Membership membership = owner.membership();
        assertThat(reason(membership, policy)).contains(VoidReason.NOT_ACTED_ON);
        assertThat(membership.heads()).containsExactly(policy.id());
    }

    @Test
    void aCopyWithABrokenSignatureDoesNotHideTheSoundOne() throws Exception {
        Invitation invitation = owner.invites(Role.WRITER);
        Bytes encoded = invitation.entry().encoded();
        byte[] broken = encoded.toArray();
        broken[broken.length - 1] ^= 1;
        MemberEntry forged = MemberEntry.parse(Bytes.owning(broken));
        assertThat(forged.id()).isEqualTo(invitation.entry().id());
        assertThat(reason(of(owner.genesis(), forged), forged)).contains(VoidReason.BAD_SIGNATURE);
        MemberLog log = new MemberLog(owner.space);
        log.add(owner.genesis());
        assertThat(log.add(forged)).isTrue();
        assertThat(log.membership().invites()).isEmpty();
        assertThat(log.add(invitation.entry())).isTrue();
        assertThat(log.add(invitation.entry())).isFalse();
        assertThat(log.membership().invites()).hasSize(1);
    }

    @Nested
    class AnOpenInvite {
        private final Invitation invitation = owner.invites(Role.WRITER);
        private final MemberEntry join = bob.joins(invitation);
        private final MemberEntry second = eve.joins(invitation);

        @Test
        void letsItsHolderReadAndWriteBeforeAnybodyAnswers() {
            Membership membership = of(owner.genesis(), invitation.entry(), join);
            MemberDevice device = membership.device(bob.keys.id()).orElseThrow();
            assertThat(device.role()).isEqualTo(Role.WRITER);
            assertThat(device.standing()).isEqualTo(Standing.PROVISIONAL);
            assertThat(device.user())
                    .isNotEqualTo(
                            membership.device(owner.keys.id()).orElseThrow().user());
            assertThat(membership.mayWrite(bob.keys.id())).isTrue();
            assertThat(membership
                            .sealedTo(invitation.keys().id().bytes())
                            .get(0)
                            .open(
                                    invitation.keys().id().bytes(),
                                    invitation.keys().opening()))
                    .contains(Actor.EPOCH);
            assertThat(membership.invites().get(0).join()).contains(join.id());
        }

        @Test
        void isForOneDeviceAndTheJoinWithTheLeastIdCountsUntilItIsClosed() {
            Membership membership = of(owner.genesis(), invitation.entry(), join, second);
            boolean bobFirst = join.id().compareTo(second.id()) < 0;
            assertThat(has(membership, bob)).isEqualTo(bobFirst);
            assertThat(has(membership, eve)).isNotEqualTo(bobFirst);
            assertThat(reason(membership, bobFirst ? second : join)).contains(VoidReason.ANOTHER_JOIN_COUNTS);
        }

        @Test
        void confirmsTheJoinItIsClosedWithWhateverItsId() {
            for (MemberEntry named : List.of(join, second)) {
                Actor closer = owner.remembersOnly(owner.genesis(), invitation.entry());
                MemberEntry close = closer.closes(invitation, named);
                Membership membership = of(owner.genesis(), invitation.entry(), join, second, close);
                assertThat(has(membership, bob)).isEqualTo(named.equals(join));
                assertThat(has(membership, eve)).isEqualTo(named.equals(second));
                assertThat(membership
                                .device(named.content().author())
                                .orElseThrow()
                                .standing())
                        .isEqualTo(Standing.CONFIRMED);
                assertThat(reason(membership, named.equals(join) ? second : join))
                        .contains(VoidReason.INVITE_CLOSED);
                assertThat(membership.invites()).isEmpty();
            }
        }

        @Test
        void letsNobodyInAfterItWasWithdrawn() {
            MemberEntry close = owner.withdraws(invitation);
            Membership membership = of(owner.genesis(), invitation.entry(), join, close);
            assertThat(has(membership, bob)).isFalse();
            assertThat(reason(membership, join)).contains(VoidReason.INVITE_CLOSED);
            MemberEntry late = new Actor("late", 9, owner.space)
                    .sees(owner.genesis(), invitation.entry(), close)
                    .joins(invitation);
            assertThat(reason(of(owner.genesis(), invitation.entry(), close, late), late))
                    .contains(VoidReason.INVITE_CLOSED);
        }

        @Test
        void isNotClosedByTheNewcomerOrAnotherWriter() {
            MemberEntry close = bob.withdraws(invitation);
            Membership membership = of(owner.genesis(), invitation.entry(), join, close);
            assertThat(reason(membership, close)).contains(VoidReason.NOT_AUTHORISED);
            assertThat(has(membership, bob)).isTrue();
        }

        @Test
        void closedTwiceWithoutKnowledgeKeepsBothDevices() {
            Invitation adminInvitation = owner.invites(Role.ADMIN);
            Actor admin = new Actor("admin", 5, owner.space).sees(owner.seen);
            MemberEntry adminJoin = admin.joins(adminInvitation);
            owner.sees(adminJoin);
            MemberEntry adminClose = owner.closes(adminInvitation, adminJoin);
            admin.sees(adminClose);
            MemberEntry byOwner = owner.closes(invitation, join);
            MemberEntry byAdmin = admin.closes(invitation, second);
            Membership membership = of(
                    owner.genesis(),
                    invitation.entry(),
                    join,
                    second,
                    adminInvitation.entry(),
                    adminJoin,
                    adminClose,
                    byOwner,
                    byAdmin);
            assertThat(has(membership, bob)).isTrue();
            assertThat(has(membership, eve)).isTrue();
            assertThat(membership.voids()).isEmpty();
        }

        @Test
        void keepsWhomAMemberAboveHasNamedEvenAfterAnotherClose() {
            MemberEntry first = owner.closes(invitation, join);
            MemberEntry again = owner.closes(invitation, second);
            Membership membership = of(owner.genesis(), invitation.entry(), join, second, first, again);
            assertThat(has(membership, bob)).isTrue();
            assertThat(has(membership, eve)).isTrue();
        }

        @Test
        void closedByAProvisionalAdminConfirmsNobodyUntilTheAdminIsConfirmed() {
            Invitation adminInvitation = owner.invites(Role.ADMIN);
            Actor admin = new Actor("admin", 5, owner.space).sees(owner.seen);
            MemberEntry adminJoin = admin.joins(adminInvitation);
            MemberEntry close = admin.closes(invitation, join);
            MemberEntry[] before = {
                owner.genesis(), invitation.entry(), join, second, adminInvitation.entry(), adminJoin, close
            };
            Membership membership = of(before);
            assertThat(membership.device(bob.keys.id()).orElseThrow().standing())
                    .isEqualTo(Standing.PROVISIONAL);
            assertThat(has(membership, eve)).isFalse();
            MemberEntry confirmed = owner.closes(adminInvitation, adminJoin);
            List<MemberEntry> after = new ArrayList<>(List.of(before));
            after.add(confirmed);
            assertThat(MemberLog.evaluate(owner.space, after)
                            .device(bob.keys.id())
                            .orElseThrow()
                            .standing())
                    .isEqualTo(Standing.CONFIRMED);
        }

        @Test
        void needsTheSignatureOfItsOwnKeyOnAJoin() {
            Invitation other = owner.invites(Role.WRITER);
            Actor mallory = new Actor("mallory", 8, owner.space).sees(owner.genesis());
            MemberEntry forged = mallory.signs(
                    new MemberAct.Join(invitation.entry().id(), mallory.keys.publicKeys(), "eve"),
                    List.of(invitation.entry()),
                    other.keys().signing());
            Membership membership = of(owner.genesis(), invitation.entry(), other.entry(), forged);
            assertThat(reason(membership, forged)).contains(VoidReason.BAD_SIGNATURE);
        }

        @Test
        void isOfNoUseForARequest() {
            MemberEntry request =
                    new Actor("dora", 8, owner.space).sees(owner.genesis()).asks(invitation);
            Membership membership = of(owner.genesis(), invitation.entry(), request);
            assertThat(reason(membership, request)).contains(VoidReason.INVITE_UNKNOWN);
            assertThat(membership.requests()).isEmpty();
        }
    }

    @Nested
    class AnInviteWithApproval {
        private final Invitation invitation = owner.invites(Optional.of(Role.READER), true);
        private final MemberEntry request = bob.asks(invitation);

        @Test
        void showsBothSidesTheSameWords() {
            Membership membership = of(owner.genesis(), invitation.entry(), request);
            PendingRequest pending = membership.requests().get(0);
            assertThat(pending.words())
                    .isEqualTo(SafetyWords.of(
                            owner.keys.id(), bob.keys.id(), invitation.keys().id()));
            assertThat(has(membership, bob)).isFalse();
            assertThat(membership.sealedTo(invitation.keys().id().bytes())).isEmpty();
        }

        @Test
        void givesTheKeysAndTheRoleOnAdmission() {
            MemberEntry admit = owner.admits(request);
            Membership membership = of(owner.genesis(), invitation.entry(), request, admit);
            MemberDevice device = membership.device(bob.keys.id()).orElseThrow();
            assertThat(device.role()).isEqualTo(Role.READER);
            assertThat(membership.mayWrite(bob.keys.id())).isFalse();
            assertThat(membership
                            .sealedTo(bob.keys.id().bytes())
                            .get(0)
                            .open(bob.keys.id().bytes(), bob.keys.opening()))
                    .contains(Actor.EPOCH);
            assertThat(membership.requests()).isEmpty();
            assertThat(membership.invites()).isEmpty();
            assertThat(membership.voids()).isEmpty();
        }

        @Test
        void admittedByTwoWhoDoNotKnowOfEachOtherIsAsSureAsTheSurerOfThem() {
            Invitation adminInvitation = owner.invites(Role.ADMIN);
            Actor admin = new Actor("admin", 5, owner.space).sees(owner.seen);
            MemberEntry adminJoin = admin.joins(adminInvitation);
            MemberEntry byAdmin = admin.admits(request);
            MemberEntry byOwner = owner.admits(request);
            MemberEntry first = bob.sees(adminInvitation.entry(), byOwner)
                    .invites(Optional.empty(), false)
                    .entry();
            MemberEntry second = bob.remembersOnly(
                            owner.genesis(), invitation.entry(), request, adminInvitation.entry(), adminJoin, byAdmin)
                    .invites(Optional.empty(), false)
                    .entry();
            List<MemberEntry> all = List.of(
                    owner.genesis(),
                    invitation.entry(),
                    request,
                    adminInvitation.entry(),
                    adminJoin,
                    byAdmin,
                    byOwner,
                    first,
                    second);
            Membership membership = MemberLog.evaluate(owner.space, all);
            assertThat(membership.device(bob.keys.id()).orElseThrow().standing())
                    .isEqualTo(Standing.CONFIRMED);
            assertThat(membership.voids()).isEmpty();
        }

        @Test
        void isUsedUpByTheFirstAdmission() {
            MemberEntry admit = owner.admits(request);
            MemberEntry other = eve.asks(invitation);
            Membership membership = of(owner.genesis(), invitation.entry(), request, admit, other);
            assertThat(has(membership, eve)).isFalse();
            assertThat(membership.requests()).isEmpty();
        }

        @Test
        void doesNotLetTheNewcomerAdmitItself() {
            MemberEntry admit = bob.admits(request);
            assertThat(reason(of(owner.genesis(), invitation.entry(), request, admit), admit))
                    .contains(VoidReason.AUTHOR_UNKNOWN);
        }

        @Test
        void isNotPendingAfterARefusalUnlessSomebodyAdmitsIt() {
            MemberEntry decline = owner.declines(request);
            Membership membership = of(owner.genesis(), invitation.entry(), request, decline);
            assertThat(membership.requests()).isEmpty();
            assertThat(membership.voids()).isEmpty();
            MemberEntry admit = owner.admits(request);
            assertThat(has(of(owner.genesis(), invitation.entry(), request, decline, admit), bob))
                    .isTrue();
        }

        @Test
        void isOfNoUseForAJoin() {
            MemberEntry join = eve.joins(invitation);
            assertThat(reason(of(owner.genesis(), invitation.entry(), join), join))
                    .contains(VoidReason.INVITE_UNKNOWN);
        }
    }

    @Nested
    class Ranks {
        private Actor joined(String name, long seed, Role role) {
            Invitation invitation = owner.invites(role);
            Actor actor = new Actor(name, seed, owner.space).sees(owner.seen);
            MemberEntry join = actor.joins(invitation);
            owner.sees(join);
            actor.sees(owner.closes(invitation, join));
            return actor;
        }

        @Test
        void anAdminInvitesWritersAndReadersButNoAdmins() {
            Actor admin = joined("admin", 10, Role.ADMIN);
            Invitation writer = admin.invites(Role.WRITER);
            Invitation second = admin.invites(Role.ADMIN);
            Membership membership = admin.membership();
            assertThat(reason(membership, writer.entry())).isEmpty();
            assertThat(reason(membership, second.entry())).contains(VoidReason.NOT_AUTHORISED);
        }

        @Test
        void writersAndReadersInviteNobodyButTheirOwnDevices() {
            for (Role role : List.of(Role.WRITER, Role.READER)) {
                Actor actor = joined("member " + role, 20 + role.code(), role);
                Invitation reader = actor.invites(Role.READER);
                Invitation own = actor.invites(Optional.empty(), false);
                Actor phone = new Actor("phone", 30 + role.code(), owner.space).sees(actor.seen);
                MemberEntry join = phone.joins(own);
                MemberEntry close = actor.closes(own, join);
                Membership membership = actor.sees(close).membership();
                assertThat(reason(membership, reader.entry())).contains(VoidReason.NOT_AUTHORISED);
                MemberDevice added = membership.device(phone.keys.id()).orElseThrow();
                assertThat(added.role()).isEqualTo(role);
                assertThat(added.user())
                        .isEqualTo(
                                membership.device(actor.keys.id()).orElseThrow().user());
                assertThat(added.standing()).isEqualTo(Standing.CONFIRMED);
            }
        }

        @Test
        void aMembersDeviceIsAddedWithTheSignaturesOfBoth() {
            Actor writer = joined("writer", 40, Role.WRITER);
            Actor phone = new Actor("phone", 41, owner.space);
            MemberEntry added = writer.signs(
                    new MemberAct.AddDevice(phone.keys.publicKeys(), "phone", List.of()),
                    List.of(),
                    phone.keys.signing());
            assertThat(has(writer.membership(), phone)).isTrue();
            MemberEntry again = writer.signs(
                    new MemberAct.AddDevice(phone.keys.publicKeys(), "phone", List.of()),
                    List.of(),
                    phone.keys.signing());
            assertThat(reason(writer.membership(), added)).isEmpty();
            assertThat(reason(writer.membership(), again)).contains(VoidReason.ALREADY_MEMBER);
            MemberEntry taken = writer.signs(
                    new MemberAct.AddDevice(eve.keys.publicKeys(), "eve", List.of()), List.of(), phone.keys.signing());
            assertThat(reason(writer.membership(), taken)).contains(VoidReason.BAD_SIGNATURE);
        }

        @Test
        void aStrangerSignsNothing() {
            Invitation own = eve.invites(Role.WRITER);
            Membership membership = eve.membership();
            assertThat(reason(membership, own.entry())).contains(VoidReason.AUTHOR_UNKNOWN);
            assertThat(membership.heads()).containsExactly(owner.genesis().id());
        }

        @Test
        void anActBeforeTheAuthorWasAMemberDoesNotCount() {
            Actor admin = joined("admin", 50, Role.ADMIN);
            EntryContent early = new EntryContent(
                    Optional.of(owner.space),
                    admin.keys.id(),
                    List.of(owner.genesis().id()),
                    2,
                    0,
                    new MemberAct.SetPolicy(SpacePolicy.defaults()));
            MemberEntry entry = admin.sign(early);
            assertThat(reason(admin.sees(entry).membership(), entry)).contains(VoidReason.AUTHOR_UNKNOWN);
        }
    }

    @Test
    void theDevicesOfOneUserCannotShutEachOtherOutInACircle() {
        Invitation one = owner.invites(Optional.empty(), false);
        Invitation two = owner.invites(Optional.empty(), false);
        Actor first = new Actor("first", 60, owner.space).sees(owner.seen);
        Actor second = new Actor("second", 61, owner.space).sees(owner.seen);
        MemberEntry firstJoin = first.joins(one);
        MemberEntry secondJoin = second.joins(two);
        MemberEntry firstClose = first.withdraws(two);
        MemberEntry secondClose = second.withdraws(one);
        Membership membership =
                owner.sees(firstJoin, secondJoin, firstClose, secondClose).membership();
        assertThat(has(membership, first)).isTrue();
        assertThat(has(membership, second)).isTrue();
        assertThat(reason(membership, firstClose)).contains(VoidReason.NOT_AUTHORISED);
        assertThat(reason(membership, secondClose)).contains(VoidReason.NOT_AUTHORISED);
    }

    @Test
    void aNewEntryBuildsOnSixteenHeadsAtMost() {
        List<MemberEntry> all = new ArrayList<>(List.of(owner.genesis()));
        for (int i = 0; i < 20; i++) {
            Actor view = owner.remembersOnly(owner.genesis());
            all.add(view.invites(Role.WRITER).entry());
        }
        Membership membership = MemberLog.evaluate(owner.space, all);
        assertThat(membership.heads()).hasSize(16).isSorted();
        MemberLog log = new MemberLog(owner.space);
        Collections.shuffle(all, new Random(1));
        all.forEach(log::add);
        EntryContent draft = log.draft(owner.keys.id(), 0, new MemberAct.SetPolicy(SpacePolicy.defaults()));
        assertThat(draft.parents()).hasSize(16);
        assertThat(draft.height()).isEqualTo(3);
        assertThat(new TreeSet<EntryId>(draft.parents())).isEqualTo(new TreeSet<>(membership.heads()));
    }
}
