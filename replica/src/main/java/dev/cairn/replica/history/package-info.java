/**
 * The changes of all writers on this device, linked into chains, and the documents they make.
 *
 * <p>Start at {@link dev.cairn.replica.history.History}. Runs of verified changes come in any order; each is linked to
 * the line it continues, kept until its predecessors come, or shown to be the branch of a writer that has gone on in
 * two ways. What is linked is durable first and goes to the engine afterwards.
 */
@NullMarked
package dev.cairn.replica.history;

import org.jspecify.annotations.NullMarked;
