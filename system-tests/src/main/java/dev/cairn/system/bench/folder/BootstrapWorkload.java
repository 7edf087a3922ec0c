package dev.cairn.system.bench.folder;

import dev.cairn.format.Bytes;
import dev.cairn.replica.Compaction;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Growth;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The first open of a new device: by replaying segments, from a checkpoint alone which another device has confirmed,
 * and from one that nobody has; the same changes, checked to come to the same state. They take turns, so that none
 * finds a warmer machine.
 */
public final class BootstrapWorkload implements Workload {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How often each way is gone first without being counted, until the compiler is done with most of it. */
    private static final int WARM_UP = 8;

    /** What one way of opening cost, run by run. */
    private record Cost(List<Double> seconds, List<Double> processorSeconds) {
        Cost() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        double median() {
            return Statistics.median(values(seconds));
        }

        double medianProcessor() {
            return Statistics.median(values(processorSeconds));
        }

        private static double[] values(List<Double> list) {
            return list.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** A folder with what is in it. */
    private record Copy(Path folder, long files, long bytes) {
        static Copy of(Path folder) throws IOException {
            return new Copy(folder, Workspace.files(folder), Workspace.bytes(folder));
        }
    }

    @Override
    public String summary() {
        return "--changes 1000,10000,100000 --devices 5 --repeat 5: a new device, from a checkpoint and from segments";
    }

    @Override
    public Set<String> options() {
        return Set.of("changes", "devices", "repeat");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        long[] sizes = arguments.numbers("changes", "1000,10000,100000");
        int devices = Math.max(2, arguments.number("devices", 5));
        int repeat = arguments.number("repeat", 5);
        Growth growth = new Growth(sizes.length);
        boolean equal = true;
        for (long size : sizes) {
            try (Workspace workspace = new Workspace()) {
                equal &= measure(workspace, size, devices, repeat, report, growth);
            }
        }
        growth.row("bootstrap").ifPresent(report);
        return equal;
    }

    private static boolean measure(
            Workspace workspace, long changes, int devices, int repeat, Consumer<Row> report, Growth growth)
            throws IOException, InterruptedException {
        BusyFolder busy = new BusyFolder(workspace, "folder");
        Path reader;
        String expected;
        Copy segments;
        Compaction.Made made;
        try (Space owner =
                Space.create(busy.folder(), BusyFolder.options(workspace.directory("state-0"), "device-0"))) {
            reader = busy.reader(owner, "reader");
            expected = fill(workspace, busy, owner, changes, devices);
            segments = Copy.of(workspace.copy(busy.folder(), "segments"));
            made = owner.compaction().checkpoint((done, total) -> {});
        }
        Copy unconfirmed = Copy.of(withoutSegments(workspace.copy(busy.folder(), "unconfirmed")));
        boolean confirmed = confirm(workspace, busy, made.digest());
        Copy checkpoint = Copy.of(withoutSegments(workspace.copy(busy.folder(), "checkpoint")));
        Cost replay = new Cost();
        Cost adopt = new Cost();
        Cost make = new Cost();
        boolean equal = true;
        for (int i = -WARM_UP; i < repeat; i++) {
            boolean counts = i >= 0;
            equal &= open(workspace, segments.folder(), reader, "replay-" + i, counts ? replay : new Cost())
                    .equals(expected);
            equal &= open(workspace, checkpoint.folder(), reader, "adopt-" + i, counts ? adopt : new Cost())
                    .equals(expected);
            equal &= open(workspace, unconfirmed.folder(), reader, "make-" + i, counts ? make : new Cost())
                    .equals(expected);
        }
        growth.add((double) changes, adopt.median());
        report.accept(Row.of("bootstrap")
                .with("changes", changes)
                .with("devices", devices)
                .with("repeat", repeat)
                .with("statesEqual", equal)
                .with("confirmed", confirmed)
                .with("segmentFiles", segments.files())
                .with("segmentBytes", segments.bytes())
                .with("checkpointFiles", checkpoint.files())
                .with("checkpointBytes", checkpoint.bytes())
                .with("imageBytes", made.imageBytes())
                .with("replaySeconds", Statistics.round(replay.median()))
                .with("checkpointSeconds", Statistics.round(adopt.median()))
                .with("unconfirmedSeconds", Statistics.round(make.median()))
                .with("replayProcessorSeconds", Statistics.round(replay.medianProcessor()))
                .with("checkpointProcessorSeconds", Statistics.round(adopt.medianProcessor()))
                .with("unconfirmedProcessorSeconds", Statistics.round(make.medianProcessor()))
                .with("ratio", Statistics.round(replay.median() / adopt.median()))
                .with("processorRatio", Statistics.round(replay.medianProcessor() / adopt.medianProcessor()))
                .with(
                        "unconfirmedProcessorRatio",
                        Statistics.round(replay.medianProcessor() / make.medianProcessor())));
        return equal && confirmed;
    }

    private static String fill(Workspace workspace, BusyFolder busy, Space owner, long changes, int devices)
            throws IOException, InterruptedException {
        List<Space> all = new ArrayList<>(List.of(owner));
        try {
            for (int i = 1; i < devices; i++) {
                all.add(busy.join(owner, workspace.directory("state-" + i), "device-" + i));
            }
            busy.work(all, changes, 1);
            all.forEach(Space::flush);
            all.forEach(Space::refresh);
            return owner.stateHash();
        } finally {
            all.stream().skip(1).forEach(Space::close);
        }
    }

    /**
     * No segment is withdrawn before another device has read the checkpoint and said in its head that it is sound. It
     * says so an hour later: a head of a minute ago is not written anew for that alone.
     *
     * @return whether the maker has read that the other device says so
     */
    private static boolean confirm(Workspace workspace, BusyFolder busy, Bytes checkpoint) throws IOException {
        SpaceOptions later = BusyFolder.options(workspace.directory("state-1"), "device-1").toBuilder()
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))
                .build();
        try (Space other = Space.open(busy.folder(), later)) {
            other.refresh();
        }
        try (Space maker = Space.open(busy.folder(), BusyFolder.options(workspace.directory("state-0"), "device-0"))) {
            maker.refresh();
            return maker.compaction().status().checkpoints().stream()
                    .anyMatch(known -> known.digest().equals(checkpoint) && known.relied());
        }
    }

