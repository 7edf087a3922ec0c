package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
            case LIST -> {
                List<@Nullable Object> plain = new ArrayList<>();
                oracle.elements(container).forEach(element -> plain.add(read(element)));
                yield plain;
            }
            case TEXT -> new Picture.Typed(Kind.TEXT, oracle.text(container));
            case COUNTER -> new Picture.Typed(Kind.COUNTER, oracle.sum(container));
        };
    }

    // ---- conflicts

    private void visit(ContainerId container, List<Step> path) {
        if (container.kind() == Kind.MAP) {
            for (String key : oracle.allKeys(container)) {
                visitEntry(container, key, append(path, new Step.Key(key)));
            }
        }
        if (container.kind() == Kind.LIST) {
            children(container).filter(child -> !isHeld(child)).forEach(child -> lost(child, path));
            List<Content> elements = oracle.elements(container);
            for (int i = 0; i < elements.size(); i++) {
                if (elements.get(i) instanceof Content.Inner inner) {
                    visit(inner.container(), append(path, new Step.Index(i)));
                }
            }
        }
    }

    private void visitEntry(ContainerId map, String key, List<Step> path) {
        Set<ContainerId> named = new HashSet<>();
        List<String> distinct = oracle.assignments(map, key).stream()
                .filter(assigned ->
                        !(assigned.content() instanceof Content.Inner inner) || named.add(inner.container()))
                .map(assigned -> Picture.assignment(Picture.words(read(assigned.content())), by(assigned.change())))
                .toList();
        if (distinct.size() > 1) {
            conflicts.add(Picture.assigned(path, distinct));
        }
        children(map)
                .filter(child -> key.equals(((ContainerId.Derived) child).key()) && !isHeld(child))
                .forEach(child -> lost(child, path));
        Optional<Content> shown = oracle.shown(map, key);
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

    private boolean isHeld(ContainerId container) {
        if (container instanceof ContainerId.Derived derived) {
            return oracle.assignments(derived.parent(), derived.key()).stream()
                    .anyMatch(assigned -> assigned.content().equals(new Content.Inner(container)));
        }
        return container instanceof ContainerId.Root || replacements(container).isEmpty();
    }

    /** Returns what replaced a container, or deleted its element. */
    private List<Oracle.Replacement> replacements(ContainerId container) {
        if (container instanceof ContainerId.Derived derived) {
            return oracle.replacements(derived.parent(), derived.key()).stream()
                    .filter(replacement -> !replacement.content().equals(Optional.of(new Content.Inner(container))))
                    .toList();
        }
        return oracle.deletions(((ContainerId.MadeBy) container).insertion());
    }

    /** Lists the edits inside a removed container of which nobody knew who removed it or something around them. */
    private void lost(ContainerId removed, List<Step> path) {
        List<Change> lost = lostInside(removed, List.of())
                .distinct()
                .map(oracle::change)
                .sorted(Comparator.comparing(Change::lamport)
                        .thenComparing(change -> change.id().actor(), OpId.BY_BYTES))
                .toList();
        if (!lost.isEmpty()) {
            conflicts.add(Picture.lost(path, lost.stream().map(OracleReader::by).toList()));
        }
    }

    private Stream<ChangeId> lostInside(ContainerId container, List<Oracle.Replacement> around) {
        List<Oracle.Replacement> all =
                Stream.concat(around.stream(), replacements(container).stream()).toList();
        Stream<ChangeId> here = oracle.edits().getOrDefault(container, new TreeSet<>()).stream()
                .filter(edit -> all.stream().noneMatch(replacement -> replacement.knows(edit)));
        return Stream.concat(here, children(container).flatMap(child -> lostInside(child, all)));
    }
}
