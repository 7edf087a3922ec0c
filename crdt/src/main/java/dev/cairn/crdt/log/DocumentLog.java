package dev.cairn.crdt.log;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.document.Applying;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.lineage.Past;
import dev.cairn.crdt.snapshot.SnapshotReader;
import dev.cairn.crdt.state.ShownDocument;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.ConflictUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One document of a set: where the operations on it are, and its live state once somebody needs it.
 *
 * <p>A document which nobody reads costs at most eight bytes per change besides the operations themselves.
 */
public final class DocumentLog {
    private final EventGraph graph;
    private final ByteLog log;
    private final String name;
    private final ChangeList changes;
    private final @Nullable Supplier<ByteBuffer> base;

    private @Nullable ShownDocument live;
    private @Nullable Past past;
    private int baseAddress;
    private int baseLength = -1;
    private int applied;
    private boolean changed;

    // what was last told of the conflicts: after how many changes, and what, once it is known
    private boolean watched;
    private int toldAt;
    private @Nullable List<Conflict> told;
    private @Nullable DocumentLog former;

    /** Returns the log of a document, which may have a snapshot at the base of the graph. */
    public DocumentLog(EventGraph graph, ByteLog log, String name, @Nullable Supplier<ByteBuffer> base) {
        this.graph = graph;
        this.log = log;
        this.name = name;
        this.base = base;
        this.changes = new ChangeList(graph);
        this.changed = base == null;
    }

    /** Returns the document's name. */
    public String name() {
        return name;
    }

    /** Tells whether it has neither a snapshot nor any change. */
    public boolean isBlank() {
        return base == null && changes.size() == 0;
    }

    /** Tells whether it changed since {@link #markUnchanged}. */
    public boolean isChanged() {
        return changed;
    }

    /** Notes that its current state is in a checkpoint. */
    public void markUnchanged() {
        changed = false;
    }

    /** Appends the part of a change, which starts at that address with its DOCUMENT instruction. */
    public void append(int lv, int address) {
        changes.add(lv, address);
        changed = true;
    }

    /** Appends the part of a local change, which is in the live state already. */
    public void appendLocal(int lv, int address) {
        append(lv, address);
        applied = changes.size();
    }

    /** Drops the live state; it is made again when somebody needs it. */
    public void forget() {
        live = null;
        applied = 0;
    }

    /** Returns the live state with all changes applied. */
    public Document live(OperationReader reader) {
        return shown(reader).document();
    }

    /** Returns what is seen of the live state with all changes applied. */
    public ShownDocument shown(OperationReader reader) {
        ShownDocument shown = live;
        if (shown == null) {
            shown = new ShownDocument(new Document(graph, log, name));
            loadBase(shown.document());
            live = shown;
        }
        note(shown);
        if (applied < changes.size()) {
            applyTo(shown, reader);
        }
        return shown;
    }

    private void applyTo(ShownDocument shown, OperationReader reader) {
        Applying applying = new Applying(shown.document());
        while (applied < changes.size()) {
            apply(applying, applied, reader);
            applied++;
            note(shown);
        }
    }

    // ---- what became of conflicts

    /** Takes the conflicts there are now as those which were told of. */
    public void watch() {
        watched = true;
        toldAt = changes.size();
        told = null;
        former = null;
    }

    /** Takes over what another log of the same document has told of: that of a set which is made anew. */
    void watchAs(DocumentLog other) {
        watched = true;
        toldAt = -1;
        told = other.told;
        former = other.told == null ? other : null;
    }

    /** Takes it that nothing was told of a document, which is new. */
    void watchNew() {
        watched = true;
        told = List.of();
    }

    /** Tells whether this log still depends on a former one. */
    public boolean hasFormer() {
        return former != null;
    }

    private void note(ShownDocument document) {
        if (watched && told == null && applied == toldAt) {
            told = document.conflicts();
        }
    }

    /** Returns what became of the conflicts since this was asked last. */
    public ConflictUpdate takeConflicts(OperationReader reader) {
        List<Conflict> now = shown(reader).conflicts();
        DocumentLog before = former;
        List<Conflict> known = told != null || before == null
                ? told
                : before.shown(new OperationReader()).conflicts();
        told = now;
        toldAt = changes.size();
        former = null;
        return ConflictUpdate.between(name, known == null ? now : known, now);
    }

    private void loadBase(Document document) {
        if (base == null) {
            return;
        }
        if (baseLength < 0) {
            ByteBuffer bytes = base.get();
            baseLength = bytes.remaining();
            baseAddress = log.append(bytes, bytes.position(), baseLength);
        }
        new SnapshotReader(document, baseAddress, baseLength).read();
    }

    private void apply(Applying applying, int index, OperationReader reader) {
        int lv = changes.lv(index);
        int address = changes.address(index);
        int length = graph.operationsAddress(lv) + graph.operationsLength(lv) - address;
        applying.apply(lv, address, length, reader);
    }

    /** Returns everything that ever happened to the document, whose log must begin with its first change. */
    public Past past(OperationReader reader) {
        Past known = past;
        if (known == null) {
            known = new Past(graph, log, name, wanted -> replay(wanted, new OperationReader()));
            past = known;
        }
        if (known.applied() == changes.size()) {
            return known;
        }
        Applying applying = new Applying(known.document());
        while (known.applied() < changes.size()) {
            apply(applying, known.applied(), reader);
            known.advance();
        }
        return known;
    }

    /** Drops what {@link #past} has made. */
    public void forgetPast() {
        past = null;
    }

    /** Returns a fresh document with only the changes that are wanted, which must be a causally closed set. */
    public Document replay(IntPredicate wanted, OperationReader reader) {
        Document document = new Document(graph, log, name);
        Applying applying = new Applying(document);
        for (int i = 0; i < changes.size(); i++) {
            if (wanted.test(changes.lv(i))) {
                apply(applying, i, reader);
            }
        }
        return document;
    }

    /** Returns what every change that is wanted did, parents before children. */
    public List<ChangeSummary> summaries(IntPredicate wanted, OperationReader reader) {
        List<ChangeSummary> summaries = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            int lv = changes.lv(i);
            if (!wanted.test(lv)) {
                continue;
            }
            int address = changes.address(i);
            int length = graph.operationsAddress(lv) + graph.operationsLength(lv) - address;
            int from = log.offset(address);
            reader.reset(log.array(address), from, from + length);
            reader.next();
            summaries.add(summary(graph, lv, reader));
        }
        return List.copyOf(summaries);
    }

    /** Returns what a change did to one document; the reader is behind the DOCUMENT instruction of that part. */
    static ChangeSummary summary(EventGraph graph, int lv, OperationReader reader) {
        int[] counts = new int[Layout.TAKE_BACK + 1];
        while (reader.next() && reader.kind() != Layout.DOCUMENT) {
            boolean sequence = reader.kind() == Layout.INSERT || reader.kind() == Layout.DELETE;
            counts[reader.kind()] += sequence ? reader.count() : 1;
        }
        return new ChangeSummary(
                graph.id(lv),
                graph.lamport(lv),
                graph.time(lv),
                counts[Layout.INSERT],
                counts[Layout.DELETE],
                counts[Layout.PUT] + counts[Layout.MAKE] + counts[Layout.SET],
                counts[Layout.REMOVE],
                counts[Layout.ADD],
                counts[Layout.MOVE],
                counts[Layout.MARK],
                counts[Layout.PLACE],
                counts[Layout.DROP]);
    }
}
