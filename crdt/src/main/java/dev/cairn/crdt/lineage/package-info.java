/**
 * The past of a document: which unit, element or node is which, in all versions.
 *
 * <p>Start at {@link dev.cairn.crdt.lineage.Past}. One replay of the whole log keeps what the live document forgets:
 * the journal of all operations, and all units that ever were in document order, each with who inserted and who deleted
 * it.
 *
 * <p><b>Projections.</b> A version is a selection of the changes, and looking at it is leaving out what others did.
 * Differences, blame and cursors compare selections by identity; they look at no content.
 *
 * <p><b>Lineage.</b> A taking back inserts again what a change had deleted. What stands for what then is the lineage:
 * it carries authors and cursors over to what came back, and counts it neither as new nor as gone.
 */
@NullMarked
package dev.cairn.crdt.lineage;

import org.jspecify.annotations.NullMarked;
