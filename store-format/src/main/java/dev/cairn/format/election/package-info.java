/**
 * What devices tell one another to agree on a leader: six small files a writer (SPEC section "Election").
 *
 * <p>Start at {@link dev.cairn.format.election.Paper}: it is what one such file says. {@link
 * dev.cairn.format.election.ElectionWriter} seals papers and {@link dev.cairn.format.election.ElectionReader} gives
 * back what was sealed and signed, as a {@code ReadOutcome}. A {@link dev.cairn.format.election.Token} names one
 * leadership and orders all of them; who leads now is decided in {@code dev.cairn.election}, not here.
 */
@NullMarked
package dev.cairn.format.election;

import org.jspecify.annotations.NullMarked;
