package dev.cairn.system.bench;

import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Opens a space again with its local state, and shows one document: the cost must not depend on the history. */
final class ReopenWorkload implements Workload {
    @Override
    public String summary() {
        return "--changes 1000,10000,100000 --repeat 7: open with local state, one document shown";
    }

    @Override
    public void run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        long[] sizes = arguments.numbers("changes", "1000,10000,100000");
        int repeat = arguments.number("repeat", 7);
        Growth growth = new Growth(sizes.length);
        for (long size : sizes) {
            try (Workspace workspace = new Workspace()) {
                growth.add((double) size, measure(workspace, size, repeat, report));
            }
        }
        growth.row("reopen").ifPresent(report);
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
