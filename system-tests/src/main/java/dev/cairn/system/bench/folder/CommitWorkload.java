package dev.cairn.system.bench.folder;

import dev.cairn.replica.Space;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Growth;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Commits small durable changes from many threads at once: how well one write to the disk is shared. */
public final class CommitWorkload implements Workload {
    @Override
    public String summary() {
        return "--changes 1000,10000,100000: durable commits from 64 threads";
    }

    @Override
    public Set<String> options() {
        return Set.of("changes");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        long[] sizes = arguments.numbers("changes", "1000,10000,100000");
        Growth growth = new Growth(sizes.length);
        for (long size : sizes) {
            try (Workspace workspace = new Workspace()) {
                BusyFolder busy = new BusyFolder(workspace, "folder");
                try (Space space =
                        Space.create(busy.folder(), BusyFolder.options(workspace.directory("state"), "device"))) {
                    long start = System.nanoTime();
                    busy.work(List.of(space), size, 1);
                    double seconds = (System.nanoTime() - start) / 1e9;
                    growth.add((double) size, seconds);
                    report.accept(Row.of("commit")
                            .with("changes", size)
                            .with("seconds", Statistics.round(seconds))
                            .with("commitsPerSecond", Math.round(size / seconds))
                            .with("folderFiles", Workspace.files(busy.folder()))
                            .with(
                                    "folderBytesPerChange",
                                    Statistics.round((double) Workspace.bytes(busy.folder()) / size)));
                }
            }
        }
        growth.row("commit").ifPresent(report);
        return true;
    }
}
