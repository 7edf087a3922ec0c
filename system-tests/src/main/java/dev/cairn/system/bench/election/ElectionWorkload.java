package dev.cairn.system.bench.election;

import dev.cairn.election.fleet.Nights;
import dev.cairn.election.fleet.Nights.Average;
import dev.cairn.election.fleet.Nights.Rules;
import dev.cairn.election.fleet.Weather;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Shares of time with two leaders and with none, for the published idea, grace mode and quorum mode. */
public final class ElectionWorkload implements Workload {
    @Override
    public String summary() {
        return "simulated nights of a fleet: --seeds 60 --hours 8; then the files of an idle fleet: --devices 100";
    }

    @Override
    public Set<String> options() {
        return Set.of("seeds", "hours", "devices");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) {
        int seeds = arguments.number("seeds", 60);
        Duration length = Duration.ofHours(arguments.number("hours", 8));
        boolean right = true;
        for (Map.Entry<String, Weather> row : Nights.fleets().entrySet()) {
            Weather weather = row.getValue().withLength(length);
            for (Rules rules : Rules.values()) {
                Average average = Nights.average(rules, weather, 0, seeds - 1L);
                report.accept(row(row.getKey(), rules, average, seeds));
                right &= rules != Rules.QUORUM || weather.confirms() > 0 || average.runsWithTwo() == 0;
            }
        }
        idle(arguments.number("devices", 100), report);
        return right;
    }

    private static Row row(String fleet, Rules rules, Average average, int seeds) {
        return Row.of("election")
                .with("fleet", fleet)
                .with("rules", rules.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .with("twoLeadersPercent", rounded(100 * average.twoLeaders()))
                .with("runsWithTwo", average.runsWithTwo())
                .with("runs", seeds)
                .with("noLeaderPercent", rounded(100 * average.noLeader()))
                .with("conflictCopies", rounded(average.conflictCopies()))
                .with("elections", rounded(average.elections()));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static void idle(int devices, Consumer<Row> report) {
        Nights.Idle idle = Nights.idle(devices);
        report.accept(Row.of("election")
                .with("fleet", "idle, " + devices + " devices")
                .with("filesPerDay", idle.files())
                .with("filesPerDeviceAndDay", idle.files() / devices)
                .with("bytesPerDayAtLeast", idle.bytes()));
    }
}
