package dev.cairn.merge.export;

import dev.cairn.crdt.view.CounterView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Document;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one type as one table: a column for each key of their root maps, if the shapes agree.
 *
 * <p>Shapes agree when no key holds a value of one kind in one document and of another kind in another; null, and the
 * lack of the key, agree with every kind. What is found is kept per key, not per document.
 */
final class Sheet {
    /** Far below SQLite's own limit of 2,000, and above what anybody wants to read. */
    private static final int COLUMNS_MAX = 500;

    /** What a column holds; SQLite's name for it. */
    enum Kind {
        TEXT,
        INTEGER,
        REAL,
        /** 0 or 1. */
        BOOLEAN,
        /** Texts, in SQLite, which hold JSON. */
        JSON
    }

    private final String type;
    private final Map<String, Optional<Kind>> kinds = new LinkedHashMap<>();
    private final Map<Long, String> documents = new LinkedHashMap<>();
    private @Nullable String disagreement;

    Sheet(String type) {
        this.type = type;
    }

    /**
     * The type of a document: what its key {@code type} says, else the part of its name before the last {@code /}.
     * Nothing for a document with neither.
     */
    static Optional<String> typeOf(Document document) {
        Optional<String> said = document.map()
                .get("type")
                .map(Sheet::inside)
                .filter(node -> node instanceof Value.Str || node instanceof TextView)
                .map(node -> node instanceof Value.Str string ? string.value() : node.toString())
                .filter(text -> !text.isBlank());
        int slash = document.name().lastIndexOf('/');
        return said.or(() -> slash > 0 ? Optional.of(document.name().substring(0, slash)) : Optional.empty());
    }

    /** What is in a register, or the node itself. */
    static Node inside(Node node) {
        Node inner = node;
        while (inner instanceof RegisterView register) {
            inner = register.value().orElse(Value.NULL);
        }
        return inner;
    }

    void add(long id, Document document) {
        documents.put(id, document.name());
        MapView map = document.map();
        map.entries().forEach((key, node) -> {
            Optional<Kind> kind = kind(inside(node));
            Optional<Kind> known = kinds.getOrDefault(key, Optional.empty());
            if (kind.isPresent() && known.isPresent() && !kind.equals(known) && disagreement == null) {
                disagreement = "'" + key + "' is " + word(known.get()) + " in one and " + word(kind.get())
                        + " in another, '" + document.name() + "'";
            }
            kinds.put(key, known.isPresent() ? known : kind);
        });
        if (kinds.size() > COLUMNS_MAX && disagreement == null) {
            disagreement = "more than " + COLUMNS_MAX + " keys";
        }
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Kind> kind(Node node) {
        if (node instanceof Value.Null) {
            return Optional.empty();
        }
        if (node instanceof Value.Str || node instanceof TextView || node instanceof Value.Time) {
            return Optional.of(Kind.TEXT);
        }
        if (node instanceof Value.Int || node instanceof CounterView) {
            return Optional.of(Kind.INTEGER);
        }
        if (node instanceof Value.Real) {
            return Optional.of(Kind.REAL);
        }
        return Optional.of(node instanceof Value.Bool ? Kind.BOOLEAN : Kind.JSON);
    }

    String type() {
        return type;
    }

    /** The documents' names, by their ids. */
    Map<Long, String> documents() {
        return documents;
    }

    /** Why there is no table, if there is none. */
    Optional<String> disagreement() {
        return Optional.ofNullable(disagreement);
    }

    /** The keys, in the order of the columns. */
    List<String> keys() {
        return List.copyOf(kinds.keySet());
    }

    /** {@code CREATE TABLE} under a name that is free. */
    String create(String table) {
        StringBuilder sql = new StringBuilder("CREATE TABLE ")
                .append(quoted(table))
                .append(" (_id INTEGER PRIMARY KEY REFERENCES documents(id), _name TEXT NOT NULL");
        Set<String> taken = new HashSet<>(Set.of("_id", "_name"));
        kinds.forEach((key, kind) -> sql.append(", ")
                .append(quoted(free(key, taken)))
                .append(' ')
                .append(kind.orElse(Kind.TEXT).name()));
        return sql.append(")").toString();
    }

    /** A name that is not taken yet; SQLite takes upper and lower case for one. */
    static String free(String wanted, Set<String> taken) {
        String plain = wanted.codePoints()
                .map(point -> Character.isISOControl(point) ? '_' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String name = plain;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = plain + "_" + i;
        }
        return name;
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
