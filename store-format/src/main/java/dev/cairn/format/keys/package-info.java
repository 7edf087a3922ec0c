/**
 * Keys of devices and invites, and what people read aloud or type of them (SPEC section "Keys and members").
 *
 * <p>A device has one key pair that signs and one that opens ({@link dev.cairn.format.keys.DeviceKeys}, its public half
 * {@link dev.cairn.format.keys.DevicePublic}). The keys of epochs reach a device sealed
 * ({@link dev.cairn.format.keys.SealedEpochKey}). An invite is a seed in a text
 * ({@link dev.cairn.format.keys.InviteCode}) from which both sides derive its keys
 * ({@link dev.cairn.format.keys.InviteKeys}). Two people compare {@link dev.cairn.format.keys.SafetyWords}. Start at
 * {@link dev.cairn.format.keys.DeviceKeys}.
 */
@NullMarked
package dev.cairn.format.keys;

import org.jspecify.annotations.NullMarked;
