/**
 * A board in the terminal whose cards are sorted by hand: one movable list of cards, each a map with a title that is a
 * text and a column that is a value. Two people may move, rename and finish one card at once, and it stays one card.
 */
@NullMarked
package dev.cairn.examples.kanban;

import org.jspecify.annotations.NullMarked;
