package dev.cairn.system.bench.folder;

import dev.cairn.replica.Space;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Growth;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Opens a real folder on a device that has its keys and nothing else: list, read, verify, decrypt, decode, store and
 * apply every change, then show every document.
 */
public final class RebuildWorkload implements Workload {
    @Override
    public String summary() {
        return "--changes 1000,10000,100000 --devices 10 --repeat 5: a cold open of a folder";
    }

    @Override
    public Set<String> options() {
        return Set.of("changes", "devices", "repeat");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        long[] sizes = arguments.numbers("changes", "1000,10000,100000");
        int devices = arguments.number("devices", 10);
        int repeat = arguments.number("repeat", 5);
        Growth growth = new Growth(sizes.length);
        for (long size : sizes) {
            try (Workspace workspace = new Workspace()) {
                double seconds = measure(workspace, size, devices, repeat, report);
                growth.add((double) size, seconds);
            }
        }
        growth.row("rebuild").ifPresent(report);
        return true;
    }

    private static double measure(Workspace workspace, long changes, int devices, int repeat, Consumer<Row> report)
            throws IOException, InterruptedException {
        BusyFolder busy = new BusyFolder(workspace, "folder");
        Path reader;
        String expected;
        try (Space owner =
                Space.create(busy.folder(), BusyFolder.options(workspace.directory("state-0"), "device-0"))) {
            reader = busy.reader(owner, "reader");
            expected = fill(workspace, busy, owner, changes, devices);
        }
        double[] seconds = new double[repeat];
        double[] withDocuments = new double[repeat];
        for (int i = 0; i < repeat; i++) {
            Path folder = workspace.copy(busy.folder(), "folder-" + i);
            Path state = workspace.copy(reader, "reader-" + i);
            long start = System.nanoTime();
            try (Space space = Space.open(folder, BusyFolder.options(state, "reader"))) {
                space.refresh();
                seconds[i] = (System.nanoTime() - start) / 1e9;
                space.documents().forEach(name -> space.document(name).toPlain());
                withDocuments[i] = (System.nanoTime() - start) / 1e9;
                if (!space.stateHash().equals(expected)) {
                    throw new IllegalStateException("the rebuilt state differs from the writers': " + space.status());
                }
            }
        }
        double median = Statistics.median(withDocuments);
        report.accept(Row.of("rebuild")
                .with("changes", changes)
                .with("devices", devices)
                .with("files", Workspace.files(busy.folder()))
                .with("bytes", Workspace.bytes(busy.folder()))
                .with("bytesPerChange", Statistics.round((double) Workspace.bytes(busy.folder()) / changes))
                .with("repeat", repeat)
                .with("seconds", Statistics.round(median))
                .with("secondsWithoutDocuments", Statistics.round(Statistics.median(seconds)))
                .with("secondsFirst", Statistics.round(withDocuments[0]))
                .with("changesPerSecond", Math.round(changes / median)));
        return median;
    }

    private static String fill(Workspace workspace, BusyFolder busy, Space owner, long changes, int devices)
            throws IOException, InterruptedException {
        List<Space> all = new ArrayList<>();
        all.add(owner);
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
}
