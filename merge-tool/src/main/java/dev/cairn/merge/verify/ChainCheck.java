package dev.cairn.merge.verify;

import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.merge.verify.VerifyReport.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the changes of every writer are there from the first to the last that anybody tells of, and fit together.
 *
 * <p>A chain hash stands for all changes before it, so two runs agree on all they share if they agree where they meet.
 */
final class ChainCheck {
    private final Map<WriterId, List<RunSummary>> runs = new TreeMap<>();
    private final Map<WriterId, List<CutPoint>> covered = new HashMap<>();
    private final Map<WriterId, Long> toldOf = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long changes;

    void add(RunSummary run) {
        runs.computeIfAbsent(run.writer(), writer -> new ArrayList<>()).add(run);
        run.parents().forEach(this::tell);
    }

    /** A checkpoint that is whole holds a writer's changes up to here. */
    void cover(CutPoint point) {
        covered.computeIfAbsent(point.writer(), writer -> new ArrayList<>()).add(point);
    }

    /** Somebody signed that a writer has made this change. */
    void tell(WriterId writer, long seq) {
        toldOf.merge(writer, seq, Math::max);
    }

    List<Finding> run() {
        runs.forEach(this::chain);
        covered.keySet().stream()
                .filter(writer -> !runs.containsKey(writer))
                .forEach(writer -> chain(writer, List.of()));
        toldOf.forEach((writer, seq) -> {
            if (!runs.containsKey(writer) && !covered.containsKey(writer) && seq > 0) {
                missing(writer, 1, seq);
            }
        });
        return findings;
    }

    /** Changes that are there, each counted once. */
    long changes() {
        return changes;
    }

    /** Writers of whom there is at least one change, in a segment, a head or a checkpoint. */
    int writers() {
        Set<WriterId> writers = new HashSet<>(runs.keySet());
        writers.addAll(covered.keySet());
        return writers.size();
    }

    private void chain(WriterId writer, List<RunSummary> all) {
        List<RunSummary> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(RunSummary::first).thenComparingLong(RunSummary::last));
        long end = covered.getOrDefault(writer, List.of()).stream()
                .mapToLong(CutPoint::seq)
                .max()
                .orElse(0);
        changes += end;
        for (CutPoint point : covered.getOrDefault(writer, List.of())) {
            sorted.stream()
                    .filter(run -> run.first() - 1 <= point.seq() && point.seq() <= run.last())
                    .filter(run -> run.hash(point.seq()) != point.hash8())
                    .findFirst()
                    .ifPresent(run -> fork(writer, point.seq()));
        }
        RunSummary longest = null;
        for (RunSummary run : sorted) {
            if (run.first() > end + 1) {
                missing(writer, end + 1, run.first() - 1);
            }
            if (longest != null) {
                meet(longest, run);
            }
            changes += Math.max(0, run.last() - Math.max(end, run.first() - 1));
            end = Math.max(end, run.last());
            longest = longest == null || run.last() > longest.last() ? run : longest;
        }
        long told = toldOf.getOrDefault(writer, 0L);
        if (told > end) {
            missing(writer, end + 1, told);
        }
    }

    private void meet(RunSummary longest, RunSummary run) {
        long point = Math.min(longest.last(), run.last());
        if (point >= run.first() - 1 && longest.hash(point) != run.hash(point)) {
            fork(run.writer(), point);
        }
    }

    private void missing(WriterId writer, long from, long to) {
        findings.add(Finding.fault(
                "gap",
                FileName.DEVICES + "/" + writer,
                (from == to ? "change " + from + " is" : "changes " + from + " to " + to + " are")
                        + " not there: let the device that made them, or one that has them, synchronise"));
    }

    private void fork(WriterId writer, long seq) {
        findings.add(Finding.fault(
                "fork",
                FileName.DEVICES + "/" + writer,
                "there are two histories up to change " + seq
                        + ": the device was copied or restored from a backup; both are kept"));
    }
}
