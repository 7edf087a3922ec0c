package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.ActorId;
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
import dev.cairn.replica.store.image.CheckedImage;
import dev.cairn.replica.store.image.ImageException;
import dev.cairn.replica.store.image.ImageLine;
import dev.cairn.replica.store.image.ImageRow;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final LocalStore store;
    private final Chains chains;
    private final Checkpoints checkpoints;
    private final Held held;
    private final LiveDocuments live;

    private History(LocalStore store, Held held) {
        this.store = store;
        this.held = held;
        this.chains = new Chains(store);
        this.checkpoints = new Checkpoints(store);
        this.live = new LiveDocuments(store, chains, checkpoints, held);
    }

    private Lines lines() {
        return live.linkage().lines();
    }

    private Linker linker() {
        return live.linkage().linker();
    }

    private CountedRuns counted() {
        return live.linkage().counted();
    }

    /**
     * The history in the store, from its checkpoint on.
     *
     * @param self this device
     * @param members who belongs to the space at any time: another one after each change
     */
    public static History open(LocalStore store, DeviceId self, Supplier<? extends DeviceDirectory> members) {
        Held held = new Held(self, members);
        return store.read(() -> {
            History history = new History(store, held);
            history.live.reopen();
            return history;
        });
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
                others.add(live.step(Long.MAX_VALUE));
                linker().begin();
                T result = action.get();
                return new Written<>(result, store.runs().newest());
            });
        } finally {
            if (written == null) {
                live.relink();
            }
        }
        long newest = written.newest();
        store.read(() -> {
            linked.add(live.step(newest));
            return others.add(live.step(Long.MAX_VALUE));
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
        return store.read(() -> live.step(Long.MAX_VALUE));
    }

    /** Reads from the documents, all at one state of the store. */
    public <T> T read(Function<DocumentSet, T> reader) {
        return store.read(() -> {
            if (live.moved()) {
                live.reopen();
            }
            return reader.apply(live.documents());
        });
    }

    /** Links a verified run; inside {@link #write}. */
    public Linked link(DeviceId device, ChangeRun run, ChainPoint origin) {
        Linked linked = linker().link(device, run, origin);
        renameIfBranched();
        if (linked.added() == 0) {
            return linked;
        }
        long more = linker().linkWaiting(run.writer(), origin);
        while (renameIfBranched()) {
            more += linker().linkWaiting(run.writer(), origin);
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
        List<LineState> of = lines().of(writer);
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
        List<LineState> of = lines().of(writer);
        return (int)
                of.stream().filter(line -> lines().children(line).isEmpty()).count();
    }

    /** Whether nothing is known under a writer's id but one chain of that device, or nothing at all. */
    public boolean isAlone(WriterId writer, DeviceId device) {
        return lines().of(writer).stream()
                .allMatch(line -> !line.isBranch() && line.line().device().equals(device));
    }

    /** Every way that the chain of any writer goes. */
    public List<Way> ways() {
        return lines().all().stream()
                .filter(line -> lines().children(line).isEmpty())
                .map(line -> new Way(chains, lines().path(line)))
                .toList();
    }

    /** Whether some branch of a writer has that change with that chain hash. */
    public boolean has(WriterId writer, long seq, Bytes hash) {
        return lines().of(writer).stream().anyMatch(line -> chains.has(line, seq, hash));
    }

    /** Whether there is no change in the store. */
    public boolean isEmpty() {
        return lines().all().isEmpty();
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
        live.relink();
        if (held.of(lines()).isEmpty()) {
            saved.filter(found -> lines().have(Checkpoints.decode(found.version(), found.names())
                            .version()))
                    .ifPresent(checkpoints::replace);
        }
        live.outdate();
        for (ImageLine line : image.lines()) {
            linker().linkWaiting(line.writer(), origin.apply(line));
            while (renameIfBranched()) {
                linker().linkWaiting(line.writer(), origin.apply(line));
            }
            linker().decoded().clear();
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
                linker().decoded().clear();
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
            if (live.moved()) {
                live.reopen();
            }
            Optional<Comparison.Saved> own = live.sinceCheckpoint() == 0
                    ? checkpoints.load().map(version -> new Comparison.Saved(version, checkpoints))
                    : Optional.empty();
            return new Comparison(lines(), counted(), live::allRuns, live.documents()).agrees(saved, own);
        });
    }

    /** Lets go of what was decoded to look up places near each other. */
    public void rest() {
        chains.decoded().clear();
    }

    private boolean renameIfBranched() {
        if (!linker().branched()) {
            return false;
        }
        live.outdate();
        checkpoints.drop();
        live.relink();
        return true;
    }

    /** The end of a writer's own line, or the start of its chain; inside {@link #write}. */
    public ChainPoint end(WriterId writer, ChainPoint origin) {
        return lines().own(writer).map(LineState::end).orElse(origin);
    }

    /** Stores own changes, which the documents have already or get next; inside {@link #write}. */
    public void appendOwn(DeviceId device, ChangeRun run, ChainPoint origin) {
        Linked linked = linker().link(device, run, origin);
        if (linked.how() != Linked.How.EXTENDS || linked.added() != run.size()) {
            throw new IllegalStateException("own changes do not continue the own line: " + linked + " of " + run);
        }
        linker().decoded().clear();
        live.appended(run);
    }

    /**
     * Stores and integrates the changes without operations that a writer needs before its next change when it sees more
     * heads than one change can name; inside {@link #write}, before the first edit. Returns how many there are.
     */
    public int joinHeads(DeviceId device, WriterId writer, ChainPoint origin, long timeMillis) {
        Optional<ChangeRun> joins =
                Joins.needed(live.documents(), live.linkage().names(), writer, end(writer, origin), timeMillis);
        joins.ifPresent(run -> {
            appendOwn(device, run, origin);
            live.integrateOwn(run);
        });
        return joins.map(ChangeRun::size).orElse(0);
    }

    /** The device of a writer of which changes have come; of several one of which something counts, if any does. */
    public Optional<DeviceId> deviceOf(WriterId writer) {
        return counted().device(writer);
    }

    /** The device that made a change, if it is here. */
    public Optional<DeviceId> deviceOf(ChangeId change) {
        return lines().of(change)
                .filter(line -> line.seqOf(change) <= line.end().seq())
                .map(line -> line.line().device());
    }

    /** The devices of which something counts, by the engine's names for what each wrote. */
    public Map<ActorId, DeviceId> authors() {
        return counted().authors();
    }

    /** Whether some branch of a writer has that change with a chain hash that starts so. */
    public boolean has(WriterId writer, long seq, long hash8) {
        return lines().of(writer).stream().anyMatch(line -> chains.has(line, seq, hash8));
    }

    /** What is in this device's store of all writers but one, as a head tells it. */
    public List<Seen> seen(WriterId except) {
        List<Seen> seen = new ArrayList<>();
        for (WriterId writer : lines().writers()) {
            if (!writer.equals(except) && seen.size() < Limits.SEEN_MAX) {
                counted()
                        .end(writer)
                        .filter(end -> end.seq() > 0)
                        .ifPresent(end -> seen.add(new Seen(writer, end.seq(), end.hash8())));
            }
        }
        return seen;
    }

    /** The changes as they are in the store now. */
    public StoredChanges stored() {
        return new StoredChanges(store, lines());
    }

    /**
     * Stores runs of own changes again, many changes to a row; inside {@link #write}. Each commit has a row of its own
     * until then.
     */
    public void mergeRows(List<ChangeRun> runs) {
        stored().merge(runs);
        live.rowsMoved();
    }

    /** The documents, for a local edit inside {@link #write}. */
    public DocumentSet documents() {
        return live.documents();
    }

    /** A number that grows whenever changes may have got other names. */
    public long namings() {
        return live.namings();
    }

    /** Forgets the documents in memory after a local edit that was not stored, and makes them from the store again. */
    public void discardUnstored() {
        store.read(live::reopen);
    }

    /** The references to changes of the engine, as a change of ours names its parents. */
    public List<ChangeRef> references(List<ChangeId> changes) {
        return changes.stream().map(live.linkage().names()::reference).sorted().toList();
    }

    /** All chains and what is known of them. */
    public Overview overview() {
        DocumentSet documents = live.documents();
        List<Integration.Waiting> missing = store.read(() -> counted().waiting(live.waiting(), documents.version()));
        return new Overview(store, lines(), chains, live.linkage().names(), documents, missing, counted());
    }

    /** Saves the documents, so that the next open need not make them from all changes. */
    public void saveCheckpoint() {
        if (live.isUnsaved()) {
            write(new Progress(), live::save);
        }
    }

    /** Changes integrated since the documents were last saved. */
    public long sinceCheckpoint() {
        return live.sinceCheckpoint();
    }

    /** The devices of which changes count: those which may write, and others on whose changes these have built. */
    public Set<DeviceId> counting() {
        return counted().devices(live.documents().version());
    }

    /** Of which writers changes count, or are needed by some that do, although their devices may not write; how far. */
    public Map<WriterId, Long> needed() {
        Map<WriterId, Long> needed =
                new HashMap<>(counted().ofHeld(live.documents().version()));
        Overview overview = overview();
        for (Overview.Gap gap : overview.gaps()) {
            needed.merge(gap.missing().writer(), gap.missing().seq(), Math::max);
        }
        return needed;
    }

    /** How many changes in the store do not count, by their devices. */
    public SortedMap<DeviceId, Long> uncounted() {
        return counted().uncounted(live.documents().version());
    }

    /** The engine's names of the heads of a version, if this device has them all. */
    public Optional<Heads> heads(List<ChangeId> changes) {
        return changes.stream().allMatch(live.documents().version()::contains)
                ? Optional.of(Heads.of(changes))
                : Optional.empty();
    }

    /** The engine's name of a writer. */
    public static ActorId actor(WriterId writer) {
        return new ActorId(writer.high(), writer.low());
    }
}
