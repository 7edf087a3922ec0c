package dev.cairn.replica;

import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document at one version: a tree of maps, lists, texts, counters and values under a root map.
 *
 * <p>Immutable and safe to read from any thread; ask the space again for a later state.
 */
public final class Document {

    private final DocumentState state;

    Document(DocumentState state) {
        this.state = state;
    }

    /** The document's name, which {@link Transaction#on(Document)} takes. */
    public String name() {
        return state.name();
    }

    /** Whether anything is in the document. */
    public boolean exists() {
        return !map().entries().isEmpty();
    }

    /** The root map. */
    public MapView map() {
        return state.root();
    }

    /** The text under a key of the root map; empty when there is none. */
    public String text(String key) {
        return map().get(key)
                .filter(TextView.class::isInstance)
                .map(Node::toString)
                .orElse("");
    }

    /** The elements of the list under a key of the root map; none when there is no such list. */
    public List<Node> list(String key) {
        return map().get(key)
                .filter(ListView.class::isInstance)
                .map(node -> ((ListView) node).elements())
                .orElse(List.of());
    }

    /** The value of the counter under a key of the root map; 0 when there is none. */
    public long counter(String key) {
        return map().get(key)
                .filter(CounterView.class::isInstance)
                .map(node -> ((CounterView) node).value())
                .orElse(0L);
    }

    /** What is at the end of a path of {@link String} keys and {@link Integer} indexes. */
    public Optional<Node> at(Object... path) {
        return state.at(path);
    }

    /** Everything on which concurrent edits disagreed, in the order of the paths; nothing of it is lost. */
    public List<Conflict> conflicts() {
        return state.conflicts();
    }

    /** The document as maps, lists, strings, numbers and booleans; see {@link DocumentState#toPlain()}. */
    public Map<String, @Nullable Object> toPlain() {
        return state.toPlain();
    }

    @Override
    public String toString() {
        return "Document[" + name() + "]";
    }
}
