package dev.cairn.crdt.history;

import dev.cairn.crdt.version.ChangeId;

/**
 * What a change says of itself that does nothing but take back another, or make it again.
 *
 * @param change the other change
 * @param again whether it makes that again, which had been taken back
 */
public record Reversal(ChangeId change, boolean again) {}
