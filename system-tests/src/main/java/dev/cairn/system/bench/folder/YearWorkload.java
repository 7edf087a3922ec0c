package dev.cairn.system.bench.folder;

import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A year of a fleet which works every day, in virtual time, while one device compacts of its own accord: how many files
 * and bytes there are in the folder and in a device's own store.
 *
 * <p>The bound which is checked at the end of every day: files in the folder are at most {@link #BOUND} times devices
 * times the logarithm of the number of changes.
 */
public final class YearWorkload implements Workload {
    /** Files for each device and each doubling of the history. */
    static final double BOUND = 4;

    private static final int ROUNDS_A_DAY = 4;
    private static final int DAYS_A_ROW = 7;

    /** A clock which all devices of the fleet share. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** What there is at the end of a day. */
    record Day(int number, long changes, long files, long folderBytes, long storeBytes, double filesOfBound) {}

    @Override
    public String summary() {
        return "--devices 4 --days 365 --edits 40 [--svg FILE] [--csv FILE]: files and bytes of a fleet that compacts";
    }

    @Override
    public Set<String> options() {
        return Set.of("devices", "days", "edits", "svg", "csv");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        int devices = arguments.number("devices", 4);
        int days = arguments.number("days", 365);
        int edits = arguments.number("edits", 40);
        List<Day> year;
        try (Workspace workspace = new Workspace()) {
            year = new Year(workspace, devices, edits).live(days);
        }
        year.stream()
                .filter(day -> day.number() % DAYS_A_ROW == 0 || day.number() == days)
                .forEach(day -> report.accept(row(day, devices)));
        YearPlot plot = new YearPlot(year, devices, edits);
        if (arguments.text("svg").isPresent()) {
            Files.writeString(Path.of(arguments.text("svg").get()), plot.svg());
        }
        if (arguments.text("csv").isPresent()) {
            Files.writeString(Path.of(arguments.text("csv").get()), plot.csv());
        }
        double worst = year.stream().mapToDouble(Day::filesOfBound).max().orElse(0);
        report.accept(Row.of("year")
                .with("worstFilesPerDeviceAndDoubling", Statistics.round(worst))
                .with("bound", BOUND)
                .with("within", worst <= BOUND));
        return worst <= BOUND;
    }

    private static Row row(Day day, int devices) {
        return Row.of("year")
                .with("day", day.number())
                .with("devices", devices)
                .with("changes", day.changes())
                .with("files", day.files())
                .with("folderBytes", day.folderBytes())
                .with("storeBytes", day.storeBytes())
                .with("filesPerDeviceAndDoubling", Statistics.round(day.filesOfBound()));
    }

    /** The fleet. */
    private static final class Year {
        private final SetClock clock = new SetClock();
        private final Path folder;
        private final List<Path> states = new ArrayList<>();
        private final List<Space> spaces = new ArrayList<>();
        private final int edits;
        private final SplittableRandom random = new SplittableRandom(1);

        Year(Workspace workspace, int devices, int edits) throws IOException {
            this.folder = workspace.directory("folder");
            this.edits = edits;
            for (int i = 0; i < devices; i++) {
                states.add(workspace.directory("state-" + i));
            }
        }

        private SpaceOptions options(int device) {
            return SpaceOptions.inState(states.get(device)).toBuilder()
                    .deviceName("device-" + device)
                    .clock(clock)
                    .executor(Runnable::run)
                    .build();
        }

        List<Day> live(int days) throws IOException {
            spaces.add(Space.create(folder, options(0)));
            try {
                for (int i = 1; i < states.size(); i++) {
                    String code = spaces.get(0).invite(InviteOptions.writer()).code();
                    spaces.get(0).flush();
                    JoinResult result = Space.join(folder, code, options(i));
                    spaces.add(((JoinResult.Joined) result).space());
                }
                List<Day> year = new ArrayList<>();
                for (int day = 1; day <= days; day++) {
                    day();
                    year.add(measured(day));
                }
                return year;
            } finally {
                spaces.forEach(Space::close);
            }
        }

        private void day() {
            Compactor compactor = new Compactor(spaces.get(0), () -> true);
            for (int round = 0; round < ROUNDS_A_DAY; round++) {
                for (Space space : spaces) {
                    space.refresh();
                    for (int i = 0; i < edits / ROUNDS_A_DAY; i++) {
                        edit(space);
                    }
                    space.flush();
                    clock.now = clock.now.plus(Duration.ofMinutes(2));
                    space.duties();
                }
                compactor.tend(false);
                clock.now = clock.now.plus(Duration.ofHours(3));
            }
            clock.now = clock.now.plus(Duration.ofHours(12)).minus(Duration.ofMinutes(8L * spaces.size()));
        }

        private void edit(Space space) {
            String document = "notes-" + random.nextInt(40);
            int kind = random.nextInt(10);
            space.commit(tx -> {
                if (kind < 7) {
                    tx.on(document).text("body").append(Integer.toString(random.nextInt(100_000), 36) + " ");
                } else {
                    tx.on(document).map().put("field-" + random.nextInt(20), random.nextInt(1_000_000));
                }
            });
        }

        private Day measured(int day) throws IOException {
            long changes = spaces.get(0).status().changes();
            long files = Workspace.files(folder);
            double doublings = Math.max(1, Math.log((double) changes) / Math.log(2));
            return new Day(
                    day,
                    changes,
                    files,
                    Workspace.bytes(folder),
                    Workspace.bytes(states.get(0)),
                    (double) files / (spaces.size() * doublings));
        }
    }
}
