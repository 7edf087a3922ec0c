package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.members.EntryId;

/**
 * An entry without effect.
 *
 * @param entry the entry
 * @param type the number of its type
 * @param author the device it names as its author; proven by a signature unless the reason says otherwise
 * @param reason why it has no effect
 */
public record VoidEntry(EntryId entry, int type, DeviceId author, VoidReason reason) {}
