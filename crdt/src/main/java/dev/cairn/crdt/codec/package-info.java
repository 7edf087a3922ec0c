/**
 * The encoding of a change's operations: one valid encoding, checked strictly.
 *
 * <p>Start at {@link dev.cairn.crdt.codec.OperationReader}. In the words of the specification:
 *
 * <pre>
 * operations  := part*                         strictly ascending document names, compared as bytes
 * part        := DOCUMENT instruction+
 * instruction := one tag byte, kind in the low 4 bits, n in the high 4 bits, then:
 *
 *   0 DOCUMENT  count = length, name           selects the document; the position is its root map
 *   1 ENTER     n = type | 4 if based: length varint, key, [base id]      a container derived from a key of this map
 *               n = type | 8: id               a container made by that operation of a list; only from the root map
 *   2 LEAVE     count = levels                 goes out; never after DOCUMENT, ENTER or LEAVE
 *   3 PUT       count = length, key, value     map: assigns a scalar
 *   4 REMOVE    count = length, key            map: removes what is seen under the key
 *   5 MAKE      n = type | 4 if based: length varint, key, [base id]      map: assigns the derived container
 *   6 INSERT    count, position varint, content     text: count code points in UTF-8; list: count elements
 *   7 DELETE    count, position varint         text, list: deletes count units from the position on
 *   8 ADD       n = 0, delta zigzag varint     counter: adds, never 0
 *   9..15       refused
 *
 * count  := n if 1..14; n = 15: 15 + varint; n = 0 is refused
 * type   := 0 map, 1 list, 2 text, 3 counter
 * id     := seq varint, actor 16 bytes, index varint; seq = 0: this change, and no actor
 * value  := 00 null | 01 false | 02 true | 03 integer zigzag varint | 04 double 8 bytes big-endian, one NaN
 *         | 05 length varint, UTF-8 | 06 length varint, bytes | 07 seconds zigzag varint, nanoseconds varint
 * element:= value | 10 map | 11 list | 12 text | 13 counter              (hexadecimal)
 * varint := 7 bits a byte, low bits first, bit 80 on all but the last, minimal, below 2^64
 * </pre>
 *
 * Names and keys are 1 to 1,024 bytes of strict UTF-8; counts, positions and indexes are below 2^31; containers are at
 * most 64 deep. A navigation (DOCUMENT, ENTER, LEAVE) is followed by another instruction of the same part. An
 * instruction stands only in a container of its type. Anything else refuses the whole change.
 *
 * <p>The index of an operation counts units within the document's part of its change: an INSERT or DELETE takes
 * {@code count} indexes, every other operation takes one, a navigation none.
 */
@NullMarked
package dev.cairn.crdt.codec;

import org.jspecify.annotations.NullMarked;
