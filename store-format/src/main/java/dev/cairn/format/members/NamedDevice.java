package dev.cairn.format.members;

import dev.cairn.format.keys.DevicePublic;

/**
 * A device as an entry names it, whether it became a member by that or not.
 *
 * @param keys its public keys, from which its id follows
 * @param name what it calls itself
 */
public record NamedDevice(DevicePublic keys, String name) {}
