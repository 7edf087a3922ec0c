package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import java.util.List;

/**
 * One atomic change of the oracle.
 *
 * @param past everything before it, its actor's own previous changes included
 */
record Change(ChangeId id, long lamport, long timeMillis, Clock past, List<Operation> operations) {
    Change {
        operations = List.copyOf(operations);
    }

    /** Returns the names of the documents it touches, in the order of their UTF-8 bytes. */
    List<String> documents() {
        return operations.stream()
                .map(operation -> operation.container().document())
                .distinct()
                .sorted(Oracle.UTF8)
                .toList();
    }

    /** Tells whether its author knew that operation, or made it earlier in the same change. */
    boolean knows(OpId operation, int before) {
        return operation.change().equals(id) ? operation.index() < before : past.contains(operation.change());
    }
}
