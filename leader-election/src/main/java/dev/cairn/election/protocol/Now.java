package dev.cairn.election.protocol;

/**
 * The moment of a step.
 *
 * @param monoMillis a clock of this device that never goes back; all durations are measured by it
 * @param wallMillis milliseconds since 1970, for display and to notice that the device slept
 * @param entropy a random number, of which a new incarnation is made
 */
public record Now(long monoMillis, long wallMillis, long entropy) {}
