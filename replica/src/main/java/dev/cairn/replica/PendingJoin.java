package dev.cairn.replica;

/**
 * A device that asks to join and waits for a member's approval.
 *
 * @param request the request's id, as {@link Space#approve} and {@link Space#decline} take it
 * @param deviceName the name the device gives itself; unverified
 * @param safetyWords six words which the other side shows as well; approve only when they are the same
 */
public record PendingJoin(String request, String deviceName, String safetyWords) {}
