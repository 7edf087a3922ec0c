package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Seen;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import dev.cairn.replica.store.image.CheckedImage;
import dev.cairn.replica.store.image.ImageException;
import dev.cairn.replica.store.image.ImageLine;
import dev.cairn.replica.store.image.ImageRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything this device knows of the changes of a space, in step with the local store.
 *
 * <p>The store is first: runs are linked and made durable, and only then integrated, in the order of their row numbers,
 * by this process and all others alike. A branch found in a writer's chain renames changes; then every process makes
 * its documents anew from the store. One thread at a time; the caller locks.
 */
public final class History {
    /** Runs that are read from the store and integrated at once. */
    private static final int BATCH_RUNS = 512;

    private final LocalStore store;
    private final Chains chains;
    private final Checkpoints checkpoints;
    private final Held held;
    private Lines lines;
    private Linker linker;
    private Awaited awaited = new Awaited();
    private ParentNames names;
    private CountedRuns counted;
    private DocumentSet documents;
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

    private History(LocalStore store, Held held) {
        this.store = store;
        this.held = held;
        this.chains = new Chains(store);
        this.checkpoints = new Checkpoints(store);
        this.lines = new Lines();
        this.linker = new Linker(store, lines, chains);
        this.names = new ParentNames(lines, chains, awaited);
        this.counted = new CountedRuns(store, lines, names, held);
        this.documents = DocumentSet.create();
    }

    /**
     * The history in the store, from its checkpoint on.
     *
     * @param self this device
     * @param members who belongs to the space at any time: another one after each change
     */
    public static History open(LocalStore store, DeviceId self, Supplier<? extends DeviceDirectory> members) {
        History history = new History(store, new Held(self, members));
        store.read(history::reopen);
        return history;
    }

    /** Runs an action which writes and links nothing, in step with all processes. */
    public <T> T write(Progress others, Supplier<T> action) {
        return write(others, others, action);
    }

    /**
     * Runs an action which writes, in step with all processes: what they committed is integrated first, what the action
     * linked is integrated afterwards. When it throws, nothing of it is kept.
     *
     * @param others takes in what other processes have committed
     * @param linked takes in what the action has linked; when that renamed changes, so that all documents are made
     *     anew, also what others committed in that moment
     */
    public <T> T write(Progress others, Progress linked, Supplier<T> action) {
        Written<T> written = null;
        try {
            written = store.write(() -> {
                others.add(step(Long.MAX_VALUE));
                linker.begin();
                T result = action.get();
                return new Written<>(result, store.runs().newest());
            });
        } finally {
            if (written == null) {
                relink();
            }
        }
        long newest = written.newest();
        store.read(() -> {
            linked.add(step(newest));
            return others.add(step(Long.MAX_VALUE));
        });
        return written.result();
    }

    /**
     * The outcome of an action.
     *
     * @param newest the row number of the newest run when it ended; those after it are of other processes
     */
    private record Written<T>(T result, long newest) {}

    /** Integrates what other processes have committed. */
    public Progress catchUp() {
        return store.read(() -> step(Long.MAX_VALUE));
    }

    /** Reads from the documents, all at one state of the store. */
    public <T> T read(Function<DocumentSet, T> reader) {
        return store.read(() -> {
            if (moved()) {
                reopen();
            }
            return reader.apply(documents);
        });
    }

    /** Links a verified run; inside {@link #write}. */
    public Linked link(DeviceId device, ChangeRun run, ChainPoint origin) {
        Linked linked = linker.link(device, run, origin);
        renameIfBranched();
        if (linked.added() == 0) {
            return linked;
        }
        long more = linker.linkWaiting(run.writer(), origin);
        while (renameIfBranched()) {
            more += linker.linkWaiting(run.writer(), origin);
        }
        return new Linked(linked.how(), linked.added() + more);
    }

    /** Links a verified run, and keeps its writer's signature over its end; inside {@link #write}. */
    public Linked link(DeviceId device, ChangeRun run, ChainPoint origin, SignedEnd signed) {
        Linked linked = link(device, run, origin);
        keep(run.writer(), run.after(), signed);
        return linked;
    }

    /** Of a writer without branches the newest signature is enough: its chain stands for all before it. */
    private void keep(WriterId writer, ChainPoint point, SignedEnd signed) {
        List<LineState> of = lines.of(writer);
        boolean straight = of.size() == 1;
        if (straight && point.seq() < of.get(0).end().seq()) {
            return;
        }
        store.signedEnds().keep(writer, point, signed);
        if (straight) {
            store.signedEnds().forgetBefore(writer, of.get(0).end());
        }
    }

