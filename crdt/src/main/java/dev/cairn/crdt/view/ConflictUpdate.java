package dev.cairn.crdt.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the conflicts of one document since they were last told of.
 *
 * @param document the document
 * @param appeared conflicts which there were none of
 * @param changed conflicts, as they are now, which were there before with other assignments or edits
 * @param settled conflicts, as they were, which are there no more
 * @param open how many there are now
 */
public record ConflictUpdate(
        String document, List<Conflict> appeared, List<Conflict> changed, List<Conflict> settled, int open) {
    public ConflictUpdate {
        appeared = List.copyOf(appeared);
        changed = List.copyOf(changed);
        settled = List.copyOf(settled);
    }

    /** Tells whether nothing changed. */
    public boolean isEmpty() {
        return appeared.isEmpty() && changed.isEmpty() && settled.isEmpty();
    }

    /**
     * Compares the conflicts of a document at two moments. One which only moved, for something was inserted before it
     * in a list, is the same.
     */
    public static ConflictUpdate between(String document, List<Conflict> before, List<Conflict> after) {
        List<Conflict> settled = new ArrayList<>();
        Map<Object, Integer> known = new HashMap<>();
        before.forEach(conflict -> known.merge(identity(conflict), 1, Integer::sum));
        List<Conflict> fresh = new ArrayList<>();
        for (Conflict conflict : after) {
            if (!take(known, identity(conflict))) {
                fresh.add(conflict);
            }
        }
        for (Conflict conflict : before) {
            if (take(known, identity(conflict))) {
                settled.add(conflict);
            }
        }
        List<Conflict> appeared = new ArrayList<>();
        List<Conflict> changed = new ArrayList<>();
        Set<Object> places = new HashSet<>();
        settled.forEach(conflict -> places.add(place(conflict)));
        for (Conflict conflict : fresh) {
            (places.remove(place(conflict)) ? changed : appeared).add(conflict);
        }
        Set<Object> still = new HashSet<>();
        changed.forEach(conflict -> still.add(place(conflict)));
        settled.removeIf(conflict -> still.remove(place(conflict)));
        return new ConflictUpdate(document, appeared, changed, settled, after.size());
    }

    private static boolean take(Map<Object, Integer> known, Object identity) {
        Integer count = known.get(identity);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            known.remove(identity);
        } else {
            known.put(identity, count - 1);
        }
        return true;
    }

    /** Returns the path without its indexes, which may be others, and the changes. */
    private static Object identity(Conflict conflict) {
        List<Object> parts = new ArrayList<>();
        conflict.path().forEach(step -> parts.add(step instanceof Step.Index ? "" : step));
        if (conflict instanceof Conflict.Assignments assignments) {
            assignments.assignments().forEach(assignment -> parts.add(assignment.change()));
        } else if (conflict instanceof Conflict.LostEdits lost) {
            parts.add(lost.getClass());
            lost.edits().forEach(edit -> parts.add(edit.change()));
        }
        return parts;
    }

    private static Object place(Conflict conflict) {
        return List.of(conflict.getClass(), conflict.path());
    }
}
