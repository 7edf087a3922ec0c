package dev.cairn.crdt.state;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.MovableListView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import dev.cairn.crdt.view.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The canonical bytes of a document's visible state and conflicts, and their SHA-256. */
public final class StateHash {
    private final ByteSink sink = new ByteSink();

    private StateHash() {}

    /** Returns a fresh SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the hash of a document's name and state. */
    static byte[] of(DocumentState state) {
        StateHash hash = new StateHash();
        hash.sink.string(state.name());
        hash.node(state.root());
        hash.sink.varint(state.conflicts().size());
        state.conflicts().forEach(hash::conflict);
        MessageDigest digest = sha256();
        digest.update(hash.sink.array(), 0, hash.sink.length());
        return digest.digest();
    }

    private void node(Node node) {
        if (node instanceof MapView map) {
            sink.octet('m');
            sink.varint(map.entries().size());
            map.entries().forEach((key, value) -> {
                sink.string(key);
                node(value);
            });
        } else if (node instanceof ListView list) {
            sink.octet(node instanceof MovableListView ? 'v' : 'l');
            sink.varint(list.size());
            list.elements().forEach(this::node);
        } else if (node instanceof TextView text) {
            text(text);
        } else if (node instanceof CounterView counter) {
            sink.octet('c');
            sink.fixed(counter.value());
        } else if (node instanceof RegisterView register) {
            sink.octet('r');
            sink.varint(register.value().isPresent() ? 1 : 0);
            register.value().ifPresent(this::node);
        } else if (node instanceof TreeView tree) {
            tree(tree);
        } else {
            ValueCodec.write(sink, (Value) node);
        }
    }

    private void tree(TreeView tree) {
        sink.octet('n');
        sink.varint(tree.roots().size());
        tree.walk(new TreeView.Walker() {
            @Override
            public void enter(TreeNodeId node, MapView data, int children) {
                id(node);
                node(data);
                sink.varint(children);
            }

            @Override
            public void leave(TreeNodeId node) {}
        });
    }

    private void id(TreeNodeId node) {
        sink.fixed(node.actor().high());
        sink.fixed(node.actor().low());
        sink.varint(node.seq());
        sink.varint(node.index());
    }

    private void text(TextView text) {
        String string = text.toString();
        List<Mark> marks = text.marks();
        sink.octet(marks.isEmpty() ? 't' : 'f');
        sink.string(string);
        if (marks.isEmpty()) {
            return;
        }
        sink.varint(marks.size());
        int start = 0;
        int codePoints = 0;
        for (Mark mark : marks) {
            codePoints += string.codePointCount(start, mark.start());
            start = mark.start();
            sink.varint(codePoints);
            sink.varint((long) codePoints + string.codePointCount(start, mark.end()));
            sink.string(mark.key());
            ValueCodec.write(sink, mark.value());
        }
    }

    private void conflict(Conflict conflict) {
        path(conflict.path());
        if (conflict instanceof Conflict.Assignments assignments) {
            sink.octet('a');
            sink.varint(assignments.assignments().size());
            for (Assignment assignment : assignments.assignments()) {
                node(assignment.value());
                id(assignment.change(), assignment.lamport());
            }
        } else if (conflict instanceof Conflict.LostEdits lost) {
            sink.octet('e');
            sink.varint(lost.edits().size());
            lost.edits().forEach(edit -> id(edit.change(), edit.lamport()));
        }
    }

    private void path(List<Step> path) {
        sink.varint(path.size());
        for (Step step : path) {
            if (step instanceof Step.Key key) {
                sink.octet('k');
                sink.string(key.key());
            } else if (step instanceof Step.Index index) {
                sink.octet('i');
                sink.varint(index.index());
            } else if (step instanceof Step.TreeNode node) {
                sink.octet('n');
                id(node.id());
            }
        }
    }

    private void id(ChangeId change, long lamport) {
        sink.fixed(change.actor().high());
        sink.fixed(change.actor().low());
        sink.varint(change.seq());
        sink.varint(lamport);
    }
}
