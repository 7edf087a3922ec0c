/**
 * Who may ask for what saves room: the port to an election, and the rule for a device alone.
 *
 * <p>Start at {@link dev.cairn.merge.retire.CompactionPermit}. A permit saves work and never makes anything safe: two
 * devices that compact at once only leave one checkpoint too many.
 */
@NullMarked
package dev.cairn.merge.retire;

import org.jspecify.annotations.NullMarked;
