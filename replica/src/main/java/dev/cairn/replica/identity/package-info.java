/**
 * Who this device is: its secrets, where they lie, and its acts in the member log.
 *
 * <p>{@link dev.cairn.replica.identity.StateDirectory} is the place outside of the synced folder,
 * {@link dev.cairn.replica.identity.SecretsFile} keeps {@link dev.cairn.replica.identity.LocalSecrets} there, and
 * {@link dev.cairn.replica.identity.Members} decides with them and the entries of the member log what to sign:
 * founding a space, inviting, joining, approving. It does no input or output itself: it takes entries and gives
 * entries. Start at {@link dev.cairn.replica.identity.Members}.
 */
@NullMarked
package dev.cairn.replica.identity;

import org.jspecify.annotations.NullMarked;