    /** In how many branches a writer's chain ends, as far as it is known; 0 for an unknown writer. */
    public int ends(WriterId writer) {
        List<LineState> of = lines.of(writer);
        return (int) of.stream().filter(line -> lines.children(line).isEmpty()).count();
    }

    /** Whether nothing is known under a writer's id but one chain of that device, or nothing at all. */
    public boolean isAlone(WriterId writer, DeviceId device) {
        return lines.of(writer).stream()
                .allMatch(line -> !line.isBranch() && line.line().device().equals(device));
    }

    /** Every way that the chain of any writer goes. */
    public List<Way> ways() {
        return lines.all().stream()
                .filter(line -> lines.children(line).isEmpty())
                .map(line -> new Way(chains, lines.path(line)))
                .toList();
    }

    /** Whether some branch of a writer has that change with that chain hash. */
    public boolean has(WriterId writer, long seq, Bytes hash) {
        return lines.of(writer).stream().anyMatch(line -> chains.has(line, seq, hash));
    }

    /** Whether there is no change in the store. */
    public boolean isEmpty() {
        return lines.all().isEmpty();
    }

    /** The form of saved documents, which are of no use to who has another. */
    public static String documentsForm() {
        return Checkpoints.VERSION;
    }

    /**
     * Takes all of a checked image into a store without changes, and links what waited for them; inside {@link #write}.
     * The documents are made from the changes when none are given, when not all of these need count, or when they have
     * other names in the given ones.
     *
     * @param origin where the chain of a line's writer starts
     */
    public void adopt(
            CheckedImage image,
            BodySource bodies,
            Function<ImageLine, ChainPoint> origin,
            Optional<ForeignDocuments> saved)
            throws ImageException {
        Adoption.intoEmpty(store, image, bodies, chains.decoded());
        relink();
        if (held.of(lines).isEmpty()) {
            saved.filter(found -> lines.have(
                            Checkpoints.decode(found.version(), found.names()).version()))
                    .ifPresent(checkpoints::replace);
        }
        store.setNumber(Checkpoints.GENERATION, generation + 1);
        for (ImageLine line : image.lines()) {
            linker.linkWaiting(line.writer(), origin.apply(line));
            while (renameIfBranched()) {
                linker.linkWaiting(line.writer(), origin.apply(line));
            }
            linker.decoded().clear();
        }
    }

    /**
     * Links what this device lacks of a checked image; inside {@link #write}.
     *
     * @param origin where the chain of a line's writer starts
     * @return how many changes are new
     */
    public long linkMissing(CheckedImage image, BodySource bodies, Function<ImageLine, ChainPoint> origin)
            throws ImageException {
        long added = 0;
        for (ImageRow row : image.rows()) {
            ImageLine line = row.line();
            if (!has(line.writer(), row.last().seq(), row.last().hash())) {
                Optional<ChangeRun> decoded = image.decoded().find(row.no());
                ChangeRun run = decoded.isPresent()
                        ? decoded.get()
                        : Chains.decode(line.writer(), row.base(), bodies.body(row.no()));
                added += link(line.device(), run, origin.apply(line)).added();
                linker.decoded().clear();
            }
        }
        for (ImageLine line : image.lines()) {
            if (!line.hasBranches()) {
                ends(image, line).ifPresent(end -> keep(line.writer(), end, new SignedEnd(line.signed())));
            }
        }
        return added;
    }

    private static Optional<ChainPoint> ends(CheckedImage image, ImageLine line) {
        return image.rows().stream()
                .filter(row -> row.line().no() == line.no() && row.last().seq() == line.last())
                .map(ImageRow::last)
                .findFirst();
    }

    /**
     * Whether saved documents, with all changes which are here applied to them, are the documents here; nothing when
     * they cannot be compared.
     */
    public Optional<Boolean> agrees(ForeignDocuments saved) {
        return store.read(() -> {
            if (moved()) {
                reopen();
            }
            Optional<Comparison.Saved> own = sinceCheckpoint == 0
                    ? checkpoints.load().map(version -> new Comparison.Saved(version, checkpoints))
                    : Optional.empty();
            return new Comparison(lines, counted, this::allRuns, documents).agrees(saved, own);
        });
    }

    private Iterable<dev.cairn.crdt.ChangeRun> allRuns() {
        return new AllRuns(store, lines, names, line -> counted.through(line, documents.version()));
    }

    /** Lets go of what was decoded to look up places near each other. */
    public void rest() {
        chains.decoded().clear();
    }

    private boolean renameIfBranched() {
        if (!linker.branched()) {
            return false;
        }
        store.setNumber(Checkpoints.GENERATION, generation + 1);
        checkpoints.drop();
        relink();
        return true;
    }

