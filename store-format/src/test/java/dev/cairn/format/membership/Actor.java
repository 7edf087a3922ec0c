package dev.cairn.format.membership;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.NewEpoch;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A device in the tests: its keys, the entries it has seen, and what it can sign. */
final class Actor {
    static final EpochKey EPOCH = EpochKey.random(1, new Random(99));

    final DeviceKeys keys;
    final String name;
    final SpaceId space;
    final List<MemberEntry> seen = new ArrayList<>();
    private final Random random;
    private MemberLog log;

    Actor(String name, long seed, SpaceId space) {
        this.name = name;
        this.random = new Random(seed);
        this.keys = DeviceKeys.random(random);
        this.space = space;
        this.log = new MemberLog(space);
    }

    private Actor(String name, DeviceKeys keys, Random random, MemberEntry genesis) {
        this.name = name;
        this.random = random;
        this.keys = keys;
        this.space = genesis.space();
        this.log = new MemberLog(space);
        remember(genesis);
    }

    private void remember(MemberEntry entry) {
        if (log.add(entry)) {
            seen.add(entry);
        }
    }

    static Actor owner(long seed) {
        Random random = new Random(seed);
        DeviceKeys keys = DeviceKeys.random(random);
        SealedEpochKey sealed =
                SealedEpochKey.seal(EPOCH, keys.id().bytes(), keys.publicKeys().sealing(), random);
        NewEpoch epoch = new NewEpoch(
                1, sealed.check(), List.of(new NewEpoch.Recipient(keys.id().bytes(), sealed.sealed())), List.of());
        MemberAct act = new MemberAct.Genesis(
                Bytes.owning(new byte[32]),
                keys.publicKeys(),
                "owner",
                SpacePolicy.defaults(),
                Optional.empty(),
                epoch);
        MemberEntry genesis = new EntryContent(Optional.empty(), keys.id(), List.of(), 1, 0, act).sign(keys.signing());
        return new Actor("owner", keys, random, genesis);
    }

    MemberEntry genesis() {
        return seen.get(0);
    }

    Actor sees(MemberEntry... entries) {
        return sees(List.of(entries));
    }

    Actor sees(Collection<MemberEntry> entries) {
        entries.forEach(this::remember);
        return this;
    }

    /** The same device as if it had seen nothing but these entries. */
    Actor remembersOnly(MemberEntry... entries) {
        seen.clear();
        log = new MemberLog(space);
        return sees(entries);
    }

    /** Signs an entry which builds on all this actor has seen, and sees it. */
    MemberEntry signs(MemberAct act, List<MemberEntry> answered, SigningKey... second) {
        sees(answered);
        EntryContent content = log.draft(
                keys.id(), 0, act, answered.stream().map(MemberEntry::id).toArray(EntryId[]::new));
        MemberEntry entry = sign(content, second);
        remember(entry);
        return entry;
    }

    MemberEntry signs(MemberAct act) {
        return signs(act, List.of());
    }

    MemberEntry sign(EntryContent content, SigningKey... second) {
        SigningKey[] all = new SigningKey[second.length + 1];
        all[0] = keys.signing();
        System.arraycopy(second, 0, all, 1, second.length);
        return content.sign(all);
    }

    /** An invite made by this actor, and the keys which follow from its code. */
    record Invitation(MemberEntry entry, InviteKeys keys) {}

    Invitation invites(Optional<Role> role, boolean approval) {
        InviteKeys invite = InviteKeys.of(Secret.random(32, random));
        List<SealedEpochKey> sealed = approval
                ? List.of()
                : List.of(SealedEpochKey.seal(
                        EPOCH, invite.id().bytes(), invite.publicKeys().sealing(), random));
        MemberEntry entry = signs(new MemberAct.Invite(invite.publicKeys(), role, approval, sealed));
        return new Invitation(entry, invite);
    }

    Invitation invites(Role role) {
        return invites(Optional.of(role), false);
    }

    MemberEntry joins(Invitation invitation) {
        return signs(
                new MemberAct.Join(invitation.entry().id(), keys.publicKeys(), name),
                List.of(invitation.entry()),
                invitation.keys().signing());
    }

    MemberEntry asks(Invitation invitation) {
        return signs(
                new MemberAct.JoinRequest(invitation.entry().id(), keys.publicKeys(), name),
                List.of(invitation.entry()),
                invitation.keys().signing());
    }

    MemberEntry closes(Invitation invitation, MemberEntry accepted) {
        return signs(new MemberAct.CloseInvite(invitation.entry().id(), Optional.of(accepted.id())), List.of(accepted));
    }

    MemberEntry withdraws(Invitation invitation) {
        return signs(new MemberAct.CloseInvite(invitation.entry().id(), Optional.empty()));
    }

    MemberEntry admits(MemberEntry request) {
        MemberAct.JoinRequest asked = (MemberAct.JoinRequest) request.act();
        SealedEpochKey sealed = SealedEpochKey.seal(
                EPOCH, asked.device().id().bytes(), asked.device().sealing(), random);
        return signs(new MemberAct.Admit(request.id(), List.of(sealed)), List.of(request));
    }

    MemberEntry declines(MemberEntry request) {
        return signs(new MemberAct.Decline(request.id()), List.of(request));
    }

    Membership membership() {
        return log.membership();
    }
}
