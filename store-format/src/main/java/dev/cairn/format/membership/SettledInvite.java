package dev.cairn.format.membership;

import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.UserId;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.BitSet;
import java.util.Optional;

/** An invite with effect, and what has happened to it so far. */
final class SettledInvite {
    final int number;
    final MemberAct.Invite act;
    final MemberDevice inviter;
    final Role granted;

    /** The closes with effect. */
    final BitSet closes = new BitSet();

    /** The admissions with effect. */
    final BitSet admits = new BitSet();

    /** The join which counts while nobody has closed the invite. */
    Optional<EntryId> join = Optional.empty();

    SettledInvite(int number, MemberAct.Invite act, MemberDevice inviter) {
        this.number = number;
        this.act = act;
        this.inviter = inviter;
        this.granted = act.role().orElse(inviter.role());
    }

    boolean open() {
        return closes.isEmpty() && admits.isEmpty();
    }

    /** How sure a newcomer's place is: no surer than that of the device which invited it. */
    Standing surest(Standing letIn) {
        return inviter.standing() == Standing.CONFIRMED ? letIn : Standing.PROVISIONAL;
    }

    /** The device which {@code request} brings. */
    MemberDevice newcomer(EntryId request, DevicePublic keys, String name, Standing standing, EntryId introduction) {
        UserId user = act.role().isPresent() ? UserId.of(request) : inviter.user();
        return new MemberDevice(keys.id(), keys, name, user, granted, surest(standing), introduction);
    }

    OpenInvite asOpen(EntryId entry) {
        return new OpenInvite(entry, InviteId.of(act.keys()), inviter.id(), act.role(), act.approval(), join);
    }

    PendingRequest asPending(EntryId entry, MemberAct.JoinRequest request) {
        DevicePublic keys = request.device();
        SafetyWords words = SafetyWords.of(inviter.id(), keys.id(), InviteId.of(act.keys()));
        return new PendingRequest(entry, request.invite(), keys.id(), keys, request.deviceName(), words);
    }
}
