package dev.cairn.cli.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param seed from which it follows
 * @param options and on what
 * @param broken the broken rules
 * @param steps what happened to devices
 * @param fileEvents what applications asked of their disks and what the tool did to files
 * @param acknowledged changes which users were promised
 * @param retirements how often segments went in favour of a checkpoint
 * @param devices devices at the end, clones included
 * @param fingerprint of the whole timeline
 * @param tail the newest lines of the timeline
 */
public record FleetResult(
        long seed,
        FleetOptions options,
        List<Broken> broken,
        long steps,
        long fileEvents,
        int acknowledged,
        Retirements retirements,
        int devices,
        String fingerprint,
        List<String> tail) {

    /**
     * A broken rule.
     *
     * @param invariant its name
     * @param text what is wrong
     */
    public record Broken(String invariant, String text) {}

    public FleetResult {
        broken = List.copyOf(broken);
        tail = List.copyOf(tail);
    }

    /** Whether every rule held. */
    public boolean isGood() {
        return broken.isEmpty();
    }

    /** The command which runs it again. */
    public String replay() {
        return "cairn simulate --seed " + seed + " " + options.arguments();
    }

    /** For programs. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("seed", seed);
        plain.put("ok", isGood());
        plain.put("devices", devices);
        plain.put("company", options.companyLabels());
        plain.put("steps", steps);
        plain.put("fileEvents", fileEvents);
        plain.put("acknowledged", acknowledged);
        plain.put("retirement", retirements.plain());
        plain.put("fingerprint", fingerprint);
        List<Map<String, Object>> rules = new ArrayList<>();
        broken.forEach(rule -> rules.add(Map.of("invariant", rule.invariant(), "text", rule.text())));
        plain.put("broken", rules);
        plain.put("replay", replay());
        return plain;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder("seed " + seed + ": " + (isGood() ? "ok" : "BROKEN") + ", " + devices
                + " devices" + company() + ", " + acknowledged + " acknowledged changes, " + fileEvents + " file events"
                + (options.retiring() ? ", " + retirements.text() : ""));
        if (!isGood()) {
            broken.forEach(rule ->
                    text.append("\n  ").append(rule.invariant()).append(": ").append(rule.text()));
            text.append("\n  replay: ").append(replay());
        }
        return text.toString();
    }

    private String company() {
        List<String> labels = options.companyLabels();
        return labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")";
    }
}
