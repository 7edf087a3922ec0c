package dev.cairn.crdt.view;

import dev.cairn.crdt.version.ChangeId;

/**
 * An operation which made no sense at its author's version and therefore does nothing, on every device.
 *
 * @param change the change which holds it
 * @param document the document it names
 * @param index its index within the change
 * @param reason what is wrong, in one line without content
 */
public record InvalidOperation(ChangeId change, String document, int index, String reason) {}
