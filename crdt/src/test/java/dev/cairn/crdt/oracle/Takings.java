package dev.cairn.crdt.oracle;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which changes are taken back in a document, by the marks in the bytes alone (section 12.10). */
final class Takings {
    /**
     * A change which takes back another, or makes it again.
     *
     * @param by what it is itself
     */
    record Taking(LocalChange by, ChangeId change, boolean again) {}

    private static final Comparator<Taking> BY_LAMPORT = Comparator.comparingLong(
                    (Taking taking) -> taking.by().lamport())
            .thenComparing(taking -> taking.by().change());

    private final List<Taking> takings = new ArrayList<>();

    private Takings() {}

    /** Returns those of one document, in the order of the changes. */
    static Takings of(List<LocalChange> changes, String document) {
        Takings found = new Takings();
        for (LocalChange change : changes) {
            String at = "";
            for (Instruction instruction : Decoder.read(change.operations())) {
                if (instruction instanceof Instruction.Document named) {
                    at = named.name();
                } else if (instruction instanceof Instruction.TakeBack taken && at.equals(document)) {
                    found.takings.add(new Taking(change, taken.change(), taken.again()));
                }
            }
        }
        return found;
    }

    List<Taking> all() {
        return List.copyOf(takings);
    }

    /** Tells whether a change does nothing but take back another, or make it again. */
    boolean isMechanical(ChangeId change) {
        return takings.stream().anyMatch(taking -> taking.by().change().equals(change));
    }

    /** Returns the changes which do not count, as far as the author of one knew, that one included. */
    Set<ChangeId> goneAsOf(Change change) {
        return gone(takings.stream()
                .filter(taking -> change.past().contains(taking.by().change())
                        || taking.by().change().equals(change.id()))
                .toList());
    }

    /** Returns the changes which do not count: those that are taken back, and those that do it. */
    Set<ChangeId> gone() {
        return gone(takings);
    }

    private static Set<ChangeId> gone(List<Taking> takings) {
        Map<ChangeId, Taking> greatest = new TreeMap<>();
        Set<ChangeId> gone = new HashSet<>();
        for (Taking taking : takings) {
            gone.add(taking.by().change());
            greatest.merge(taking.change(), taking, (a, b) -> BY_LAMPORT.compare(a, b) > 0 ? a : b);
        }
        greatest.forEach((change, taking) -> {
            if (!taking.again()) {
                gone.add(change);
            }
        });
        return gone;
    }
}