    /** The end of a writer's own line, or the start of its chain; inside {@link #write}. */
    public ChainPoint end(WriterId writer, ChainPoint origin) {
        return lines.own(writer).map(LineState::end).orElse(origin);
    }

    /** Stores own changes, which the documents have already or get next; inside {@link #write}. */
    public void appendOwn(DeviceId device, ChangeRun run, ChainPoint origin) {
        Linked linked = linker.link(device, run, origin);
        if (linked.how() != Linked.How.EXTENDS || linked.added() != run.size()) {
            throw new IllegalStateException("own changes do not continue the own line: " + linked + " of " + run);
        }
        linker.decoded().clear();
        awaited.come(lines.own(run.writer()).orElseThrow(), run);
        newestRun = store.runs().newest();
        sinceCheckpoint += run.size();
    }

    /**
     * Stores and integrates the changes without operations that a writer needs before its next change when it sees more
     * heads than one change can name; inside {@link #write}, before the first edit. Returns how many there are.
     */
    public int joinHeads(DeviceId device, WriterId writer, ChainPoint origin, long timeMillis) {
        Optional<ChangeRun> joins = Joins.needed(documents, names, writer, end(writer, origin), timeMillis);
        if (joins.isEmpty()) {
            return 0;
        }
        ChangeRun run = joins.get();
        appendOwn(device, run, origin);
        if (misnamed()) {
            reopen();
        }
        LineState line = lines.own(writer).orElseThrow();
        Integration integration = documents.integrate(List.of(names.engineRun(run, line)));
        if (!documents.version().contains(line.change(run.lastSeq()))) {
            throw new IllegalStateException("own changes were not integrated: " + run + ": " + integration.refused());
        }
        return run.size();
    }

    /** The device of a writer of which changes have come; of several one of which something counts, if any does. */
    public Optional<DeviceId> deviceOf(WriterId writer) {
        return counted.device(writer);
    }

    /** The device that made a change, if it is here. */
    public Optional<DeviceId> deviceOf(ChangeId change) {
        return lines.of(change)
                .filter(line -> line.seqOf(change) <= line.end().seq())
                .map(line -> line.line().device());
    }

    /** The devices of which something counts, by the engine's names for what each wrote. */
    public Map<ActorId, DeviceId> authors() {
        return counted.authors();
    }

    /** Whether some branch of a writer has that change with a chain hash that starts so. */
    public boolean has(WriterId writer, long seq, long hash8) {
        return lines.of(writer).stream().anyMatch(line -> chains.has(line, seq, hash8));
    }

    /** What is in this device's store of all writers but one, as a head tells it. */
    public List<Seen> seen(WriterId except) {
        List<Seen> seen = new ArrayList<>();
        for (WriterId writer : lines.writers()) {
            if (!writer.equals(except) && seen.size() < Limits.SEEN_MAX) {
                counted.end(writer)
                        .filter(end -> end.seq() > 0)
                        .ifPresent(end -> seen.add(new Seen(writer, end.seq(), end.hash8())));
            }
        }
        return seen;
    }

    /** The changes as they are in the store now. */
    public StoredChanges stored() {
        return new StoredChanges(store, lines);
    }

    /**
     * Stores runs of own changes again, many changes to a row; inside {@link #write}. Each commit has a row of its own
     * until then.
     */
    public void mergeRows(List<ChangeRun> runs) {
        stored().merge(runs);
        newestRun = store.runs().newest();
    }

    /** The documents, for a local edit inside {@link #write}. */
    public DocumentSet documents() {
        return documents;
    }

    /** A number that grows whenever changes may have got other names. */
    public long namings() {
        return namings;
    }

    /** Forgets the documents in memory after a local edit that was not stored, and makes them from the store again. */
    public void discardUnstored() {
        store.read(this::reopen);
    }

    /** The references to changes of the engine, as a change of ours names its parents. */
    public List<ChangeRef> references(List<ChangeId> changes) {
        return changes.stream().map(names::reference).sorted().toList();
    }

    /** All chains and what is known of them. */
    public Overview overview() {
        List<Integration.Waiting> missing = store.read(() -> counted.waiting(waiting, documents.version()));
        return new Overview(store, lines, chains, names, documents, missing, counted);
    }

    /** Saves the documents, so that the next open need not make them from all changes. */
    public void saveCheckpoint() {
        if (sinceCheckpoint == 0 && checkpoint > 0 && !outdated) {
            return;
        }
        write(new Progress(), () -> {
            if (outdated) {
                checkpoints.drop();
            }
            checkpoint = checkpoints.save(documents, held.lines(lines));
            sinceCheckpoint = 0;
            outdated = false;
            return checkpoint;
        });
    }

    /** Changes integrated since the documents were last saved. */
    public long sinceCheckpoint() {
        return sinceCheckpoint;
    }

