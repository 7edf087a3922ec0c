package dev.cairn.crdt.log;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.KeyHash;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.graph.EventGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The documents of a set by the bytes of their names. */
public final class DocumentTable {
    private final EventGraph graph;
    private final ByteLog log;
    private final List<DocumentLog> documents = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();

    /** Of each place its document's index + 1, or 0, below the hash of the name: other names need not be looked at. */
    private long[] table = new long[16];

    private int last = -1;
    private boolean watched;

    // the name asked for last, which is often asked for again
    private String lastName = "";
    private int lastNamed;

    // the document changed last and the set which has its name only: every call which changes one document returns it
    private @Nullable DocumentLog alone;
    private NameSet nameAlone = NameSet.EMPTY;

    // the documents which are not blank, and the set of their names
    private BitSet filled = new BitSet();
    private NameSet filledNames = NameSet.EMPTY;

    /** Returns an empty table. */
    public DocumentTable(EventGraph graph, ByteLog log) {
        this.graph = graph;
        this.log = log;
    }

    private boolean is(int index, byte[] bytes, int start, int length) {
        byte[] name = names.get(index);
        return Arrays.equals(name, 0, name.length, bytes, start, start + length);
    }

    /** Returns the place of a name with that hash, or where it would be. */
    private int slot(int hash, byte[] bytes, int start, int length) {
        int mask = table.length - 1;
        int i = hash & mask;
        while (table[i] != 0 && !((int) (table[i] >>> 32) == hash && is((int) table[i] - 1, bytes, start, length))) {
            i = (i + 1) & mask;
        }
        return i;
    }

    /** Returns the index of the document with that name, added if it is new. */
    public int indexOf(byte[] bytes, int start, int length) {
        if (last >= 0 && is(last, bytes, start, length)) {
            return last;
        }
        int hash = KeyHash.of(bytes, start, length);
        int slot = slot(hash, bytes, start, length);
        last = (int) table[slot] - 1;
        if (last < 0) {
            add(Arrays.copyOfRange(bytes, start, start + length), hash, slot, null);
        }
        return last;
    }

    private void add(byte[] name, int hash, int slot, @Nullable Supplier<ByteBuffer> base) {
        table[slot] = (long) hash << 32 | documents.size() + 1;
        last = documents.size();
        DocumentLog document = new DocumentLog(graph, log, Utf8.string(name, 0, name.length), base);
        if (watched) {
            document.watchNew();
        }
        documents.add(document);
        names.add(name);
        if (documents.size() * 2 > table.length) {
            grow();
        }
    }

    private void grow() {
        long[] small = table;
        table = new long[small.length * 2];
        int mask = table.length - 1;
        for (long entry : small) {
            if (entry != 0) {
                int i = (int) (entry >>> 32) & mask;
                while (table[i] != 0) {
                    i = (i + 1) & mask;
                }
                table[i] = entry;
            }
        }
    }

    /**
     * Returns the names of all documents which are not blank, in the order of their bytes; a set that never changes.
     * Names are put in order once, when their documents appear.
     */
    public SortedSet<String> names() {
        BitSet now = new BitSet(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            now.set(i, !documents.get(i).isBlank());
        }
        if (!now.equals(filled)) {
            BitSet gone = (BitSet) filled.clone();
            gone.andNot(now);
            BitSet come = (BitSet) now.clone();
            come.andNot(filled);
            filledNames = filledNames.changed(new NameSet(inOrder(gone)), inOrder(come));
            filled = now;
        }
        return filledNames;
    }

    /** Returns the names of the documents at these indexes, in the order of their bytes; a set that never changes. */
    public SortedSet<String> names(BitSet indexes) {
        if (indexes.cardinality() == documents.size()) {
            return names(); // which need not be put in order once more
        }
        if (indexes.cardinality() > 1) {
            return new NameSet(inOrder(indexes));
        }
        return indexes.isEmpty() ? NameSet.EMPTY : nameAlone(documents.get(indexes.nextSetBit(0)));
    }

    private String[] inOrder(BitSet indexes) {
        return Naming.inOrder(indexes.stream().toArray(), names, documents);
    }

    /** Returns the set of names that has one document's only. */
    public SortedSet<String> nameAlone(DocumentLog document) {
        if (document != alone) {
            nameAlone = new NameSet(document.name());
            alone = document;
        }
        return nameAlone;
    }

    /** Adds a document which has a snapshot at the base of the graph. */
    public void addAtBase(String name, Supplier<ByteBuffer> snapshot) {
        byte[] bytes = Utf8.name(name);
        int hash = KeyHash.of(bytes, 0, bytes.length);
        add(bytes, hash, slot(hash, bytes, 0, bytes.length), snapshot);
    }

    /** Returns the document at the index. */
    public DocumentLog get(int index) {
        return documents.get(index);
    }

    /** Returns the document with that name, or null. */
    public @Nullable DocumentLog find(String name) {
        int index = indexOf(name);
        return index < 0 ? null : documents.get(index);
    }

    /** Returns the index of the document with that name, or -1. */
    public int indexOf(String name) {
        byte[] bytes = Utf8.name(name);
        return (int) table[slot(KeyHash.of(bytes, 0, bytes.length), bytes, 0, bytes.length)] - 1;
    }

    /** Returns the document with that name, added if it is new. */
    public DocumentLog findOrAdd(String name) {
        if (!name.equals(lastName) || name.isEmpty()) {
            byte[] bytes = Utf8.name(name);
            lastNamed = indexOf(bytes, 0, bytes.length);
            lastName = name;
        }
        return documents.get(lastNamed);
    }

    /** Notes of all documents, and of those that come, what becomes of their conflicts. */
    public void watch() {
        watched = true;
        documents.forEach(DocumentLog::watch);
    }

    /** Tells whether somebody wants to know what becomes of conflicts. */
    public boolean isWatched() {
        return watched;
    }

    /** Goes on as another table of the same documents did, which tells what their conflicts were. */
    public void watchAs(DocumentTable other) {
        watched = true;
        for (DocumentLog document : documents) {
            DocumentLog former = other.find(document.name());
            if (former == null) {
                document.watchNew();
            } else {
                document.watchAs(former);
            }
        }
    }

    /** Returns all documents, blank ones included. */
    public List<DocumentLog> all() {
        return documents;
    }
}
