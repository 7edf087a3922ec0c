@NullMarked
package dev.cairn.crdt;

import org.jspecify.annotations.NullMarked;
