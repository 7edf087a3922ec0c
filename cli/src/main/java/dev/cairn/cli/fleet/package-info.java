/**
 * Fleets of real Cairn devices in simulation, and the check of everything that must hold afterwards.
 *
 * <p>Start at {@link dev.cairn.cli.fleet.CairnFleet}. A {@code CairnApp} is one process with a real space, real keys
 * and a real local store; the {@code Oracle} knows what was promised to users; each rule is a {@link
 * dev.cairn.cli.fleet.FleetInvariant}, to which owners of other parts add theirs.
 */
@NullMarked
package dev.cairn.cli.fleet;

import org.jspecify.annotations.NullMarked;
