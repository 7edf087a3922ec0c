package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The changes of all lines as they are in the store, and what their authors said of them. */
public final class StoredChanges {
    /** Bytes of changes in a merged row. */
    private static final long ROW_BYTES_MAX = 1 << 20;

    /** Rows which are read from the store at once while all are gone through. */
    private static final int ROWS_AT_ONCE = 64;

    private final LocalStore store;
    private final Lines lines;

    StoredChanges(LocalStore store, Lines lines) {
        this.store = store;
        this.lines = lines;
    }

    /** What a device wrote as that writer after {@code seq}, for each of its lines as runs in order. */
    public List<List<ChangeRun>> linesAfter(WriterId writer, DeviceId device, long seq) {
        return lines.of(writer).stream()
                .filter(line -> line.line().device().equals(device))
                .map(line -> runs(line, seq + 1, Long.MAX_VALUE))
                .filter(runs -> !runs.isEmpty())
                .toList();
    }

    /** A writer's changes after {@code seq} on its own line, as runs in order. */
    public List<ChangeRun> changesAfter(WriterId writer, long seq) {
        return lines.own(writer)
                .map(line -> runs(line, seq + 1, Long.MAX_VALUE))
                .orElse(List.of());
    }

    /**
     * Hands on a writer's changes from {@code first} to {@code last} on its own line, as runs in order. A few are in
     * memory at a time.
     */
    public void eachRun(WriterId writer, long first, long last, Consumer<ChangeRun> each) {
        lines.own(writer).ifPresent(line -> eachRun(line, first, last, each));
    }

    private void eachRun(LineState line, long first, long last, Consumer<ChangeRun> each) {
        long done = first - 1;
        List<StoredRun> rows = store.runs().ofLine(line.line().no(), done, ROWS_AT_ONCE);
        while (!rows.isEmpty()) {
            for (StoredRun stored : rows) {
                if (stored.base().seq() >= last) {
                    return;
                }
                each.accept(part(line, stored, first, last));
                done = stored.last().seq();
            }
            rows = store.runs().ofLine(line.line().no(), done, ROWS_AT_ONCE);
        }
    }

    private static ChangeRun part(LineState line, StoredRun stored, long first, long last) {
        ChangeRun run = Chains.decode(line.line().writer(), stored);
        int from = (int) Math.max(0, first - run.firstSeq());
        int to = (int) Math.min(run.size(), last - run.firstSeq() + 1);
        return run.slice(from, to);
    }

    private List<ChangeRun> runs(LineState line, long first, long last) {
        List<ChangeRun> runs = new ArrayList<>();
        if (first > line.end().seq()) {
            return runs;
        }
        for (StoredRun stored : store.runs().ofLine(line.line().no(), first - 1)) {
            if (stored.base().seq() < last) {
                runs.add(part(line, stored, first, last));
            }
        }
        return runs;
    }

    /** Stores runs of a writer's own line again, many changes to a row; inside a transaction. */
    void merge(List<ChangeRun> runs) {
        ChangeRun first = runs.get(0);
        long last = runs.get(runs.size() - 1).lastSeq();
        LineState line = lines.own(first.writer()).orElseThrow();
        List<StoredRun> rows = store
                .runs()
                .ofLine(line.line().no(), first.before().seq())
                .stream()
                .filter(row ->
                        row.base().seq() >= first.before().seq() && row.last().seq() <= last)
                .toList();
        if (rows.size() < 2) {
            return;
        }
        List<ChangeRun> open = new ArrayList<>();
        long bytes = 0;
        int changes = 0;
        for (StoredRun row : rows) {
            ChangeRun run = Chains.decode(first.writer(), row);
            if ((bytes + run.changeBytes() > ROW_BYTES_MAX || changes + run.size() > Limits.CHANGES_MAX)
                    && !open.isEmpty()) {
                appendMerged(line, open);
                bytes = 0;
                changes = 0;
            }
            open.add(run);
            bytes += run.changeBytes();
            changes += run.size();
            store.runs().remove(row.id());
        }
        appendMerged(line, open);
    }

    private void appendMerged(LineState line, List<ChangeRun> runs) {
        ChangeRun merged = ChangeRun.concat(runs);
        store.runs().append(line.line().no(), merged.before(), merged.after(), RunCodec.encode(merged));
        runs.clear();
    }

    /**
     * Who made each of these changes, and what they said. Reads no more of a line than from the first of them to the
     * last.
     */
    public Map<ChangeId, Note> notes(Set<ChangeId> wanted) {
        Map<ActorId, LongSummaryStatistics> spans = new HashMap<>();
        wanted.forEach(change -> spans.computeIfAbsent(change.actor(), actor -> new LongSummaryStatistics())
                .accept(change.seq()));
        Map<ChangeId, Note> notes = new HashMap<>();
        for (LineState line : lines.all()) {
            LongSummaryStatistics span = spans.get(line.actor());
            if (span != null) {
                long first = line.seqOf(new ChangeId(line.actor(), span.getMin()));
                long last = line.seqOf(new ChangeId(line.actor(), span.getMax()));
                eachRun(line, first, last, run -> note(line, run, wanted, notes));
            }
        }
        return notes;
    }

    private static void note(LineState line, ChangeRun run, Set<ChangeId> wanted, Map<ChangeId, Note> notes) {
        for (int i = 0; i < run.size(); i++) {
            ChangeId change = line.change(run.firstSeq() + i);
            if (wanted.contains(change)) {
                notes.put(change, new Note(line.line().device(), run.message(i).orElse("")));
            }
        }
    }

    /**
     * What a change carries besides its edits.
     *
     * @param device who made it
     * @param message what its author said, or empty
     */
    public record Note(DeviceId device, String message) {}
}
