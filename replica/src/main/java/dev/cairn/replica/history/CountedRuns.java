package dev.cairn.replica.history;

import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The changes in the store which count, as the engine reads them. */
final class CountedRuns {
    /** Runs that are read from the store at once. */
    private static final int BATCH_RUNS = 512;

    private final LocalStore store;
    private final Lines lines;
    private final ParentNames names;
    private final Held held;

    CountedRuns(LocalStore store, Lines lines, ParentNames names, Held held) {
        this.store = store;
        this.lines = lines;
        this.names = names;
        this.held = held;
    }

    /** Up to which of its numbers the changes of a line count, for documents of that version. */
    long through(LineState line, VersionVector version) {
        return held.holds(line) ? line.through(version) : line.end().seq();
    }

    /** The branches of which something counts, as the engine knows them. */
    List<Branch> branches() {
        return lines.branches(held::counts);
    }

    /** The devices of which something counts, by the engine's names for what each wrote. */
    Map<ActorId, DeviceId> authors() {
        Map<ActorId, DeviceId> authors = new HashMap<>();
        lines.all().stream()
                .filter(held::counts)
                .forEach(line -> authors.put(line.actor(), line.line().device()));
        return authors;
    }

    /** Where a writer's chain ends, on whichever of its branches goes furthest; of one that counts, if any does. */
    Optional<ChainPoint> end(WriterId writer) {
        return foremost(writer).stream()
                .map(LineState::end)
                .max(Comparator.comparingLong(ChainPoint::seq).thenComparing(ChainPoint::hash));
    }

    /** The device that began a writer's chain, as far as is known; one of which something counts, if any does. */
    Optional<DeviceId> device(WriterId writer) {
        return foremost(writer).stream().map(line -> line.line().device()).findFirst();
    }

    /** The lines of a writer of which something counts, or all if nothing does. */
    private List<LineState> foremost(WriterId writer) {
        List<LineState> known = lines.of(writer);
        List<LineState> counting = known.stream().filter(held::counts).toList();
        return counting.isEmpty() ? known : counting;
    }

    /** The devices of which changes count: those which may write, and others on whose changes these have built. */
    Set<DeviceId> devices(VersionVector version) {
        return lines.all().stream()
                .filter(line -> !held.holds(line)
                        || through(line, version) > line.line().fork())
                .map(line -> line.line().device())
                .collect(Collectors.toSet());
    }

    /** How many changes in the store do not count, by their devices. */
    SortedMap<DeviceId, Long> uncounted(VersionVector version) {
        SortedMap<DeviceId, Long> uncounted = new TreeMap<>();
        for (LineState line : lines.all()) {
            long left = line.end().seq() - through(line, version);
            if (left > 0) {
                uncounted.merge(line.line().device(), left, Long::sum);
            }
        }
        return uncounted;
    }

    /** Up to which number changes of held lines count, by their writers. */
    Map<WriterId, Long> ofHeld(VersionVector version) {
        Map<WriterId, Long> through = new HashMap<>();
        for (LineState line : held.of(lines)) {
            if (through(line, version) > line.line().fork()) {
                through.merge(line.line().writer(), through(line, version), Math::max);
            }
        }
        return through;
    }

    /** The first runs of a part of a line, at least one. */
    List<EngineRun> first(Held.Part part) {
        LineState line = part.line();
        List<EngineRun> runs = new ArrayList<>();
        for (StoredRun stored : store.runs().ofLine(line.line().no(), part.after(), BATCH_RUNS)) {
            if (stored.base().seq() < part.through()) {
                ChangeRun run = Chains.decode(line.line().writer(), stored);
                int from = (int) Math.max(0, part.after() + 1 - run.firstSeq());
                int to = (int) Math.min(run.size(), part.through() - run.firstSeq() + 1);
                runs.add(names.engineRun(run.slice(from, to), line));
            }
        }
        return runs;
    }

    /** The number of the last change in runs of a line. */
    static long end(LineState line, List<EngineRun> runs) {
        EngineRun last = runs.get(runs.size() - 1);
        return line.line().fork() + last.firstSeq() + last.size() - 1;
    }

    /**
     * The parts of held lines on which one of the changes builds that wait, if all that it builds on is here.
     *
     * @param done parts which were given to the engine already
     */
    List<Held.Part> wanted(List<Integration.Waiting> waiting, VersionVector version, Set<Held.Part> done) {
        if (waiting.isEmpty() || held.of(lines).isEmpty()) {
            return List.of();
        }
        return waiting.stream()
                .map(entry -> past(entry, version).parts())
                .filter(parts -> !done.containsAll(parts))
                .findFirst()
                .orElse(List.of());
    }

    /** What waits: the engine names what it was not given, which may be here and wait for something itself. */
    List<Integration.Waiting> waiting(List<Integration.Waiting> waiting, VersionVector version) {
        if (waiting.isEmpty() || held.of(lines).isEmpty()) {
            return waiting;
        }
        return waiting.stream()
                .map(entry -> new Integration.Waiting(
                        entry.first(), past(entry, version).missing().orElse(entry.missing()), entry.count()))
                .toList();
    }

    private HeldPast past(Integration.Waiting entry, VersionVector version) {
        return new HeldPast(entry.first(), store, lines, names, held, version);
    }
}