    private boolean moved() {
        return renamed() || store.number(Checkpoints.NUMBER, 0) != checkpoint;
    }

    private boolean renamed() {
        return store.number(Checkpoints.GENERATION, 0) != generation;
    }

    /**
     * Integrates the runs which are new in the store, up to a row number. When another process has saved a checkpoint,
     * its snapshots are newer than the documents here, which are made anew once all runs are told of.
     */
    private Progress step(long through) {
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
        Set<LineState> before = held.of(lines);
        held.follow();
        Set<LineState> now = held.of(lines);
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
        linker.decoded().clear();
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
        if (stored.stream().anyMatch(run -> lines.line(run.line()).isEmpty())) {
            relink();
        }
        List<EngineRun> runs = new ArrayList<>(stored.size());
        for (StoredRun run : stored) {
            LineState line = lines.line(run.line()).orElseThrow();
            ChangeRun decoded = linker.decoded().get(run.id());
            if (decoded == null) {
                decoded = chains.decoded()
                        .find(run.id())
                        .orElseGet(() -> Chains.decode(line.line().writer(), run));
            }
            awaited.come(line, decoded);
            if (!held.holds(line)) {
                runs.add(names.engineRun(decoded, line));
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
        boolean renamed = lines.name(held::counts);
        return renamed || fresh.stream().anyMatch(LineState::isBranch);
    }

    /** Integrates runs, and what of held lines they build on, up to one that gives others new names. */
    private Progress integrate(List<EngineRun> runs) {
        Progress progress = integrateAlone(runs);
        Set<Held.Part> done = new HashSet<>();
        List<Held.Part> wanted = counted.wanted(waiting, documents.version(), done);
        while (!parted && done.addAll(wanted)) {
            Set<LineState> fresh = held.count(wanted);
            parted = !fresh.isEmpty() && renames(fresh);
            if (parted) {
                return progress;
            }
            wanted.forEach(part -> progress.add(integrate(part)));
            wanted = counted.wanted(waiting, documents.version(), done);
        }
        return progress;
    }

    private Progress integrate(Held.Part part) {
        Progress progress = new Progress();
        long done = part.after();
        while (done < part.through()) {
            List<EngineRun> runs = counted.first(new Held.Part(part.line(), done, part.through()));
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

    private void relink() {
        lines = Lines.load(store);
        lines.name(held::counts);
        linker = new Linker(store, lines, chains);
        names = new ParentNames(lines, chains, awaited);
        counted = new CountedRuns(store, lines, names, held);
    }

    /** Makes the documents from the saved ones, or from all changes, and again for each line that gives new names. */
    private boolean reopen() {
        held.follow();
        generation = store.number(Checkpoints.GENERATION, 0);
        checkpoint = store.number(Checkpoints.NUMBER, 0);
        DocumentSet former = documents;
        relink();
        Optional<SavedBase> saved = SavedBase.find(checkpoints, lines, held);
        do {
            parted = false;
            awaited = new Awaited();
            relink();
            waiting = List.of();
            sinceCheckpoint = 0;
            namings++;
            List<Branch> branches = counted.branches();
            Optional<SavedBase> base = saved.filter(found -> found.isNamedSo(lines));
            outdated = base.isEmpty() && checkpoints.load().isPresent();
            documents = base.map(found ->
                            DocumentSet.open(found.documents(), checkpoints::snapshot, this::allRuns, branches))
                    .orElseGet(() -> DocumentSet.create(branches));
            lines.all().stream().filter(line -> !held.holds(line)).toList().forEach(this::integrateRest);
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

    /** The devices of which changes count: those which may write, and others on whose changes these have built. */
    public Set<DeviceId> counting() {
        return counted.devices(documents.version());
    }

    /** Of which writers changes count, or are needed by some that do, although their devices may not write; how far. */
    public Map<WriterId, Long> needed() {
        Map<WriterId, Long> needed = new HashMap<>(counted.ofHeld(documents.version()));
        Overview overview = overview();
        for (Overview.Gap gap : overview.gaps()) {
            needed.merge(gap.missing().writer(), gap.missing().seq(), Math::max);
        }
        return needed;
    }

    /** How many changes in the store do not count, by their devices. */
    public SortedMap<DeviceId, Long> uncounted() {
        return counted.uncounted(documents.version());
    }

    /** The engine's names of the heads of a version, if this device has them all. */
    public Optional<Heads> heads(List<ChangeId> changes) {
        return changes.stream().allMatch(documents.version()::contains)
                ? Optional.of(Heads.of(changes))
                : Optional.empty();
    }

    /** The engine's name of a writer. */
    public static ActorId actor(WriterId writer) {
        return new ActorId(writer.high(), writer.low());
    }
}
