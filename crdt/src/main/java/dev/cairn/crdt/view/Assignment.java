package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ChangeId;

/**
 * One of several concurrent assignments of a map entry.
 *
 * @param value what was assigned
 * @param change the change which assigned it
 * @param lamport the change's Lamport number
 * @param timeMillis the change's wall time in milliseconds since 1970, for display only
 */
public record Assignment(Node value, ChangeId change, long lamport, long timeMillis) {}
