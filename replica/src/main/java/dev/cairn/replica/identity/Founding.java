package dev.cairn.replica.identity;

import dev.cairn.format.members.MemberEntry;

/**
 * A new space.
 *
 * @param secrets of its first device, to be stored before anything is published
 * @param genesis its first entry, to be stored, published and taken in
 */
public record Founding(LocalSecrets secrets, MemberEntry genesis) {}
