/**
 * Deterministic CBOR (RFC 8949 section 4.2.1), the strict subset in which everything that is signed or hashed is
 * written.
 *
 * <p>Integers, byte strings, texts, arrays, maps with ascending integer keys, booleans and null; shortest forms and
 * definite lengths only. {@link dev.cairn.format.cbor.CborReader} refuses any other spelling instead of normalising it,
 * so bytes which it accepts are exactly those which {@link dev.cairn.format.cbor.CborWriter} makes of the same value.
 */
@NullMarked
package dev.cairn.format.cbor;

import org.jspecify.annotations.NullMarked;
