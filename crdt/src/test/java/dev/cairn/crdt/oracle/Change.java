package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import java.util.List;

/**
 * One atomic change of the oracle.
 *
 * @param past everything before it, its actor's own previous changes included
 * @param documents the names of the documents it touches, in the order of their UTF-8 bytes
 * @param operations those that make sense
 */
record Change(
        ChangeId id, long lamport, long timeMillis, Clock past, List<String> documents, List<Operation> operations) {
    Change {
        documents = List.copyOf(documents);
        operations = List.copyOf(operations);
    }

    /** Tells whether its author knew that operation when making this one of its own. */
    boolean knows(OpId operation, OpId own) {
        return operation.change().equals(id) ? operation.index() < own.index() : past.contains(operation.change());
    }
}
