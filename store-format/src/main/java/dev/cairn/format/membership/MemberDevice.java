package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.UserId;

/**
 * A device which belongs to a space.
 *
 * @param id the device
 * @param keys its public keys
 * @param name what it calls itself
 * @param user whose device it is
 * @param role the role of that user
 * @param standing how sure its place is
 * @param introduction the entry which made it a member
 */
public record MemberDevice(
        DeviceId id, DevicePublic keys, String name, UserId user, Role role, Standing standing, EntryId introduction) {
    /** How sure a device's place in the space is. */
    public enum Standing {
        /**
         * It joined by an open invite which nobody entitled has closed yet, or was let in by a device in that position;
         * entries which arrive later may still displace it.
         */
        PROVISIONAL,
        /** It is a member; only a removal ends that. */
        CONFIRMED
    }

    /** Whether the changes it signs count. */
    public boolean mayWrite() {
        return role.mayWrite();
    }
}
