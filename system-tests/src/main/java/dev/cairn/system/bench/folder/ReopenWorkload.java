package dev.cairn.system.bench.folder;

import dev.cairn.replica.Space;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Growth;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Opens a space again with its local state, and shows one document: the cost must not depend on the history. */
public final class ReopenWorkload implements Workload {
    @Override
    public String summary() {
        return "--changes 1000,10000,100000 --repeat 7: open with local state, one document shown";
    }

    @Override
    public Set<String> options() {
        return Set.of("changes", "repeat");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        long[] sizes = arguments.numbers("changes", "1000,10000,100000");
        int repeat = arguments.number("repeat", 7);
        Growth growth = new Growth(sizes.length);
        for (long size : sizes) {
            try (Workspace workspace = new Workspace()) {
                growth.add((double) size, measure(workspace, size, repeat, report));
            }
        }
        growth.row("reopen").ifPresent(report);
        return true;
    }

    private static double measure(Workspace workspace, long changes, int repeat, Consumer<Row> report)
            throws IOException, InterruptedException {
        BusyFolder busy = new BusyFolder(workspace, "folder");
        Path state = workspace.directory("state");
        try (Space space = Space.create(busy.folder(), BusyFolder.options(state, "device"))) {
            busy.work(List.of(space), changes, 1);
        }
        double[] open = new double[repeat];
        double[] shown = new double[repeat];
        for (int i = 0; i < repeat; i++) {
            long start = System.nanoTime();
            try (Space space = Space.open(busy.folder(), BusyFolder.options(state, "device"))) {
                open[i] = (System.nanoTime() - start) / 1e6;
                space.document("notes-1").toPlain();
                shown[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        report.accept(Row.of("reopen")
                .with("changes", changes)
                .with("repeat", repeat)
                .with("openMillis", Statistics.round(Statistics.median(open)))
                .with("firstOpenMillis", Statistics.round(open[0]))
                .with("documentShownMillis", Statistics.round(Statistics.median(shown))));
        return Statistics.median(shown);
    }
}
