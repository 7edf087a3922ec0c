package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.Branch;
import dev.cairn.format.ChangeRun;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The documents in memory, in step with the store: what is new there is integrated, and when changes have other names
 * than the engine knows, or some do not count any more, the documents are made anew.
 *
 * <pre>
 *   new runs in the store --- translated by the names of now --- integrated, with what of held lines they build on
 *                                       |                                          |
 *                    another name than was awaited              something counts that gives others new names
 *                                       |                                          |
 *                                       +------ made anew from the saved documents, or from all changes
 * </pre>
 */
final class LiveDocuments {
    /** Runs that are read from the store and integrated at once. */
    private static final int BATCH_RUNS = 512;

    private final LocalStore store;
    private final Chains chains;
    private final Checkpoints checkpoints;
    private final Held held;
    private Awaited awaited = new Awaited();
    private Linkage linkage;
    private DocumentSet documents = DocumentSet.create();
    private List<Integration.Waiting> waiting = List.of();
    private long newestRun;
    private long generation;
    private long namings;
    /** Whether something counts by now of a line that gives others new names. */
    private boolean parted;

    private long checkpoint;
    private long sinceCheckpoint;
    /** Whether the saved documents show changes which do not count any more. */
    private boolean outdated;

    /** No documents yet: {@link #reopen} makes them. */
    LiveDocuments(LocalStore store, Chains chains, Checkpoints checkpoints, Held held) {
        this.store = store;
        this.chains = chains;
        this.checkpoints = checkpoints;
        this.held = held;
        this.linkage = Linkage.empty(store, chains, awaited, held);
    }

    /** The lines as they were when the documents followed the store last, or runs were linked since. */
    Linkage linkage() {
        return linkage;
    }

    /** The documents as they are now; others after each {@link #step}. */
    DocumentSet documents() {
        return documents;
    }

    /** What waits, as the engine says. */
    List<Integration.Waiting> waiting() {
        return waiting;
    }

    /** A number that grows whenever changes may have got other names. */
    long namings() {
        return namings;
    }

    /** Changes integrated since the documents were last saved. */
    long sinceCheckpoint() {
        return sinceCheckpoint;
    }

    /** Every change in the store that counts. */
    Iterable<dev.cairn.crdt.ChangeRun> allRuns() {
        CountedRuns counted = linkage.counted();
        return new AllRuns(store, linkage.lines(), linkage.names(), line -> counted.through(line, documents.version()));
    }

    /** What all processes hold in memory is void, since lines are others; inside a transaction. */
    void outdate() {
        store.setNumber(Checkpoints.GENERATION, store.number(Checkpoints.GENERATION, 0) + 1);
    }

    /** Own changes were stored, which the documents have already or get next; inside a transaction. */
    void appended(ChangeRun run) {
        awaited.come(linkage.lines().own(run.writer()).orElseThrow(), run);
        newestRun = store.runs().newest();
        sinceCheckpoint += run.size();
    }

    /** Own changes, which have been integrated, are in other rows of the store now; inside a transaction. */
    void rowsMoved() {
        newestRun = store.runs().newest();
    }

    /** Integrates own changes which were stored just now; inside a transaction. */
    void integrateOwn(ChangeRun run) {
        if (misnamed()) {
            reopen();
        }
        LineState line = linkage.lines().own(run.writer()).orElseThrow();
        Integration integration = documents.integrate(List.of(linkage.names().engineRun(run, line)));
        if (!documents.version().contains(line.change(run.lastSeq()))) {
            throw new IllegalStateException("own changes were not integrated: " + run + ": " + integration.refused());
        }
    }

    /** Whether there is anything to {@link #save}. */
    boolean isUnsaved() {
        return sinceCheckpoint > 0 || checkpoint == 0 || outdated;
    }

    /** Saves the documents; inside a transaction. */
    long save() {
        if (outdated) {
            checkpoints.drop();
        }
        checkpoint = checkpoints.save(documents, held.lines(linkage.lines()));
        sinceCheckpoint = 0;
        outdated = false;
        return checkpoint;
    }

    /** Whether another process has saved documents, or found that changes have other names. */
    boolean moved() {
        return renamed() || store.number(Checkpoints.NUMBER, 0) != checkpoint;
    }

    private boolean renamed() {
        return store.number(Checkpoints.GENERATION, 0) != generation;
    }

    /**
     * Integrates the runs which are new in the store, up to a row number. When another process has saved a checkpoint,
     * its snapshots are newer than the documents here, which are made anew once all runs are told of.
     */
    Progress step(long through) {
        Progress progress = new Progress();
        boolean displaced = !renamed() && held.isBehind() && followMembers(progress);
        if (!renamed() && !displaced) {
            progress.add(integrateNew(through));
        }
        if (renamed() || displaced || misnamed()) {
            long before = total();
            reopen();
            progress.addAll(documents.documentNames(), Math.max(displaced ? 1 : 0, total() - before));
        } else if (moved() && through == Long.MAX_VALUE) {
            reopen();
        }
        return progress;
    }

    /**
     * Takes up who may write now: what was held of a new writer counts. Returns whether the documents are to be made
     * anew, since changes of others count no more, or those which do now give some another name.
     */
    private boolean followMembers(Progress progress) {
        Set<LineState> before = held.of(linkage.lines());
        held.follow();
        Set<LineState> now = held.of(linkage.lines());
        if (!before.containsAll(now)) {
            return true;
        }
        before.removeAll(now);
        if (renames(before)) {
            return true;
        }
        before.forEach(line -> progress.add(integrateRest(line)));
        return false;
    }

