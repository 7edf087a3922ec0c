package dev.cairn.replica.identity;

import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.MemberLog;
import dev.cairn.format.membership.Membership;
import dev.cairn.format.membership.OpenInvite;
import dev.cairn.format.membership.PendingRequest;
import dev.cairn.format.membership.VoidEntry;
import java.util.Optional;

/** One try of a device which is no member yet to become one by one invite. */
final class JoinAttempt {
    private final MemberLog log;
    private final Membership membership;
    private final LocalSecrets secrets;
    private final InviteKeys keys;
    private final InviteId id;

    JoinAttempt(MemberLog log, LocalSecrets secrets, InviteKeys keys) {
        this.log = log;
        this.membership = log.membership();
        this.secrets = secrets;
        this.keys = keys;
        this.id = keys.id();
    }

    JoinStep step(long wallMillis) {
        Optional<MemberEntry> own = log.entries().stream()
                .filter(entry ->
                        entry.content().author().equals(secrets.device().id()))
                .filter(this::answers)
                .findFirst();
        return own.map(this::afterSigning).orElseGet(() -> beforeSigning(wallMillis));
    }

    private JoinStep afterSigning(MemberEntry own) {
        Optional<VoidEntry> without = membership.voids().stream()
                .filter(found -> found.entry().equals(own.id()))
                .findFirst();
        if (without.isPresent()) {
            return new JoinStep.Failed(
                    "joining did not succeed: " + without.get().reason().text() + "; ask for a new invite");
        }
        if (membership.waiting().containsKey(own.id())) {
            return new JoinStep.AwaitingEntries("the entries of the member log");
        }
        Optional<SafetyWords> words = membership.request(own.id()).map(PendingRequest::words);
        return words.<JoinStep>map(JoinStep.AwaitingApproval::new)
                .orElseGet(() -> new JoinStep.Failed(
                        "the request was declined or the invite was used by another device; ask for a new invite"));
    }

    private boolean invites(MemberEntry entry) {
        return entry.act() instanceof MemberAct.Invite invite
                && InviteId.of(invite.keys()).equals(id);
    }

    /** Whether an entry is a join or a request by this invite; the device may have tried another one before. */
    private boolean answers(MemberEntry entry) {
        Optional<EntryId> named = Optional.empty();
        if (entry.act() instanceof MemberAct.Join join) {
            named = Optional.of(join.invite());
        } else if (entry.act() instanceof MemberAct.JoinRequest request) {
            named = Optional.of(request.invite());
        }
        return named.flatMap(log::entry).filter(this::invites).isPresent();
    }

    private JoinStep beforeSigning(long wallMillis) {
        Optional<OpenInvite> open = membership.invite(id);
        if (open.isPresent()) {
            boolean approval = open.get().approval();
            if (!approval && open.get().join().isPresent()) {
                return new JoinStep.Failed("the invite was used by another device; ask for a new invite");
            }
            EntryId invite = open.get().entry();
            MemberAct act = approval
                    ? new MemberAct.JoinRequest(invite, secrets.device().publicKeys(), secrets.deviceName())
                    : new MemberAct.Join(invite, secrets.device().publicKeys(), secrets.deviceName());
            EntryContent content = log.draft(secrets.device().id(), wallMillis, act, invite);
            return new JoinStep.Sign(content.sign(secrets.device().signing(), keys.signing()));
        }
        boolean judged = log.entries().stream()
                .filter(entry -> !membership.waiting().containsKey(entry.id()))
                .anyMatch(this::invites);
        return judged
                ? new JoinStep.Failed("the invite was closed or used already; ask for a new invite")
                : new JoinStep.AwaitingEntries("the invite");
    }
}
