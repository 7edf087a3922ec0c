package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.Role;
import java.util.Optional;

/**
 * An invite which is neither closed nor used up.
 *
 * @param entry its entry
 * @param id the id which the holder of the code computes
 * @param inviter the device which made it
 * @param role the role of the new user; nothing = a further device of the inviter's user
 * @param approval whether a member must admit the device
 * @param join the join which counts for now; whoever may close the invite should close it with this one
 */
public record OpenInvite(
        EntryId entry, InviteId id, DeviceId inviter, Optional<Role> role, boolean approval, Optional<EntryId> join) {}
