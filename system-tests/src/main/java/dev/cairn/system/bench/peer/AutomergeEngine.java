package dev.cairn.system.bench.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.automerge.AmValue;
import org.automerge.ChangeHash;
import org.automerge.Document;
import org.automerge.ExpandMark;
import org.automerge.MapEntry;
import org.automerge.NewValue;
import org.automerge.ObjectId;
import org.automerge.ObjectType;
import org.automerge.Transaction;
import org.jspecify.annotations.Nullable;

/** Automerge for the JVM: a native engine behind JNI. */
final class AutomergeEngine implements Engine {
    private static final String TEXT = "body";
    private static final String COUNTER = "count";

    private final byte[] base;

    AutomergeEngine() {
        Document document = new Document(new byte[] {0, 0, 0, 0});
        try (Transaction transaction = document.startTransaction()) {
            transaction.set(ObjectId.ROOT, TEXT, ObjectType.TEXT);
            transaction.set(ObjectId.ROOT, COUNTER, NewValue.counter(0));
            transaction.commit();
        }
        base = document.save();
        document.free();
    }

    @Override
    public String name() {
        return "automerge-java";
    }

    @Override
    public Replica replica(int device) {
        byte[] actor = ByteBuffer.allocate(4).putInt(device + 1).array();
        return new OfAutomerge(Document.load(base).fork(actor));
    }

    private static final class OfAutomerge implements Replica {
        private final Document document;
        private final ObjectId text;
        private ChangeHash[] drained;
        private @Nullable Transaction transaction;
        private byte @Nullable [] saved;

        private OfAutomerge(Document document) {
            this.document = document;
            this.text = ((AmValue.Text) document.get(ObjectId.ROOT, TEXT).orElseThrow()).getId();
            this.drained = document.getHeads();
        }

        private Transaction open() {
            if (transaction == null) {
                transaction = document.startTransaction();
            }
            return transaction;
        }

        @Override
        public void put(String key, int value) {
            open().set(ObjectId.ROOT, key, value);
        }

        @Override
        public void insert(int position, String inserted) {
            open().spliceText(text, position, 0, inserted);
        }

        @Override
        public void delete(int position, int length) {
            open().spliceText(text, position, length, "");
        }

        @Override
        public void add(int delta) {
            open().increment(ObjectId.ROOT, COUNTER, delta);
        }

        @Override
        public void elements(int count) {
            throw new UnsupportedOperationException("a movable list");
        }

        @Override
        public void move(int from, int to) {
            throw new UnsupportedOperationException("a movable list");
        }

        @Override
        public void nodes(int count) {
            throw new UnsupportedOperationException("a tree");
        }

        @Override
        public void place(int node, int above) {
            throw new UnsupportedOperationException("a tree");
        }

        @Override
        public void mark(int start, int end) {
            open().mark(text, start, end, "bold", NewValue.bool(true), ExpandMark.AFTER);
        }

        @Override
        public void commit() {
            Transaction done = transaction;
            if (done != null) {
                done.commit();
                transaction = null;
            }
        }

        /** The changes since the last call: a row of chunks, which is cut where their lengths say. */
        @Override
        public List<Object> drain() {
            byte[] chunks = document.encodeChangesSince(drained);
            drained = document.getHeads();
            List<Object> changes = new ArrayList<>();
            int at = 0;
            while (at < chunks.length) {
                int length = 0;
                int next = at + 9; // magic 4, checksum 4, type 1, then the length in LEB128
                int shift = 0;
                do {
                    length |= (chunks[next] & 0x7f) << shift;
                    shift += 7;
                } while (chunks[next++] < 0);
                changes.add(Arrays.copyOfRange(chunks, at, next + length));
                at = next + length;
            }
            return changes;
        }

        @Override
        public void apply(List<Object> changes) {
            int size = changes.stream().mapToInt(each -> ((byte[]) each).length).sum();
            ByteBuffer all = ByteBuffer.allocate(size);
            changes.forEach(each -> all.put((byte[]) each));
            document.applyEncodedChanges(all.array());
            drained = document.getHeads();
        }

        @Override
        public String text() {
            return document.text(text).orElse("");
        }

        @Override
        public int keys() {
            MapEntry[] entries = document.mapEntries(ObjectId.ROOT).orElseThrow();
            return entries.length - 2;
        }

        @Override
        public long count() {
            return ((AmValue.Counter) document.get(ObjectId.ROOT, COUNTER).orElseThrow()).getValue();
        }

        @Override
        public int pieces() {
            return 0;
        }

        private byte[] saved() {
            if (saved == null) {
                saved = document.save();
            }
            return saved;
        }

        @Override
        public long savedBytes() {
            return saved().length;
        }

        @Override
        public String loaded() {
            Document loaded = Document.load(saved());
            String shown = loaded.text(text).orElse("");
            loaded.free();
            return shown;
        }
    }
}