    /** Stops short when changes that came give others new names. */
    private Progress integrateNew(long through) {
        Progress progress = new Progress();
        List<StoredRun> runs = newRuns(through);
        while (!runs.isEmpty() && !misnamed()) {
            List<EngineRun> translated = translated(runs);
            if (!awaited.misnamed()) {
                progress.add(integrate(translated));
                newestRun = runs.get(runs.size() - 1).id();
                runs = newRuns(through);
            }
        }
        linkage.linker().decoded().clear();
        return progress;
    }

    private List<StoredRun> newRuns(long through) {
        return store.runs().after(newestRun, BATCH_RUNS).stream()
                .takeWhile(run -> run.id() <= through)
                .toList();
    }

    private long total() {
        return documents.version().sequences().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<EngineRun> translated(List<StoredRun> stored) {
        // before the first is translated: no run may go by lines that end earlier than those of a later one
        if (stored.stream().anyMatch(run -> linkage.lines().line(run.line()).isEmpty())) {
            relink();
        }
        List<EngineRun> runs = new ArrayList<>(stored.size());
        for (StoredRun run : stored) {
            LineState line = linkage.lines().line(run.line()).orElseThrow();
            ChangeRun decoded = linkage.linker().decoded().get(run.id());
            if (decoded == null) {
                decoded = chains.decoded()
                        .find(run.id())
                        .orElseGet(() -> Chains.decode(line.line().writer(), run));
            }
            awaited.come(line, decoded);
            if (!held.holds(line)) {
                runs.add(linkage.names().engineRun(decoded, line));
            }
            if (run.last().seq() > line.end().seq()) {
                line.extendTo(run.last());
            }
        }
        return runs;
    }

    /** Whether changes have other names than those which the engine knows: then the documents are to be made anew. */
    private boolean misnamed() {
        return awaited.misnamed() || parted;
    }

    /** Names changes anew now that something of these lines counts, too; returns whether that is news to the engine. */
    private boolean renames(Set<LineState> fresh) {
        boolean renamed = linkage.lines().name(held::counts);
        return renamed || fresh.stream().anyMatch(LineState::isBranch);
    }

    /** Integrates runs, and what of held lines they build on, up to one that gives others new names. */
    private Progress integrate(List<EngineRun> runs) {
        Progress progress = integrateAlone(runs);
        Set<Held.Part> done = new HashSet<>();
        List<Held.Part> wanted = linkage.counted().wanted(waiting, documents.version(), done);
        while (!parted && done.addAll(wanted)) {
            Set<LineState> fresh = held.count(wanted);
            parted = !fresh.isEmpty() && renames(fresh);
            if (parted) {
                return progress;
            }
            wanted.forEach(part -> progress.add(integrate(part)));
            wanted = linkage.counted().wanted(waiting, documents.version(), done);
        }
        return progress;
    }

    private Progress integrate(Held.Part part) {
        Progress progress = new Progress();
        long done = part.after();
        while (done < part.through()) {
            List<EngineRun> runs = linkage.counted().first(new Held.Part(part.line(), done, part.through()));
            progress.add(integrateAlone(runs));
            done = CountedRuns.end(part.line(), runs);
        }
        return progress;
    }

    private Progress integrateAlone(List<EngineRun> runs) {
        Integration integration = documents.integrate(runs);
        waiting = integration.waiting();
        Progress progress = new Progress();
        progress.add(integration);
        sinceCheckpoint += progress.changes();
        return progress;
    }

    /** Reads the lines anew. */
    void relink() {
        linkage = Linkage.load(store, chains, awaited, held);
    }

    /** Makes the documents from the saved ones, or from all changes, and again for each line that gives new names. */
    boolean reopen() {
        held.follow();
        generation = store.number(Checkpoints.GENERATION, 0);
        checkpoint = store.number(Checkpoints.NUMBER, 0);
        DocumentSet former = documents;
        relink();
        Optional<SavedBase> saved = SavedBase.find(checkpoints, linkage.lines(), held);
        do {
            parted = false;
            awaited = new Awaited();
            linkage = linkage.anew(store, chains, awaited, held);
            waiting = List.of();
            sinceCheckpoint = 0;
            namings++;
            List<Branch> branches = linkage.counted().branches();
            Optional<SavedBase> base = saved.filter(found -> found.isNamedSo(linkage.lines()));
            outdated = base.isEmpty() && checkpoints.load().isPresent();
            documents = base.map(found ->
                            DocumentSet.open(found.documents(), checkpoints::snapshot, this::allRuns, branches))
                    .orElseGet(() -> DocumentSet.create(branches));
            linkage.lines().all().stream()
                    .filter(line -> !held.holds(line))
                    .toList()
                    .forEach(this::integrateRest);
        } while (parted);
        documents.watchConflictsAs(former);
        newestRun = store.runs().newest();
        return true;
    }

    private Progress integrateRest(LineState line) {
        Progress progress = new Progress();
        long known = line.through(documents.version());
        while (!parted && known < line.end().seq()) {
            List<StoredRun> runs = store.runs().ofLine(line.line().no(), known, BATCH_RUNS);
            progress.add(integrate(translated(runs)));
            known = runs.get(runs.size() - 1).last().seq();
        }
        return progress;
    }
}
