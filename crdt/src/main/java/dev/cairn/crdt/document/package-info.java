/**
 * One document: its containers, and how operations change them.
 *
 * <p>Start at {@link dev.cairn.crdt.document.Document}. What a reader sees of it is made in {@code state}, its snapshot
 * in {@code snapshot}, its local edits in {@code editing}; they read the containers, and only a document changes them.
 *
 * <p><b>Containers.</b> A document is a tree of containers under a root map. A container is either <em>derived</em>
 * from (the map that holds it, the key, the type, a base) or <em>made</em> by an operation, such as the insertion of a
 * list element. The base
 * is the id of the greatest assignment or removal of that key which the author saw, if a container of that type was
 * there before, else none: so two devices which create the same container without knowing of each other get the same
 * one, and one which is created again after a removal is fresh.
 *
 * <p><b>Maps.</b> An assignment (PUT, MAKE) or removal takes away exactly those assignments of its key that are in its
 * causal past. All remaining ones stay; the greatest by (Lamport number, actor bytes, index) is shown.
 *
 * <p><b>Registers.</b> A register is a map whose only key is empty. So is the value of every element of a movable list,
 * once something is assigned to it.
 *
 * <p><b>Movable lists.</b> The units of the sequence are slots. An element stands in its greatest slot; a move takes
 * away one and makes another. Slots which show nothing, after concurrent moves, still count in positions.
 *
 * <p><b>Marks.</b> A mark is two anchors in the sequence of a text, which show nothing and are never deleted. What is
 * marked is found from the anchors in order, when a text is shown.
 *
 * <p><b>Removal of containers.</b> A container which no remaining assignment names, or whose list element is deleted,
 * is gone with all that is inside. Edits inside it which no assignment or removal of its key (deletion of its element)
 * had in its past are listed as lost edits.
 *
 * <p><b>Invalid operations.</b> A position outside at the author's version, a container which nobody had made in the
 * past of the change, or a list's container which the author saw deleted, makes the operation do nothing, everywhere
 * alike.
 */
@NullMarked
package dev.cairn.crdt.document;

import org.jspecify.annotations.NullMarked;
