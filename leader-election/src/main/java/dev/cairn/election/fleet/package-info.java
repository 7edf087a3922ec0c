/**
 * A fleet in virtual time, to see what a protocol of election comes to: who leads, for how long two do, and at what
 * cost.
 *
 * <p>Start at {@link dev.cairn.election.fleet.FleetRun}. Files are values here and no bytes, so that a night of a
 * fleet takes a fraction of a second; what real folders and real sync tools do to the files is tried elsewhere. A
 * {@code Network} carries papers with delays, out of order, over links that break; {@code CairnDevice} plays by the
 * rules of {@code dev.cairn.election.protocol}, {@code PublishedIdea} by those of the idea which they come from.
 */
@NullMarked
package dev.cairn.election.fleet;

import org.jspecify.annotations.NullMarked;
