package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.Role;
import dev.cairn.format.membership.PendingRequest;
import dev.cairn.replica.SpaceException.Code;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.identity.Answer;
import dev.cairn.replica.identity.IssuedInvite;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Inviting and admitting: each act is an entry of the member log, durable here before it is in the folder. */
final class Membering {
    private final Replica replica;

    Membering(Replica replica) {
        this.replica = replica;
    }

    Invite invite(InviteOptions options) {
        Role role = Role.valueOf(options.role().name());
        IssuedInvite issued = replica.locked(() -> inTransaction(() -> {
            IssuedInvite made = replica.members()
                    .invite(
                            Optional.of(role),
                            options.needsApproval(),
                            replica.nowMillis(),
                            replica.options().random());
            if (made instanceof IssuedInvite.Issued invite) {
                keep(invite.entry());
            }
            return made;
        }));
        if (issued instanceof IssuedInvite.NotAllowed refused) {
            throw new SpaceException(Code.READ_ONLY_ROLE, refused.problem());
        }
        try (InviteCode code = ((IssuedInvite.Issued) issued).code()) {
            return new Invite(code.text(), options.needsApproval());
        }
    }

    List<PendingJoin> pendingJoins() {
        return replica.locked(() -> replica.members().membership().requests().stream()
                .map(Membering::pending)
                .toList());
    }

    private static PendingJoin pending(PendingRequest request) {
        return new PendingJoin(
                request.entry().toString(), request.name(), request.words().toString());
    }

    void approve(PendingJoin join) {
        answer(
                join,
                request -> replica.members()
                        .admit(request, replica.nowMillis(), replica.options().random()));
    }

    void decline(PendingJoin join) {
        answer(join, request -> replica.members().decline(request, replica.nowMillis()));
    }

    private void answer(PendingJoin join, Function<EntryId, Answer> act) {
        EntryId request = new EntryId(Bytes.hex(join.request()));
        Answer answer = replica.locked(() -> inTransaction(() -> {
            Answer made = act.apply(request);
            if (made instanceof Answer.Signed signed) {
                keep(signed.entry());
            }
            return made;
        }));
        if (answer instanceof Answer.NotAllowed refused) {
            throw new SpaceException(Code.READ_ONLY_ROLE, refused.problem());
        }
        if (answer instanceof Answer.NotFound missing) {
            throw new SpaceException(Code.BAD_INVITE, missing.problem());
        }
    }

    private <T> T inTransaction(java.util.function.Supplier<T> action) {
        return replica.history().write(new Progress(), () -> {
            replica.catchUpMembers();
            return action.get();
        });
    }

    private void keep(MemberEntry entry) {
        replica.outbox().add(replica.members().seal(entry, replica.options().random()));
        replica.addEntries(List.of(entry));
    }
}
