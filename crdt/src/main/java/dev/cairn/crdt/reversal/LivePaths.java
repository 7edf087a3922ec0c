package dev.cairn.crdt.reversal;

import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.TreeContainer;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the ways that lead to containers of a document as it is now. */
final class LivePaths {
    private final Document document;
    private final Map<Container, Map<Integer, Integer>> indexes = new HashMap<>();

    LivePaths(Document document) {
        this.document = document;
    }

    /** Returns the way to a container, or to where it would be: as far as there is one. */
    List<Step> of(Container container) {
        List<Container> way = new ArrayList<>();
        for (Container c = container; c.parent() != null; c = c.parent()) {
            way.add(0, c);
        }
        List<Step> path = new ArrayList<>();
        for (Container inner : way) {
            if (isHidden(inner)) {
                continue;
            }
            Step step = step(inner);
            if (step != null) {
                path.add(step);
            }
            if (step == null ? !isInRegister(inner) : !isShown(inner)) {
                break;
            }
        }
        return path;
    }

    /** Returns the way to an entry of a map. */
    List<Step> of(MapContainer map, Entry entry) {
        List<Step> path = of(map);
        if (map.type() == ContainerType.REGISTER || !isThere(map)) {
            return path;
        }
        path.add(new Step.Key(Utf8.string(entry.key(), 0, entry.key().length)));
        return path;
    }

    /** Returns the way to an element of a list of either kind. */
    List<Step> of(Container list, int index) {
        List<Step> path = of(list);
        path.add(new Step.Index(index));
        return path;
    }

    private boolean isThere(Container container) {
        return container.isReachable();
    }

    /** The register of an element takes no step: what is in it stands at the element's place. */
    private static boolean isHidden(Container container) {
        return container.parent() instanceof MovableListContainer && container.entry() == null;
    }

    private static boolean isInRegister(Container inner) {
        return inner.parent() instanceof MapContainer map && map.type() == ContainerType.REGISTER;
    }

    private boolean isShown(Container inner) {
        Entry entry = inner.entry();
        return inner.isHeld() && (entry == null || entry.content(entry.winner(document.graph())) == ~inner.index());
    }

    private @Nullable Step step(Container inner) {
        Container around = inner.parent();
        Entry entry = inner.entry();
        if (around instanceof TreeContainer tree) {
            return new Step.TreeNode(tree.id(inner.node()));
        }
        if (around instanceof MapContainer register && register.parent() instanceof MovableListContainer list) {
            return index(list, ~inner.index());
        }
        if (entry != null) {
            return isInRegister(inner) ? null : new Step.Key(Utf8.string(entry.key(), 0, entry.key().length));
        }
        return around instanceof SequenceContainer list ? index(list, ~inner.index()) : null;
    }

    private @Nullable Step index(Container list, int content) {
        Integer index = indexes.computeIfAbsent(list, this::contents).get(content);
        return index == null ? null : new Step.Index(index);
    }

    private Map<Integer, Integer> contents(Container container) {
        Map<Integer, Integer> contents = new HashMap<>();
        if (container instanceof SequenceContainer list) {
            int[] units = list.sequence().toArray();
            for (int i = 0; i < units.length; i++) {
                contents.put(units[i], i);
            }
        } else if (container instanceof MovableListContainer list) {
            int index = 0;
            for (int unit : list.sequence().toArray()) {
                if (list.isShown(~unit)) {
                    contents.put(list.shown(list.slots().elementOf(~unit)), index++);
                }
            }
        }
        return contents;
    }
}
