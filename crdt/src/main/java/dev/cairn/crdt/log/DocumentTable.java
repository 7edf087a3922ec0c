package dev.cairn.crdt.log;

import dev.cairn.crdt.codec.ByteLog;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.graph.EventGraph;
import dev.cairn.crdt.view.KeyOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The documents of a set by the bytes of their names. */
public final class DocumentTable {
    private final EventGraph graph;
    private final ByteLog log;
    private final List<DocumentLog> documents = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private int[] table = new int[16];
    private int last = -1;
    private boolean watched;

    // the name asked for last, which is often asked for again
    private String lastName = "";
    private int lastNamed;

    // the document changed last and the set which has its name only: every call which changes one document returns it
    private @Nullable DocumentLog alone;
    private SortedSet<String> nameAlone = Collections.emptySortedSet();

    // the documents which are not blank, and the set of their names
    private BitSet filled = new BitSet();
    private SortedSet<String> filledNames = Collections.emptySortedSet();

    /** Returns an empty table. */
    public DocumentTable(EventGraph graph, ByteLog log) {
        this.graph = graph;
        this.log = log;
    }

    private static int hash(byte[] bytes, int start, int length) {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash * 0x9E3779B9) >>> 7;
    }

    private boolean is(int index, byte[] bytes, int start, int length) {
        byte[] name = names.get(index);
        return Arrays.equals(name, 0, name.length, bytes, start, start + length);
    }

    private int slot(byte[] bytes, int start, int length) {
        int mask = table.length - 1;
        int i = hash(bytes, start, length) & mask;
        while (table[i] != 0 && !is(table[i] - 1, bytes, start, length)) {
            i = (i + 1) & mask;
        }
        return i;
    }

    /** Returns the index of the document with that name, added if it is new. */
    public int indexOf(byte[] bytes, int start, int length) {
        if (last >= 0 && is(last, bytes, start, length)) {
            return last;
        }
        int slot = slot(bytes, start, length);
        last = table[slot] - 1;
        if (last < 0) {
            add(Arrays.copyOfRange(bytes, start, start + length), slot, null);
        }
        return last;
    }

    private void add(byte[] name, int slot, @Nullable Supplier<ByteBuffer> base) {
        table[slot] = documents.size() + 1;
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
        table = new int[table.length * 2];
        for (int i = 0; i < names.size(); i++) {
            table[slot(names.get(i), 0, names.get(i).length)] = i + 1;
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
            SortedSet<String> names = filled.isEmpty() ? new TreeSet<>(KeyOrder.INSTANCE) : new TreeSet<>(filledNames);
            gone.stream().forEach(i -> names.remove(documents.get(i).name()));
            come.stream().forEach(i -> names.add(documents.get(i).name()));
            filledNames = Collections.unmodifiableSortedSet(names);
            filled = now;
        }
        return filledNames;
    }

    /** Returns the set of names that has one document's only. */
    public SortedSet<String> nameAlone(DocumentLog document) {
        if (document != alone) {
            SortedSet<String> names = new TreeSet<>(KeyOrder.INSTANCE);
            names.add(document.name());
            nameAlone = Collections.unmodifiableSortedSet(names);
            alone = document;
        }
        return nameAlone;
    }

    /** Adds a document which has a snapshot at the base of the graph. */
    public void addAtBase(String name, Supplier<ByteBuffer> snapshot) {
        byte[] bytes = Utf8.name(name);
        add(bytes, slot(bytes, 0, bytes.length), snapshot);
    }

    /** Returns the document at the index. */
    public DocumentLog get(int index) {
        return documents.get(index);
    }

    /** Returns the document with that name, or null. */
    public @Nullable DocumentLog find(String name) {
        byte[] bytes = Utf8.name(name);
        int index = table[slot(bytes, 0, bytes.length)] - 1;
        return index < 0 ? null : documents.get(index);
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
