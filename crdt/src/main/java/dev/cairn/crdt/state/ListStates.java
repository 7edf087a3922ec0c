package dev.cairn.crdt.state;

import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.MovableListContainer;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.document.ShownPart;
import dev.cairn.crdt.sequence.Part;
import dev.cairn.crdt.sequence.Sequence;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Shows lists: of what was shown before, only the parts are made anew in which something changed. */
final class ListStates {
    private final StateBuilder states;
    private final Document document;

    ListStates(StateBuilder states, Document document) {
        this.states = states;
        this.document = document;
    }

    List<Node> elements(SequenceContainer list) {
        return shown(list.sequence(), this::elements);
    }

    List<Node> elements(MovableListContainer list) {
        return shown(list.sequence(), part -> elements(list, part));
    }

    private static List<Node> shown(Sequence sequence, Function<Part, ShownPart> elements) {
        List<ShownPart> parts = new ArrayList<>();
        sequence.parts(part -> {
            ShownPart shown = (ShownPart) part.pinned();
            if (shown == null || shown.stale()) {
                shown = elements.apply(part);
                part.pin(shown);
            }
            parts.add(shown);
        });
        return ShownList.of(parts);
    }

    private ShownPart elements(Part part) {
        ShownPart shown = new ShownPart(new Node[part.size()]);
        for (int i = 0; i < part.size(); i++) {
            int unit = part.get(i);
            shown.nodes()[i] = states.content(unit);
            if (unit < 0) {
                document.containers().get(~unit).showedIn(shown);
            }
        }
        return shown;
    }

    private ShownPart elements(MovableListContainer list, Part part) {
        int[] elements = new int[part.size()];
        int count = 0;
        for (int i = 0; i < part.size(); i++) {
            int slot = ~part.get(i);
            if (list.isShown(slot)) {
                elements[count++] = list.slots().elementOf(slot);
            }
        }
        ShownPart shown = new ShownPart(new Node[count]);
        for (int i = 0; i < count; i++) {
            shown.nodes()[i] = element(list, elements[i]);
        }
        list.shownIn(Arrays.copyOf(elements, count), shown);
        return shown;
    }

    private Node element(MovableListContainer list, int element) {
        MapContainer register = list.findRegister(element);
        return register == null
                ? states.content(list.slots().content(element))
                : ((RegisterView) states.node(register)).value().orElse(Value.NULL);
    }
}
