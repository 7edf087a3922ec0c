package dev.cairn.simulation.fleet;

/**
 * How much a simulation has done.
 *
 * @param steps what happened to devices
 * @param operations what applications asked of their disks
 * @param toolEvents what the sync tool did to files, and the other lines of the timeline
 */
public record SimulationCounters(long steps, long operations, long toolEvents) {

    /** File events of both kinds. */
    public long fileEvents() {
        return operations + toolEvents;
    }
}
