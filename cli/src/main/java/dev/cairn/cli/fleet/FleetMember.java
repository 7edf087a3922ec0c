package dev.cairn.cli.fleet;

import dev.cairn.simulation.fleet.SimulatedApp;

/** A process of a device of the space: one that does what it should, or one that does everything it should not. */
sealed interface FleetMember extends SimulatedApp permits CairnApp, HostileMember {}
