/** The smallest useful program: a number that several devices count up, with no edit of theirs lost. */
@NullMarked
package dev.cairn.examples.counter;

import org.jspecify.annotations.NullMarked;
