package dev.cairn.cli.command.rehearsal;

import dev.cairn.cli.fleet.FleetResult;
import dev.cairn.cli.fleet.Retirements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What many runs of {@code cairn simulate} come to. */
final class Totals {
    private final List<Long> broken = new ArrayList<>();
    private int runs;
    private long events;
    private long acknowledged;
    private boolean retiring;
    private Retirements retirements = Retirements.NONE;

    void add(FleetResult result) {
        runs++;
        events += result.fileEvents();
        acknowledged += result.acknowledged();
        retiring |= result.options().retiring();
        retirements = retirements.plus(result.retirements());
        if (!result.isGood()) {
            broken.add(result.seed());
        }
    }

    boolean isGood() {
        return broken.isEmpty();
    }

    /** For programs. */
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("runs", runs);
        plain.put("ok", isGood());
        plain.put("fileEvents", events);
        plain.put("acknowledged", acknowledged);
        plain.put("retirement", retirements.plain());
        plain.put("brokenSeeds", List.copyOf(broken));
        return plain;
    }

    /** For people. */
    String text() {
        return runs + " runs, " + events + " file events, " + acknowledged + " acknowledged changes"
                + (retiring ? ", " + retirements.text() : "") + ": "
                + (isGood() ? "every rule held" : broken.size() + " runs broke a rule");
    }
}
