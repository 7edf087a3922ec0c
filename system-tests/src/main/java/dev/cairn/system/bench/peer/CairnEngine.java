package dev.cairn.system.bench.peer;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import dev.cairn.system.bench.journal.Archive;
import dev.cairn.system.bench.journal.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This project's engine. */
final class CairnEngine implements Engine {
    private static final String DOCUMENT = "peer";
    private static final String TEXT = "body";
    private static final String COUNTER = "count";
    private static final String LIST = "order";
    private static final String TREE = "outline";

    // the nodes of all replicas, in the order in which they were made: a name is valid on every device
    private final List<TreeNodeId> nodes = new ArrayList<>();

    @Override
    public String name() {
        return "cairn";
    }

    @Override
    public Replica replica(int device) {
        return new OfCairn(new ActorId(0x5eed, device + 1L), nodes);
    }

    private static final class OfCairn implements Replica {
        private final ActorId actor;
        private final List<TreeNodeId> nodes;
        private final DocumentSet set = DocumentSet.create();
        private final List<LocalChange> all = new ArrayList<>();
        private List<Object> fresh = new ArrayList<>();
        private @Nullable EditSession session;
        private @Nullable Archive archive;
        private long seq = 1;

        private OfCairn(ActorId actor, List<TreeNodeId> nodes) {
            this.actor = actor;
            this.nodes = nodes;
        }

        private DocumentEditor document() {
            if (session == null) {
                session = set.begin(actor, seq, 0);
            }
            return session.on(DOCUMENT);
        }

        @Override
        public void put(String key, int value) {
            document().map().put(key, Value.of(value));
        }

        @Override
        public void insert(int position, String text) {
            document().text(TEXT).insert(position, text);
        }

        @Override
        public void delete(int position, int length) {
            document().text(TEXT).delete(position, length);
        }

        @Override
        public void add(int delta) {
            document().counter(COUNTER).add(delta);
        }

        @Override
        public void elements(int count) {
            for (int i = 0; i < count; i++) {
                document().movableList(LIST).add(i);
            }
        }

        @Override
        public void move(int from, int to) {
            document().movableList(LIST).move(from, to);
        }

        @Override
        public void nodes(int count) {
            for (int i = 0; i < count; i++) {
                nodes.add(document().tree(TREE).add());
            }
        }

        @Override
        public void place(int node, int above) {
            TreeEditor tree = document().tree(TREE);
            try {
                tree.move(nodes.get(node), nodes.get(above), 0);
            } catch (IllegalArgumentException circle) {
                return;
            }
        }

        @Override
        public void mark(int start, int end) {
            document().text(TEXT).mark(start, end, "bold", true);
        }

        @Override
        public void commit() {
            EditSession open = session;
            if (open != null) {
                LocalChange change = open.finish();
                session = null;
                if (!change.documents().isEmpty()) {
                    seq++;
                    fresh.add(change);
                    all.add(change);
                }
            }
        }

        @Override
        public List<Object> drain() {
            List<Object> drained = fresh;
            fresh = new ArrayList<>();
            return drained;
        }

        @Override
        public void apply(List<Object> changes) {
            List<LocalChange> runs = new ArrayList<>(changes.size());
            for (Object each : changes) {
                runs.add((LocalChange) each);
            }
            set.integrate(Run.cut(runs, Integer.MAX_VALUE));
            all.addAll(runs);
        }

        private DocumentState state() {
            return set.document(DOCUMENT);
        }

        @Override
        public String text() {
            return text(state());
        }

        private static String text(DocumentState state) {
            return state.at(TEXT).map(Node::toString).orElse("");
        }

        @Override
        public int keys() {
            return (int) state().root().entries().keySet().stream()
                    .filter(key -> !List.of(TEXT, COUNTER, LIST, TREE).contains(key))
                    .count();
        }

        @Override
        public long count() {
            return state().at(COUNTER).map(node -> ((CounterView) node).value()).orElse(0L);
        }

        @Override
        public int pieces() {
            int elements =
                    state().at(LIST).map(node -> ((ListView) node).size()).orElse(0);
            return elements
                    + state().at(TREE).map(node -> ((TreeView) node).size()).orElse(0);
        }

        private Archive archive() {
            if (archive == null) {
                archive = Archive.seal(all);
            }
            return archive;
        }

        @Override
        public long savedBytes() {
            return archive().encodedBytes();
        }

        @Override
        public String loaded() {
            DocumentSet opened = DocumentSet.create();
            opened.integrate(archive().open());
            return text(opened.document(DOCUMENT));
        }
    }
}
