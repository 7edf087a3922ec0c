/**
 * What a collection that only the leader writes comes to, as a pure function of its document.
 *
 * <p>Start at {@link dev.cairn.replica.leaderonly.Ledger}. Each leadership writes into a section of its own and says
 * which earlier write it knew last; so every device can tell which writes a later leader could not have known of, and
 * keeps them aside as late until somebody decides (SPEC.md, section 23.5).
 */
@NullMarked
package dev.cairn.replica.leaderonly;

import org.jspecify.annotations.NullMarked;
