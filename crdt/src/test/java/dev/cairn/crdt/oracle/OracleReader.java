package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.Step;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an oracle the way a reader sees a document: plain values and conflicts. */
final class OracleReader {
    private final Oracle oracle;
    private final List<String> conflicts = new ArrayList<>();

    private OracleReader(Oracle oracle) {
        this.oracle = oracle;
    }

    static Picture picture(Oracle oracle, String document) {
        OracleReader reader = new OracleReader(oracle);
        ContainerId root = new ContainerId.Root(document);
        reader.visit(root, List.of());
        return new Picture(
                Picture.words(reader.read(new Content.Inner(root))),
                reader.conflicts.stream().sorted().toList());
    }

    /** Returns plain values for what stands somewhere, texts and counters marked. */
    static @Nullable Object read(Oracle oracle, Content content) {
        return new OracleReader(oracle).read(content);
    }

    private @Nullable Object read(Content content) {
        if (content instanceof Content.Scalar scalar) {
            return Picture.scalar(scalar.value());
        }
        ContainerId container = ((Content.Inner) content).container();
        return switch (container.kind()) {
            case MAP -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                for (String key : oracle.keys(container)) {
                    plain.put(key, read(oracle.shown(container, key).orElseThrow()));
                }
                yield plain;
            }
            case LIST -> elements(container);
            case MOVABLE_LIST -> new Picture.Typed(Kind.MOVABLE_LIST, elements(container));
            case TEXT -> new Picture.Typed(Kind.TEXT, Picture.marked(oracle.text(container), oracle.marks(container)));
            case COUNTER -> new Picture.Typed(Kind.COUNTER, oracle.sum(container));
            case REGISTER ->
                new Picture.Typed(
                        Kind.REGISTER,
                        oracle.shown(container, "").map(List::of).orElse(List.of()).stream()
                                .map(this::read)
                                .toArray());
            case TREE -> new Picture.Typed(Kind.TREE, nodes(container, Optional.empty()));
        };
    }

    private List<@Nullable Object> elements(ContainerId list) {
        List<@Nullable Object> plain = new ArrayList<>();
        oracle.elements(list).forEach(element -> plain.add(read(element)));
        return plain;
    }

    private List<@Nullable Object> nodes(ContainerId tree, Optional<OpId> above) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (OpId node : oracle.tree(tree).below(above)) {
            plain.add(new Picture.TreeNode(
                    id(node).toString(), read(new Content.Inner(nodeMap(tree, node))), nodes(tree, Optional.of(node))));
        }
        return plain;
    }

    private static TreeNodeId id(OpId node) {
        return new TreeNodeId(node.actor(), node.seq(), node.index());
    }

    private static ContainerId nodeMap(ContainerId tree, OpId node) {
        return new ContainerId.MadeBy(tree, node, node, Kind.MAP);
    }

    // ---- conflicts

    private void visit(ContainerId container, List<Step> path) {
        switch (container.kind()) {
            case MAP -> {
                for (String key : oracle.allKeys(container)) {
                    visitSpot(new Spot(container, key), append(path, new Step.Key(key)));
                }
            }
            case REGISTER -> visitSpot(new Spot(container, ""), path);
            case LIST -> visitList(container, path);
            case MOVABLE_LIST -> visitMovableList(container, path);
            case TREE -> visitTree(container, path);
            default -> {}
        }
    }

    private void visitList(ContainerId list, List<Step> path) {
        children(list).filter(child -> !isHeld(child)).forEach(child -> lost(lostInside(child, List.of()), path));
        List<Content> elements = oracle.elements(list);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Content.Inner inner) {
                visit(inner.container(), append(path, new Step.Index(i)));
            }
        }
    }

    private void visitMovableList(ContainerId list, List<Step> path) {
        for (OpId element : oracle.allElements(list)) {
            if (!oracle.deletions(element).isEmpty()) {
                Stream<Operation> touches = oracle.touches(element).stream()
                        .filter(edit -> knowing(element).noneMatch(replacement -> replacement.knows(edit)));
                Stream<Operation> inside = children(list)
                        .filter(child -> spot(child).name().equals(element))
                        .flatMap(child -> lostInside(child, List.of()));
                lost(Stream.concat(touches, inside), path);
            }
        }
        List<OpId> elements = oracle.elementIds(list);
        for (int i = 0; i < elements.size(); i++) {
            visitSpot(new Spot(list, elements.get(i)), append(path, new Step.Index(i)));
        }
    }

    private void visitTree(ContainerId tree, List<Step> path) {
        NodeTree nodes = oracle.tree(tree);
        Map<OpId, List<OpId>> out = new LinkedHashMap<>();
        for (OpId node : nodes.all()) {
            nodes.outBy(node)
                    .ifPresent(taken ->
                            out.computeIfAbsent(taken, any -> new ArrayList<>()).add(node));
        }
        out.forEach((taken, lost) ->
                lost(lost.stream().flatMap(node -> lostWith(tree, node)), append(path, new Step.TreeNode(id(taken)))));
        for (OpId node : nodes.all()) {
            if (nodes.outBy(node).isEmpty()) {
                visit(nodeMap(tree, node), append(path, new Step.TreeNode(id(node))));
            }
        }
    }

    /** Lists the edits of a node that is out, and in its map. */
    private Stream<Operation> lostWith(ContainerId tree, OpId node) {
        List<Oracle.Replacement> known =
                oracle.tree(tree).movesAndDrops(oracle.tree(tree).chain(node));
        Stream<Operation> places = oracle.tree(tree).places(node).stream()
                .filter(place -> known.stream().noneMatch(replacement -> replacement.knows(place)));
        return Stream.concat(places, lostInside(nodeMap(tree, node), known));
    }

    private void visitSpot(Spot spot, List<Step> path) {
        Set<ContainerId> named = new HashSet<>();
        List<String> distinct = oracle.assignments(spot).stream()
                .filter(assigned ->
                        !(assigned.content() instanceof Content.Inner inner) || named.add(inner.container()))
                .map(assigned -> Picture.assignment(Picture.words(read(assigned.content())), by(assigned.change())))
                .toList();
        if (distinct.size() > 1) {
            conflicts.add(Picture.assigned(path, distinct));
        }
        children(spot.container())
                .filter(child -> spot(child).equals(spot) && !isHeld(child))
                .forEach(child -> lost(lostInside(child, List.of()), path));
        Optional<Content> shown = oracle.shown(spot);
        if (shown.isPresent() && shown.get() instanceof Content.Inner inner) {
            visit(inner.container(), path);
        }
    }

    private static String by(Change change) {
        return change.id() + "@" + change.lamport() + "/" + change.timeMillis();
    }

    private static List<Step> append(List<Step> path, Step step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    private Stream<ContainerId> children(ContainerId parent) {
        return oracle.edits().keySet().stream().filter(child -> child.isIn(parent));
    }

    private static Spot spot(ContainerId child) {
        return child instanceof ContainerId.Derived derived ? derived.spot() : ((ContainerId.MadeBy) child).spot();
    }

    private boolean isHeld(ContainerId container) {
        if (container instanceof ContainerId.MadeBy made
                && !oracle.deletions(made.element()).isEmpty()) {
            return false;
        }
        if (container instanceof ContainerId.MadeBy made && made.parent().kind() != Kind.MOVABLE_LIST) {
            return made.parent().kind() != Kind.TREE
                    || oracle.tree(made.parent()).outBy(made.element()).isEmpty();
        }
        return container instanceof ContainerId.Root
                || oracle.assignments(spot(container)).stream()
                        .anyMatch(assigned -> assigned.content().equals(new Content.Inner(container)));
    }

    /** Returns what replaced a container, deleted its element, or dismissed what is in it. */
    private List<Oracle.Replacement> replacements(ContainerId container) {
        Stream<Oracle.Replacement> replaced = oracle.replacements(spot(container)).stream()
                .filter(replacement -> !replacement.content().equals(Optional.of(new Content.Inner(container))));
        if (container instanceof ContainerId.MadeBy made && made.parent().kind() == Kind.TREE) {
            return List.of();
        }
        return container instanceof ContainerId.MadeBy made
                ? Stream.concat(replaced, knowing(made.element())).toList()
                : replaced.toList();
    }

    private Stream<Oracle.Replacement> knowing(OpId element) {
        return Stream.concat(oracle.deletions(element).stream(), oracle.dismissals(element).stream());
    }

    /** Lists the edits inside something removed of which nobody knew who removed it or something around them. */
    private void lost(Stream<Operation> edits, List<Step> path) {
        List<Change> lost = edits.map(edit -> edit.id().change())
                .distinct()
                .map(oracle::change)
                .sorted(Comparator.comparing(Change::lamport)
                        .thenComparing(change -> change.id().actor(), OpId.BY_BYTES))
                .toList();
        if (!lost.isEmpty()) {
            conflicts.add(Picture.lost(path, lost.stream().map(OracleReader::by).toList()));
        }
    }

    private Stream<Operation> lostInside(ContainerId container, List<Oracle.Replacement> around) {
        List<Oracle.Replacement> all =
                Stream.concat(around.stream(), replacements(container).stream()).toList();
        Stream<Operation> here = oracle.edits().getOrDefault(container, List.of()).stream()
                .filter(edit -> all.stream().noneMatch(replacement -> replacement.knows(edit)));
        return Stream.concat(here, children(container).flatMap(child -> lostInside(child, all)));
    }
}
