package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.view.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds containers by what is shown: by the keys, indexes and nodes on the way from the root. */
record Paths(Document document) {

    /** Returns the container which is shown at the end of that path, or null; registers on the way take no step. */
    @Nullable
    Container at(List<Step> path) {
        Container found = document.root;
        for (Step step : path) {
            Integer content = found == null ? null : shown(insideRegisters(found), step);
            if (content == null || content >= 0) {
                return null;
            }
            found = document.containers.get(~content);
        }
        return found;
    }

    /** Returns what a step leads to. */
    private @Nullable Integer shown(@Nullable Container from, Step step) {
        if (from instanceof TreeContainer tree && step instanceof Step.TreeNode node) {
            int number = document.trees().find(tree, node.id());
            return number < 0 || !tree.moves.isIn(number)
                    ? null
                    : ~document.trees().map(tree, number).index;
        }
        if (from instanceof MapContainer map && step instanceof Step.Key key) {
            byte[] name = Utf8.bytes(key.key());
            return map.shown(document.graph, name);
        }
        if (from instanceof SequenceContainer list && list.type == ContainerType.LIST) {
            int at = index(step, list.sequence.size());
            return at < 0 ? null : list.sequence.get(at);
        }
        if (from instanceof MovableListContainer list) {
            int at = index(step, list.size());
            return at < 0 ? null : list.shown(list.elementAt(at));
        }
        return null;
    }

    private static int index(Step step, int size) {
        return step instanceof Step.Index index && index.index() < size ? index.index() : -1;
    }

    /** Returns the container itself, or what is shown in the register that it is, if that is a container. */
    @Nullable
    Container insideRegisters(Container container) {
        Container inside = container;
        while (inside instanceof MapContainer register && register.type == ContainerType.REGISTER) {
            Integer content = register.shown(document.graph, MapContainer.NO_KEY);
            if (content == null || content >= 0) {
                return null;
            }
            inside = document.containers.get(~content);
        }
        return inside;
    }
}
