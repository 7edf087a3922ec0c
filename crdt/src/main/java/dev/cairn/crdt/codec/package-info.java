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
 *   0 DOCUMENT    count = length, name         selects the document; the position is its root map
 *   1 ENTER       n = type | 8 if based: length varint, key, [base id]    a container derived from a key of this map
 *   2 LEAVE       count = levels               goes out; never after a navigation
 *   3 PUT         count = length, key, value   map, register: assigns a scalar
 *   4 REMOVE      count = length, key          map, register: removes what is seen under the key
 *   5 MAKE        n = type | 8 if based: length varint, key, [base id]    map, register: assigns the derived container
 *   6 INSERT      count, position varint, content     text: count code points in UTF-8; lists: count elements
 *   7 DELETE      count, position varint       text, lists: deletes count units from the position on
 *   8 ADD         n = 0, delta zigzag varint   counter: adds, never 0
 *   9 ENTER_MADE  n = type: id                 the container made by that operation; only from the root map
 *  10 MOVE        n = 0, from varint, to varint      movable list: moves a unit; to is counted without it
 *  11 SET         n = 0, position varint, element    movable list: assigns to the element of that unit
 *                 n = 1, position varint, id         the same, the container which that operation made for the element
 *  12 MARK        count = length, key, flags byte, position varint, units varint (not 0), value
 *                                              text: flags 1 expands before | 2 expands after
 *  13 PLACE       n = 1 new node | 2 at the top: [id of the node above] [id of the node] length byte (not 0), position
 *  14 DROP        n = 0, id                   tree: removes the node; lists: dismisses what was lost in an element
 *  15 TAKE_BACK   n = 0 taken back | 1 made again: seq varint (not 0), actor 16 bytes; only right behind DOCUMENT
 *
 * count  := n if 1..14; n = 15: 15 + varint; n = 0 stands for 0, only as the length of a register's key
 * type   := 0 map, 1 list, 2 text, 3 counter, 4 movable list, 5 tree, 6 register
 * id     := seq varint, actor 16 bytes, index varint; seq = 0: this change, and no actor
 * value  := 00 null | 01 false | 02 true | 03 integer zigzag varint | 04 double 8 bytes big-endian, one NaN
 *         | 05 length varint, UTF-8 | 06 length varint, bytes | 07 seconds zigzag varint, nanoseconds varint
 * element:= value | 10 + type                                            (hexadecimal)
 * varint := 7 bits a byte, low bits first, bit 80 on all but the last, minimal, below 2^64
 * </pre>
 *
 * Names and keys are 1 to 1,024 bytes of strict UTF-8, but that of a register is empty; counts, positions and indexes
 * are below 2^31; containers are at most 64 deep. A navigation (DOCUMENT, ENTER, ENTER_MADE, LEAVE) is followed by
 * another instruction of the same part. A position key does not end in 0. An instruction stands only in a container of
 * its type. Anything else refuses the whole change.
 *
 * <p>The index of an operation counts units within the document's part of its change: an INSERT or DELETE takes
 * {@code count} indexes, a MARK two, every other operation one, a navigation and a TAKE_BACK none. TAKE_BACK
 * has no effect: it tells those who take back changes later what this one did to the document, and why.
 */
@NullMarked
package dev.cairn.crdt.codec;

import org.jspecify.annotations.NullMarked;
