/**
 * What names a change and a state: actors, the ids of their changes, and versions in both forms.
 *
 * <p>Start at {@link dev.cairn.crdt.version.Heads}: the newest changes, with everything before them. A
 * {@link dev.cairn.crdt.version.VersionVector} says the same as a number for each actor.
 */
@NullMarked
package dev.cairn.crdt.version;

import org.jspecify.annotations.NullMarked;
