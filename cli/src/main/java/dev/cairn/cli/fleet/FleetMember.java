package dev.cairn.cli.fleet;

import dev.cairn.simulation.fleet.SimulatedApp;

/** A process of a device of the space: one that does what it should, or one that does everything it should not. */
interface FleetMember extends SimulatedApp {}
