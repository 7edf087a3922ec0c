/** The movable tree beside its slow twin. */
@NullMarked
package dev.cairn.crdt.tree;

import org.jspecify.annotations.NullMarked;
