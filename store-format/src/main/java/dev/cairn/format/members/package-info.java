/**
 * The entries of the member log: what they say, and their exact bytes (SPEC section "Keys and members").
 *
 * <p>An entry ({@link dev.cairn.format.members.MemberEntry}) is one signed act
 * ({@link dev.cairn.format.members.MemberAct}) of one device, linked by hash to the entries its author had seen.
 * Entries form a graph which begins with the genesis entry, whose hash is the name of the space. This package decides
 * whether bytes are an entry; whether the entry has an effect is decided by {@code dev.cairn.format.membership}. Start
 * at {@link dev.cairn.format.members.MemberEntry}.
 */
@NullMarked
package dev.cairn.format.members;

import org.jspecify.annotations.NullMarked;
