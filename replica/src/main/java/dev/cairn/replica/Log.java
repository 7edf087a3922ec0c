package dev.cairn.replica;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.replica.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The history as a list for people; under the lock. */
final class Log {
    /** Causal: a change's logical time is greater than that of all it builds on. */
    private static final Comparator<LogEntry> NEWEST_FIRST = Comparator.comparingLong(LogEntry::lamport)
            .thenComparing(LogEntry::id)
            .reversed();

    private final Replica replica;

    Log(Replica replica) {
        this.replica = replica;
    }

    List<LogEntry> all() {
        return replica.history().read(documents -> {
            Map<ChangeId, ChangeSummary> changes = new HashMap<>();
            Map<ChangeId, SortedSet<String>> touched = new HashMap<>();
            for (String name : documents.documentNames()) {
                collect(name, documents.changesOf(name), changes, touched);
            }
            return entries(changes, touched);
        });
    }

    List<LogEntry> of(String document) {
        return replica.history().read(documents -> {
            Map<ChangeId, ChangeSummary> changes = new HashMap<>();
            Map<ChangeId, SortedSet<String>> touched = new HashMap<>();
            collect(document, documents.changesOf(document), changes, touched);
            return entries(changes, touched);
        });
    }

    private static void collect(
            String name,
            List<ChangeSummary> summaries,
            Map<ChangeId, ChangeSummary> changes,
            Map<ChangeId, SortedSet<String>> touched) {
        for (ChangeSummary summary : summaries) {
            changes.put(summary.change(), summary);
            touched.computeIfAbsent(summary.change(), change -> new TreeSet<>()).add(name);
        }
    }

    private List<LogEntry> entries(Map<ChangeId, ChangeSummary> changes, Map<ChangeId, SortedSet<String>> touched) {
        Map<ChangeId, History.Note> notes = replica.history().notes(changes.keySet());
        Map<DeviceId, String> names = new HashMap<>();
        for (MemberDevice device : replica.members().membership().devices().values()) {
            names.put(device.id(), device.name());
        }
        List<LogEntry> entries = new ArrayList<>(changes.size());
        changes.forEach((change, summary) -> {
            History.Note note = notes.get(change);
            if (note != null) {
                entries.add(entry(summary, note, names, touched.getOrDefault(change, new TreeSet<>())));
            }
        });
        entries.sort(NEWEST_FIRST);
        return List.copyOf(entries);
    }

    private static LogEntry entry(
            ChangeSummary summary, History.Note note, Map<DeviceId, String> names, SortedSet<String> documents) {
        ChangeId change = summary.change();
        return new LogEntry(
                new Version.Head(
                        new WriterId(change.actor().high(), change.actor().low()), change.seq()),
                note.device(),
                names.getOrDefault(note.device(), note.device().toString()),
                summary.lamport(),
                Instant.ofEpochMilli(summary.timeMillis()),
                note.message(),
                documents);
    }
}
