package dev.cairn.system.bench.election;

import dev.cairn.election.fleet.FleetRun;
import dev.cairn.election.fleet.Outcome;
import dev.cairn.election.fleet.Weather;
import dev.cairn.election.protocol.Mode;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Workload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Shares of time with two leaders and with none, for the published idea, grace mode and quorum mode. */
public final class ElectionWorkload implements Workload {
    /** Bytes of a lock file on the disk: 1 KiB of payload, envelope and tag. */
    private static final long LOCK_BYTES = 1_224;

    private static final Map<String, Weather> ROWS = new LinkedHashMap<>();

    static {
        Weather three = Weather.fair(3);
        ROWS.put("3 devices, always on, delay 5-40 s", three);
        ROWS.put("asleep 15 %, clocks 20 min wrong", three.withSleep(0.15, Duration.ofMinutes(20)));
        ROWS.put(
                "links down 20 %, half of the prompts confirmed",
                three.withLinkDown(0.2).withConfirms(0.5));
        ROWS.put("links down 20 %", three.withLinkDown(0.2));
        ROWS.put("5 devices, links down 20 %", Weather.fair(5).withLinkDown(0.2));
        ROWS.put("delay 60-400 s", three.withDelay(Duration.ofSeconds(60), Duration.ofSeconds(400)));
    }

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
        for (Map.Entry<String, Weather> row : ROWS.entrySet()) {
            Weather weather = row.getValue().withLength(length);
            for (String rules : new String[] {"published idea", "grace", "quorum"}) {
                double two = measure(row.getKey(), rules, weather, seeds, report);
                right &= !rules.equals("quorum") || weather.confirms() > 0 || two == 0;
            }
        }
        idle(arguments.number("devices", 100), report);
        return right;
    }

    private static Outcome run(String rules, Weather weather, long seed) {
        Random random = new Random(seed * 31 + 7);
        return switch (rules) {
            case "grace" -> FleetRun.cairn(Mode.GRACE, weather, random);
            case "quorum" -> FleetRun.cairn(Mode.QUORUM, weather, random);
            default -> FleetRun.publishedIdea(weather, random);
        };
    }

    private static double measure(String name, String rules, Weather weather, int seeds, Consumer<Row> report) {
        double two = 0;
        double none = 0;
        double conflicts = 0;
        double elections = 0;
        int runsWithTwo = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Outcome outcome = run(rules, weather, seed);
            two += outcome.twoLeaders();
            none += outcome.noLeader();
            conflicts += outcome.conflictCopies();
            elections += outcome.elections();
            runsWithTwo += outcome.twoLeaders() > 0 ? 1 : 0;
        }
        report.accept(Row.of("election")
                .with("fleet", name)
                .with("rules", rules)
                .with("twoLeadersPercent", rounded(100 * two / seeds))
                .with("runsWithTwo", runsWithTwo)
                .with("runs", seeds)
                .with("noLeaderPercent", rounded(100 * none / seeds))
                .with("conflictCopies", rounded(conflicts / seeds))
                .with("elections", rounded(elections / seeds)));
        return two;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** A quarter of an hour of an idle fleet, for a day. */
    private static void idle(int devices, Consumer<Row> report) {
        Outcome outcome =
                FleetRun.cairn(Mode.AUTO, Weather.fair(devices).withLength(Duration.ofMinutes(15)), new Random(7));
        long files = outcome.files() * 96;
        report.accept(Row.of("election")
                .with("fleet", "idle, " + devices + " devices")
                .with("filesPerDay", files)
                .with("filesPerDeviceAndDay", files / devices)
                .with("bytesPerDayAtLeast", files * LOCK_BYTES));
    }
}
