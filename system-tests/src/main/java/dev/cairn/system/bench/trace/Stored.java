package dev.cairn.system.bench.trace;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.view.Node;
import dev.cairn.system.bench.journal.Archive;
import dev.cairn.system.bench.journal.Run;
import dev.cairn.system.bench.report.Memory;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Timing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Histories as changes, and everything that is measured of them once they are made: bytes, opening, memory. */
final class Stored {
    private final List<List<LocalChange>> histories;
    private final List<List<Run>> runs = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();
    private final List<EngineCheckpoint> checkpoints = new ArrayList<>();

    /**
     * Stores each history.
     *
     * @throws IllegalArgumentException if a change is invalid, or too large to be stored
     */
    Stored(List<List<LocalChange>> histories) {
        this.histories = histories;
        for (List<LocalChange> changes : histories) {
            runs.add(Run.cut(changes, Integer.MAX_VALUE));
            archives.add(Archive.seal(changes));
            DocumentSet set = integrated(runs.size() - 1);
            if (!set.invalid().isEmpty()) {
                throw new IllegalArgumentException(
                        set.invalid().size() + " edits are outside of the text at their version, the first one: "
                                + set.invalid().get(0));
            }
            checkpoints.add(set.checkpoint());
        }
    }

    private DocumentSet integrated(int history) {
        return integrated(runs.get(history));
    }

    private static DocumentSet integrated(List<? extends dev.cairn.crdt.ChangeRun> runs) {
        DocumentSet set = DocumentSet.create();
        Integration outcome = set.integrate(runs);
        if (!outcome.refused().isEmpty() || !outcome.waiting().isEmpty()) {
            throw new IllegalStateException("not everything applies: " + outcome.refused() + outcome.waiting());
        }
        return set;
    }

    static String text(DocumentSet set) {
        return set.document(HistoryEncoder.DOCUMENT)
                .at(HistoryEncoder.TEXT)
                .map(Node::toString)
                .orElse("");
    }

    /** The texts after everything was integrated from decoded runs. */
    List<String> merged() {
        return forEach(i -> text(integrated(i)));
    }

    /** The texts after reading every file: decryption and verification included. */
    List<String> opened() {
        return forEach(i -> text(integrated(archives.get(i).open())));
    }

    /** The texts of the checkpoints; the history is not touched. */
    List<String> fromCheckpoints() {
        return forEach(i -> text(fromCheckpoint(i)));
    }

    private DocumentSet fromCheckpoint(int history) {
        EngineCheckpoint base = checkpoints.get(history);
        return DocumentSet.open(
                base, name -> base.changedSnapshots().getOrDefault(name, ByteBuffer.allocate(0)), () -> {
                    throw new IllegalStateException("a checkpoint is enough to show a text");
                });
    }

    private interface TextOf {
        String history(int index);
    }

    private List<String> forEach(TextOf text) {
        List<String> texts = new ArrayList<>(histories.size());
        for (int i = 0; i < histories.size(); i++) {
            texts.add(text.history(i));
        }
        return texts;
    }

    long changes() {
        return histories.stream().mapToLong(List::size).sum();
    }

    /** Adds what was measured of the stored form, and of the memory of the engine after making what is given. */
    Row describe(Row row, long edits, int runs, Supplier<?> live) {
        Timing open = Timing.ofMuchCode(runs, this::opened);
        Timing checkpoint = Timing.of(runs, this::fromCheckpoints);
        Memory memory = Memory.of(live);
        long encoded = archives.stream().mapToLong(Archive::encodedBytes).sum();
        long fileBytes = archives.stream().mapToLong(Archive::fileBytes).sum();
        return row.with("historyBytes", encoded)
                .with("historyBytesPerEdit", Statistics.round((double) encoded / Math.max(1, edits)))
                .with("fileBytes", fileBytes)
                .with("fileBytesPerEdit", Statistics.round((double) fileBytes / Math.max(1, edits)))
                .with("files", archives.stream().mapToInt(Archive::files).sum())
                .with("openHistoryMillis", millis(open.median()))
                .with("openHistoryCpuMillis", millis(open.cpu()))
                .with("openHistoryFirstMillis", millis(open.first()))
                .with("checkpointBytes", checkpointBytes())
                .with("openCheckpointMillis", millis(checkpoint.median()))
                .with("openCheckpointFirstMillis", millis(checkpoint.first()))
                .with("retainedHeapBytes", memory.retained())
                .with("peakHeapBytes", memory.peak());
    }

    private long checkpointBytes() {
        return checkpoints.stream()
                .flatMap(each -> each.changedSnapshots().values().stream())
                .mapToLong(ByteBuffer::remaining)
                .sum();
    }

    /** All texts integrated, as what is to be kept in memory. */
    List<DocumentSet> live() {
        List<DocumentSet> sets = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            DocumentSet set = integrated(i);
            text(set);
            sets.add(set);
        }
        return sets;
    }

    static double millis(double seconds) {
        return Statistics.round(seconds * 1e3);
    }
}
