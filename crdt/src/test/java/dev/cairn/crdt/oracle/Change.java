package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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

    /**
     * The same change with deletions that follow one another in the order of what they delete: which is first is moot.
     */
    Change withDeletionsInOrder() {
        List<Operation> ordered = new ArrayList<>(operations);
        for (int from = 0; from < ordered.size(); ) {
            int to = from;
            TreeSet<OpId> targets = new TreeSet<>();
            while (to < ordered.size()
                    && ordered.get(to) instanceof Operation.Delete delete
                    && delete.container().equals(ordered.get(from).container())) {
                targets.add(delete.target());
                to++;
            }
            for (OpId target : targets) {
                ordered.set(
                        from,
                        new Operation.Delete(
                                ordered.get(from).id(), ordered.get(from).container(), target));
                from++;
            }
            from = Math.max(to, from + (targets.isEmpty() ? 1 : 0));
        }
        return new Change(id, lamport, timeMillis, past, documents, ordered);
    }
}
