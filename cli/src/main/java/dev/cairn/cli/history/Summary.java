package dev.cairn.cli.history;

import dev.cairn.crdt.view.ChangeSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a change did to a document, in numbers. */
public final class Summary {
    private Summary() {}

    /** Such as {@code +12 -3, 2 set, 1 removed}. */
    public static String text(ChangeSummary did) {
        List<String> parts = new ArrayList<>();
        List<String> units = new ArrayList<>();
        if (did.inserted() > 0) {
            units.add("+" + did.inserted());
        }
        if (did.deleted() > 0) {
            units.add("-" + did.deleted());
        }
        if (!units.isEmpty()) {
            parts.add(String.join(" ", units));
        }
        count(parts, did.assigned(), " set");
        count(parts, did.removed(), " removed");
        count(parts, did.increments(), " added to");
        count(parts, did.moved(), " moved");
        count(parts, did.marked(), " marked");
        count(parts, did.placed(), " placed");
        count(parts, did.dropped(), " dropped");
        return String.join(", ", parts);
    }

    private static void count(List<String> parts, int number, String what) {
        if (number > 0) {
            parts.add(number + what);
        }
    }

    /** The numbers by name. */
    public static Map<String, Integer> plain(ChangeSummary did) {
        Map<String, Integer> plain = new LinkedHashMap<>();
        plain.put("inserted", did.inserted());
        plain.put("deleted", did.deleted());
        plain.put("assigned", did.assigned());
        plain.put("removed", did.removed());
        plain.put("increments", did.increments());
        plain.put("moved", did.moved());
        plain.put("marked", did.marked());
        plain.put("placed", did.placed());
        plain.put("dropped", did.dropped());
        return plain;
    }
}