    /** The folder as it is when all segments have been withdrawn. */
    private static Path withoutSegments(Path folder) throws IOException {
        for (Path file : Workspace.tree(folder)) {
            if (Files.isRegularFile(file) && file.toString().contains("/changes/")) {
                Files.delete(file);
            }
        }
        return folder;
    }

    /** Opens a folder with a state that has read nothing, and shows all documents; returns the state's hash. */
    private static String open(Workspace workspace, Path folder, Path reader, String name, Cost cost)
            throws IOException {
        Path state = workspace.copy(reader, name);
        Path own = workspace.copy(folder, name + "-folder"); // where it leaves a head
        long processor = processorNanos();
        long start = System.nanoTime();
        try (Space space = Space.open(own, BusyFolder.options(state, "reader"))) {
            space.refresh();
            space.documents().forEach(document -> space.document(document).toPlain());
            cost.seconds().add((System.nanoTime() - start) / 1e9);
            cost.processorSeconds().add((processorNanos() - processor) / 1e9);
            return space.stateHash();
        }
    }

    /**
     * What the program's threads have worked, without the compiler and the collector. The clock of the whole process
     * counts in hundredths of a second, which is a quarter of what there is to measure.
     */
    private static long processorNanos() {
        long sum = 0;
        for (long thread : THREADS.getAllThreadIds()) {
            sum += Math.max(0, THREADS.getThreadCpuTime(thread));
        }
        return sum;
    }
}
