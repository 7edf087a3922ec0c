package dev.cairn.crdt;

import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.ListPiece;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Applies differences to plain values, checking that what goes is what was there. */
final class Patch {
    private Patch() {}

    static @Nullable Object apply(Difference difference, @Nullable Object plain) {
        if (difference instanceof Difference.OfMap map) {
            return map(map, (Map<?, ?>) Objects.requireNonNull(plain));
        }
        if (difference instanceof Difference.OfText text) {
            return text(text, (String) Objects.requireNonNull(plain));
        }
        if (difference instanceof Difference.OfList list) {
            return list(list, (List<?>) Objects.requireNonNull(plain));
        }
        if (difference instanceof Difference.OfMovableList list) {
            return movableList(list, (List<?>) Objects.requireNonNull(plain));
        }
        if (difference instanceof Difference.OfTree tree) {
            return new TreePatch((List<?>) Objects.requireNonNull(plain)).apply(tree);
        }
        if (difference instanceof Difference.OfCounter counter) {
            return (Long) Objects.requireNonNull(plain) + counter.delta();
        }
        if (difference instanceof Difference.OfRegister register) {
            boolean emptied = register.content() instanceof Difference.Replaced replaced
                    && replaced.after().isEmpty();
            return emptied ? null : apply(register.content(), plain);
        }
        return plain(((Difference.Replaced) difference).after().orElseThrow());
    }

    static @Nullable Object plain(Node node) {
        SortedMap<String, Node> entries = new TreeMap<>(Map.of("n", node));
        return new OneNode(entries).toPlain().get("n");
    }

    private static Map<String, @Nullable Object> map(Difference.OfMap difference, Map<?, ?> before) {
        TreeMap<String, @Nullable Object> after = new TreeMap<>(KeyOrder.INSTANCE);
        before.forEach((key, value) -> after.put((String) key, value));
        difference.entries().forEach((key, inner) -> {
            if (inner instanceof Difference.Replaced replaced) {
                check(replaced.before().isPresent() == after.containsKey(key));
                replaced.before().ifPresent(node -> check(Objects.equals(plain(node), after.get(key))));
                if (replaced.after().isEmpty()) {
                    after.remove(key);
                    return;
                }
            }
            after.put(key, apply(inner, after.get(key)));
        });
        return new LinkedHashMap<>(after);
    }

    private static String text(Difference.OfText difference, String before) {
        StringBuilder after = new StringBuilder();
        int at = 0;
        TextPiece.@Nullable Kind last = null;
        for (TextPiece piece : difference.pieces()) {
            check(piece.kind() != last && piece.length() > 0);
            last = piece.kind();
            switch (piece.kind()) {
                case KEPT -> after.append(before, at, at += piece.length());
                case INSERTED -> after.append(piece.text());
                case DELETED -> check(before.startsWith(piece.text(), at) && (at += piece.length()) > 0);
            }
        }
        check(at == before.length());
        return after.toString();
    }

    private static List<@Nullable Object> list(Difference.OfList difference, List<?> before) {
        List<@Nullable Object> after = new ArrayList<>();
        int at = 0;
        for (ListPiece piece : difference.pieces()) {
            switch (piece.kind()) {
                case KEPT -> after.addAll(before.subList(at, at += piece.length()));
                case INSERTED -> piece.elements().forEach(element -> after.add(plain(element)));
                case DELETED -> {
                    for (Node element : piece.elements()) {
                        check(Objects.equals(plain(element), before.get(at++)));
                    }
                }
            }
        }
        check(at == before.size());
        difference.inside().forEach((index, inner) -> after.set(index, apply(inner, after.get(index))));
        return after;
    }

    private static List<@Nullable Object> movableList(Difference.OfMovableList difference, List<?> before) {
        difference.deleted().forEach((index, node) -> check(Objects.equals(plain(node), before.get(index))));
        List<@Nullable Object> after = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < difference.sources().size(); i++) {
            int source = difference.sources().get(i);
            if (!difference.moved().contains(i) && source >= 0) {
                check(source > last);
                last = source;
            }
            check((source < 0) == difference.inserted().containsKey(i));
            after.add(
                    source < 0
                            ? plain(Objects.requireNonNull(difference.inserted().get(i)))
                            : before.get(source));
        }
        long kept = difference.sources().stream()
                .filter(source -> source >= 0)
                .distinct()
                .count();
        check(kept + difference.deleted().size() == before.size());
        difference.inside().forEach((index, inner) -> after.set(index, apply(inner, after.get(index))));
        return after;
    }

    static void check(boolean right) {
        if (!right) {
            throw new AssertionError("the difference does not fit");
        }
    }

    private record OneNode(SortedMap<String, Node> entries) implements DocumentState {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public MapView root() {
            SortedMap<String, Node> all = entries;
            return new MapView() {
                @Override
                public java.util.Optional<Node> get(String key) {
                    return java.util.Optional.ofNullable(all.get(key));
                }

                @Override
                public SortedMap<String, Node> entries() {
                    return all;
                }
            };
        }

        @Override
        public List<Conflict> conflicts() {
            return List.of();
        }
    }
}
