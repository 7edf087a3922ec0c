package dev.cairn.crdt.history;

import dev.cairn.crdt.version.ChangeId;

/**
 * Which change something comes from.
 *
 * @param change the change, which names its author
 * @param lamport its Lamport number
 * @param timeMillis its wall time in milliseconds since 1970, for display only
 */
public record Origin(ChangeId change, long lamport, long timeMillis) {}
