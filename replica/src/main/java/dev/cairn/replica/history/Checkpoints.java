package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.ByteReader;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.replica.store.LocalStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The saved documents of a version, from which a process opens without the changes before it.
 *
 * <p>A process loads snapshots one by one, when they are needed. So a checkpoint has a number, every read looks at it
 * first, and a process that finds another one opens anew: it never mixes snapshots of two.
 */
final class Checkpoints {
    /** Counts the renamings of changes; what a process holds in memory is void when it moves. */
    static final String GENERATION = "generation";
    /** The number of the saved checkpoint; 0 is none. */
    static final String NUMBER = "checkpoint-number";

    /** Snapshots of another layout are as good as none. */
    static final String VERSION = "checkpoint-" + EngineCheckpoint.SNAPSHOT_VERSION;

    private static final String HELD = "checkpoint-held-lines";

    private final LocalStore store;

    Checkpoints(LocalStore store) {
        this.store = store;
    }

    /**
     * Saves the documents as they are now; inside a transaction. Returns the new number.
     *
     * @param held the lines whose changes count only where others build on them
     */
    long save(DocumentSet documents, HeldLines held) {
        EngineCheckpoint checkpoint = documents.checkpoint();
        store.setMeta(HELD, held.encode());
        checkpoint.changedSnapshots().forEach((name, bytes) -> store.setSnapshot(name, Bytes.copyOf(bytes)));
        store.setMeta(VERSION, encode(checkpoint));
        long number = store.number(NUMBER, 0) + 1;
        store.setNumber(NUMBER, number);
        return number;
    }

    /** Forgets the saved documents; inside a transaction. */
    void drop() {
        store.removeSnapshots();
        store.removeMeta(VERSION);
        store.setNumber(NUMBER, store.number(NUMBER, 0) + 1);
    }

    /** Takes over documents which another device has saved; inside a transaction. */
    void replace(ForeignDocuments documents) {
        store.removeSnapshots();
        for (String name : documents.names()) {
            store.setSnapshot(name, Bytes.copyOf(documents.state(name)));
        }
        store.setMeta(VERSION, documents.version());
        store.removeMeta(HELD);
        store.setNumber(NUMBER, store.number(NUMBER, 0) + 1);
    }

    /** The lines whose changes counted only where others build on them when the documents were saved. */
    HeldLines held() {
        return store.meta(HELD).map(HeldLines::decode).orElse(HeldLines.NONE);
    }

    /**
     * Lines of devices which may not write, by their numbers.
     *
     * @param all all of them
     * @param counting those of which something counts
     */
    record HeldLines(Set<Integer> all, Set<Integer> counting) {
        static final HeldLines NONE = new HeldLines(Set.of(), Set.of());

        /** Whether something of a line counted. */
        boolean counts(LineState line) {
            int no = line.line().no();
            return !all.contains(no) || counting.contains(no);
        }

        HeldLines {
            all = Set.copyOf(all);
            counting = Set.copyOf(counting);
        }

        private Bytes encode() {
            ByteWriter out = new ByteWriter(64);
            for (Set<Integer> lines : List.of(all, counting)) {
                out.varint(lines.size());
                lines.forEach(out::varint);
            }
            return out.toBytes();
        }

        private static HeldLines decode(Bytes bytes) {
            ByteReader in = new ByteReader(bytes);
            try {
                return new HeldLines(lines(in), lines(in));
            } catch (MalformedException e) {
                throw new IllegalStateException("the lines held back in saved documents are damaged", e);
            }
        }

        private static Set<Integer> lines(ByteReader in) throws MalformedException {
            Set<Integer> lines = new HashSet<>();
            for (long i = in.varint(); i > 0; i--) {
                lines.add(in.varint(Integer.MAX_VALUE));
            }
            return lines;
        }
    }

    /** The saved version, without snapshots. */
    Optional<EngineCheckpoint> load() {
        return store.meta(VERSION).map(bytes -> decode(bytes, new TreeSet<>(store.snapshots())));
    }

    /** The saved snapshot of one document. */
    ByteBuffer snapshot(String document) {
        return store.snapshot(document)
                .orElseThrow(() -> new IllegalStateException("the local store has no snapshot of a saved document"))
                .asByteBuffer();
    }

    private static Bytes encode(EngineCheckpoint checkpoint) {
        ByteWriter out = new ByteWriter(1024);
        out.varint(checkpoint.heads().changes().size());
        for (ChangeId head : checkpoint.heads().changes()) {
            actor(out, head.actor()).varint(head.seq());
        }
        Map<ActorId, Long> version = checkpoint.version().sequences();
        out.varint(version.size());
        version.forEach((actor, seq) ->
                actor(out, actor).varint(seq).varint(checkpoint.lamports().getOrDefault(actor, 0L)));
        return out.toBytes();
    }

    /** The version in these bytes, of documents with these names. */
    static EngineCheckpoint decode(Bytes bytes, SortedSet<String> names) {
        try {
            ByteReader in = new ByteReader(bytes);
            List<ChangeId> heads = new ArrayList<>();
            for (long i = in.varint(); i > 0; i--) {
                heads.add(new ChangeId(actor(in), in.varint()));
            }
            Map<ActorId, Long> version = new HashMap<>();
            Map<ActorId, Long> lamports = new HashMap<>();
            for (long i = in.varint(); i > 0; i--) {
                ActorId actor = actor(in);
                version.put(actor, in.varint());
                lamports.put(actor, in.varint());
            }
            return new EngineCheckpoint(
                    Heads.of(heads),
                    VersionVector.of(version),
                    lamports,
                    Collections.unmodifiableSortedSet(names),
                    new TreeMap<>());
        } catch (MalformedException e) {
            throw new IllegalStateException("the version of saved documents is damaged: " + e.getMessage(), e);
        }
    }

    private static ByteWriter actor(ByteWriter out, ActorId actor) {
        return out.u64(actor.high()).u64(actor.low());
    }

    private static ActorId actor(ByteReader in) throws MalformedException {
        return new ActorId(in.u64(), in.u64());
    }
}
