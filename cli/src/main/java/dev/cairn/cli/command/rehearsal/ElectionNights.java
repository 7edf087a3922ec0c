package dev.cairn.cli.command.rehearsal;

import dev.cairn.cli.command.Table;
import dev.cairn.cli.shell.Output;
import dev.cairn.election.fleet.Nights;
import dev.cairn.election.fleet.Nights.Average;
import dev.cairn.election.fleet.Nights.Rules;
import dev.cairn.election.fleet.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of {@code cairn simulate --election}: nights of fleets by the rules of the election, and by the idea they
 * come from.
 */
final class ElectionNights {
    private final long first;
    private final long last;
    private final Duration length;
    private final int idleDevices;
    private final List<Map<String, Object>> plain = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private boolean right = true;

    ElectionNights(long first, long last, Duration length, int idleDevices) {
        this.first = first;
        this.last = last;
        this.length = length;
        this.idleDevices = idleDevices;
    }

    /** Plays them all and prints what came of it; tells whether no quorum had two leaders without a user's word. */
    boolean play(Output output) {
        rows.add(List.of("FLEET", "RULES", "TWO LEADERS", "NONE", "CONFLICT COPIES", "ELECTIONS"));
        Nights.fleets().forEach((name, weather) -> {
            for (Rules rules : Rules.values()) {
                add(name, rules, weather.withLength(length));
            }
        });
        Nights.Idle idle = Nights.idle(idleDevices);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ok", right);
        result.put("nights", last - first + 1);
        result.put("hours", length.toMinutes() / 60.0);
        result.put("rows", plain);
        result.put("idleDevices", idleDevices);
        result.put("idleFilesPerDay", idle.files());
        result.put("idleBytesPerDay", idle.bytes());
        output.result(() -> result, () -> text(idle));
        return right;
    }

    private void add(String fleet, Rules rules, Weather weather) {
        Average average = Nights.average(rules, weather, first, last);
        right &= rules != Rules.QUORUM || weather.confirms() > 0 || average.runsWithTwo() == 0;
        String by = rules.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fleet", fleet);
        row.put("rules", by);
        row.put("twoLeadersPercent", 100 * average.twoLeaders());
        row.put("nightsWithTwo", average.runsWithTwo());
        row.put("noLeaderPercent", 100 * average.noLeader());
        row.put("conflictCopiesPerNight", average.conflictCopies());
        row.put("electionsPerNight", average.elections());
        plain.add(row);
        rows.add(List.of(
                fleet,
                by,
                percent(average.twoLeaders()),
                percent(average.noLeader()),
                String.format(Locale.ROOT, "%.2f", average.conflictCopies()),
                String.format(Locale.ROOT, "%.1f", average.elections())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private String text(Nights.Idle idle) {
        List<String> lines = new ArrayList<>(Table.align(rows));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d nights of %.1f hours. An idle fleet of %d writes %,d files a day, of %,d bytes at least.",
                last - first + 1,
                length.toMinutes() / 60.0,
                idleDevices,
                idle.files(),
                idle.bytes()));
        return String.join("\n", lines);
    }
}
