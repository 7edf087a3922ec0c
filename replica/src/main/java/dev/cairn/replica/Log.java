package dev.cairn.replica;

import dev.cairn.crdt.history.ChangeRecord;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.replica.history.StoredChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The history as a list for people, parents before children; under the lock. */
final class Log {
    /** Changes whose authors are looked up together. */
    private static final int PAGE_CHANGES = 4096;

    private final Replica replica;

    Log(Replica replica) {
        this.replica = replica;
    }

    /** All changes, newest first. */
    List<LogEntry> all() {
        return newestFirst(replica.history()
                .read(documents -> entries(documents.history().changesBetween(Heads.NONE, documents.heads()))));
    }

    /** The changes of one document, newest first. */
    List<LogEntry> of(String document) {
        return newestFirst(replica.history().read(documents -> {
            List<ChangeRecord> records = new ArrayList<>();
            for (ChangeSummary did : documents.history().changesBetween(document, Heads.NONE, documents.heads())) {
                SortedMap<String, ChangeSummary> edits = new TreeMap<>(Map.of(document, did));
                records.add(new ChangeRecord(
                        did.change(),
                        did.lamport(),
                        did.timeMillis(),
                        List.of(),
                        edits,
                        documents.history().reversal(did.change())));
            }
            return entries(records);
        }));
    }

    /** The changes in one version and not in another. */
    List<LogEntry> between(Heads from, Heads to) {
        return replica.history().read(documents -> entries(documents.history().changesBetween(from, to)));
    }

    /**
     * Hands over the changes in one version and not in another, and keeps a page of them at most.
     *
     * @return how many
     */
    long eachBetween(Heads from, Heads to, Consumer<LogEntry> each) {
        return replica.history().read(documents -> {
            List<ChangeRecord> page = new ArrayList<>();
            long[] count = {0};
            Runnable turn = () -> {
                List<LogEntry> entries = entries(page);
                page.clear();
                count[0] += entries.size();
                entries.forEach(each);
            };
            documents.history().eachBetween(from, to, change -> {
                page.add(change);
                if (page.size() == PAGE_CHANGES) {
                    turn.run();
                }
            });
            turn.run();
            return count[0];
        });
    }

    /** Every change with what it was made on, parents before children. */
    List<GraphNode> graph() {
        List<ChangeRecord> records =
                replica.history().read(documents -> documents.history().changesBetween(Heads.NONE, documents.heads()));
        Map<ChangeId, StoredChanges.Note> notes = notes(records);
        Map<DeviceId, String> names = names();
        List<GraphNode> nodes = new ArrayList<>(records.size());
        for (ChangeRecord change : records) {
            StoredChanges.Note note = notes.get(change.change());
            if (note != null) {
                nodes.add(node(change, note, names));
            }
        }
        return List.copyOf(nodes);
    }

    /** The version a change was made on. */
    Version before(Version.Head change) {
        ChangeId id = replica.heads(new Version(List.of(change))).changes().get(0);
        return Replica.version(
                replica.history().read(documents -> documents.history().before(id)));
    }

    private static List<LogEntry> newestFirst(List<LogEntry> entries) {
        List<LogEntry> reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        return List.copyOf(reversed);
    }

    /** Those of the changes which did something: the others only join heads. */
    private List<LogEntry> entries(List<ChangeRecord> records) {
        Map<ChangeId, StoredChanges.Note> notes = notes(records);
        Map<DeviceId, String> names = names();
        List<LogEntry> entries = new ArrayList<>(records.size());
        for (ChangeRecord change : records) {
            StoredChanges.Note note = notes.get(change.change());
            if (note != null && !change.documents().isEmpty()) {
                entries.add(entry(change, note, names));
            }
        }
        return List.copyOf(entries);
    }

    private Map<ChangeId, StoredChanges.Note> notes(List<ChangeRecord> records) {
        Set<ChangeId> wanted = new HashSet<>();
        records.forEach(change -> wanted.add(change.change()));
        return replica.history().stored().notes(wanted);
    }

    /** How devices call themselves, those included that are no members and of which something counts. */
    private Map<DeviceId, String> names() {
        Map<DeviceId, String> names = new HashMap<>();
        replica.members().membership().named().forEach((id, device) -> names.put(id, device.name() + " (no member)"));
        for (MemberDevice device : replica.members().membership().devices().values()) {
            names.put(device.id(), device.name());
        }
        return names;
    }

    /** The names of the devices by the ids under which versions name what they wrote. */
    SortedMap<WriterId, String> authors() {
        Map<DeviceId, String> names = names();
        SortedMap<WriterId, String> authors = new TreeMap<>();
        replica.history()
                .authors()
                .forEach((actor, device) -> authors.put(
                        new WriterId(actor.high(), actor.low()), names.getOrDefault(device, device.toString())));
        return authors;
    }

    private static LogEntry entry(ChangeRecord record, StoredChanges.Note note, Map<DeviceId, String> names) {
        return new LogEntry(
                head(record.change()),
                note.device(),
                names.getOrDefault(note.device(), note.device().toString()),
                record.lamport(),
                Instant.ofEpochMilli(record.timeMillis()),
                note.message(),
                record.documents(),
                record.reversal());
    }

    private static GraphNode node(ChangeRecord record, StoredChanges.Note note, Map<DeviceId, String> names) {
        return new GraphNode(
                head(record.change()),
                note.device(),
                names.getOrDefault(note.device(), note.device().toString()),
                Instant.ofEpochMilli(record.timeMillis()),
                note.message(),
                record.parents().stream().map(Log::head).toList(),
                new TreeSet<>(record.documents().keySet()));
    }

    private static Version.Head head(ChangeId change) {
        return new Version.Head(
                new WriterId(change.actor().high(), change.actor().low()), change.seq());
    }
}
