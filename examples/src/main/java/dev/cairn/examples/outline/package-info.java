/**
 * An outline in the terminal: a tree whose nodes are lines of text. Two people may move branches into one another at
 * once; every line stays one line, and no circle arises.
 */
@NullMarked
package dev.cairn.examples.outline;

import org.jspecify.annotations.NullMarked;
