package dev.cairn.cli.document;

import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The names of a tree's nodes as people read and write them: so many digits of the author as tell them apart. */
public final class NodeNames {
    private static final int DIGITS_MIN = 4;

    private final List<TreeNodeId> nodes;
    private final int digits;

    /** The names of these nodes. */
    public NodeNames(Collection<TreeNodeId> nodes) {
        this.nodes = List.copyOf(nodes);
        TreeSet<String> actors = new TreeSet<>();
        nodes.forEach(node -> actors.add(node.actor().toString()));
        int telling = DIGITS_MIN;
        String last = "";
        for (String actor : actors) {
            while (telling < actor.length() && last.startsWith(actor.substring(0, telling))) {
                telling++;
            }
            last = actor;
        }
        this.digits = telling;
    }

    /** A node's name in its short form. */
    public String brief(TreeNodeId node) {
        return node.actor().toString().substring(0, digits)
                + node.toString().substring(node.actor().toString().length());
    }

    /** The node which a user named: in full, or by a part of the author that leaves no doubt. */
    public TreeNodeId read(String text) {
        Optional<TreeNodeId> whole = DocumentPath.node(text);
        if (whole.isPresent()) {
            return whole.get();
        }
        int dash = text.indexOf('-');
        List<TreeNodeId> fitting = dash <= 0
                ? List.of()
                : nodes.stream()
                        .filter(node -> node.actor().toString().startsWith(text.substring(0, dash)))
                        .filter(node -> node.toString().equals(node.actor() + text.substring(dash)))
                        .toList();
        if (fitting.isEmpty()) {
            throw Failure.notFound("no node " + Printable.line(text) + " in this tree: see 'cairn tree DOC PATH'");
        }
        if (fitting.size() > 1) {
            throw Failure.usage("several nodes are called " + Printable.line(text) + ": give more of the digits");
        }
        return fitting.get(0);
    }
}
