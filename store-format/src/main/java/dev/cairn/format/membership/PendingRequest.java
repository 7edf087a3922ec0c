package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.EntryId;

/**
 * A device which asks to join and was neither admitted nor declined.
 *
 * @param entry the entry of the request
 * @param invite the entry of the invite it answers
 * @param device the device
 * @param keys its public keys
 * @param name what it calls itself; unverified
 * @param words six words which the device shows as well
 */
public record PendingRequest(
        EntryId entry, EntryId invite, DeviceId device, DevicePublic keys, String name, SafetyWords words) {}
