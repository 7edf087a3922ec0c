/**
 * Who belongs to a space: a pure function of the set of entries of its member log (SPEC section "Keys and members").
 *
 * <p>Collect entries in a {@link dev.cairn.format.membership.MemberLog}, in any order and as often as they come, and
 * ask it for the {@link dev.cairn.format.membership.Membership}: devices with their roles, open invites, requests to
 * join, epochs, and what has no effect and why. Whoever holds the same entries gets the same membership. Start at
 * {@link dev.cairn.format.membership.MemberLog}.
 */
@NullMarked
package dev.cairn.format.membership;

import org.jspecify.annotations.NullMarked;
