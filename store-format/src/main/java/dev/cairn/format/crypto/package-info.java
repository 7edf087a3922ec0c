/**
 * The cryptography of the store format, each construction fixed once (SPEC sections "Conventions" and "Envelope").
 *
 * <p>{@link dev.cairn.format.crypto.Cobblestone} encrypts files, {@link dev.cairn.format.crypto.EpochKey} holds what
 * opens them, {@link dev.cairn.format.crypto.SigningKey} and {@link dev.cairn.format.crypto.VerifyingKey} are the one
 * rule for Ed25519. Symmetric primitives come from the Java platform, Ed25519 from Bouncy Castle's low-level
 * interface, which no other package but the member keys uses. Start at {@link dev.cairn.format.crypto.Cobblestone}.
 */
@NullMarked
package dev.cairn.format.crypto;

import org.jspecify.annotations.NullMarked;
