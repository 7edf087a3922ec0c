package dev.cairn.crdt.oracle;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the oracle makes of the bytes of changes, each interpreted in front of exactly its own past.
 *
 * @param oracle what it knows then
 * @param malformed the changes which cannot be read
 * @param refused these, and the changes with such a one in their past
 * @param invalid the changes and documents with operations that make no sense
 */
record TwinReader(Oracle oracle, Set<ChangeId> malformed, Set<ChangeId> refused, Set<String> invalid) {
    /** Reads changes in any order. */
    static TwinReader of(List<LocalChange> changes) {
        TwinReader reader = new TwinReader(new Oracle(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        List<LocalChange> left = new ArrayList<>(changes);
        boolean progress = true;
        while (progress) {
            progress = left.removeIf(reader::read);
        }
        return reader;
    }

    /** Reads one change unless it has to wait. */
    private boolean read(LocalChange change) {
        List<ChangeId> parents = new ArrayList<>(change.parents());
        if (change.change().seq() > 1) {
            parents.add(new ChangeId(change.change().actor(), change.change().seq() - 1));
        }
        if (parents.stream().anyMatch(refused::contains)) {
            refused.add(change.change());
            return true;
        }
        if (!parents.stream().allMatch(oracle.clock()::contains)) {
            return false;
        }
        try {
            Interpreter.Meaning meaning = Interpreter.apply(change, oracle.at(Interpreter.past(change, oracle)));
            oracle.receive(List.of(meaning.change()));
            meaning.invalid().forEach(id -> invalid.add(id.change() + " " + id.document()));
        } catch (Decoder.Malformed e) {
            malformed.add(change.change());
            refused.add(change.change());
        }
        return true;
    }
}
