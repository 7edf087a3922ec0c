package dev.cairn.system.bench.folder;

import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** From a commit on one device to the listener on another, over a plain shared folder with native events. */
public final class LatencyWorkload implements Workload {
    /** Seconds after which an arrival counts as lost. */
    private static final int PATIENCE_SECONDS = 30;

    @Override
    public String summary() {
        return "--commits 50,100,200: commit and publish on one device -> listener on the other";
    }

    @Override
    public Set<String> options() {
        return Set.of("commits");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException, InterruptedException {
        for (long commits : arguments.numbers("commits", "50,100,200")) {
            try (Workspace workspace = new Workspace()) {
                BusyFolder busy = new BusyFolder(workspace, "folder");
                try (Space writer = Space.create(
                                busy.folder(), BusyFolder.options(workspace.directory("state-a"), "writer"));
                        Space reader = busy.join(writer, workspace.directory("state-b"), "reader")) {
                    report.accept(measure(writer, reader, Math.toIntExact(commits)));
                }
            }
        }
        return true;
    }

    private static Row measure(Space writer, Space reader, int commits) throws InterruptedException {
        LinkedBlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        double[] whole = new double[commits];
        double[] arrival = new double[commits];
        try (Subscription s = reader.onChange(event -> heard.add(System.nanoTime()));
                Watching w = FolderWatcher.keepFresh(reader)) {
            for (int i = 0; i < commits; i++) {
                int value = i;
                heard.clear();
                long start = System.nanoTime();
                writer.commit(tx -> tx.on("latency").map().put("n", value));
                writer.flush();
                long published = System.nanoTime();
                Long end = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (end == null) {
                    throw new IllegalStateException("change " + i + " did not arrive in " + PATIENCE_SECONDS + " s");
                }
                whole[i] = (end - start) / 1e6;
                arrival[i] = Math.max(0, end - published) / 1e6;
            }
        }
        return Row.of("latency")
                .with("commits", commits)
                .with("commitToListenerP50Millis", Statistics.round(Statistics.percentile(50, whole)))
                .with("commitToListenerP99Millis", Statistics.round(Statistics.percentile(99, whole)))
                .with("arrivalToListenerP50Millis", Statistics.round(Statistics.percentile(50, arrival)))
                .with("arrivalToListenerP99Millis", Statistics.round(Statistics.percentile(99, arrival)));
    }
}
