package dev.cairn.cli.history;

import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Origin;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.RegisterView;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.crdt.view.TreeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who made what is in a container: a row for each line of a text, element of a list, or entry of a map. */
public final class Blames {
    private static final Comparator<Origin> OLDEST_FIRST =
            Comparator.comparingLong(Origin::lamport).thenComparing(Origin::change);

    private final Versions versions;
    private final Node node;

    /** The authors of what is in {@code node}. */
    public Blames(Versions versions, Node node) {
        this.versions = versions;
        this.node = node;
    }

    /** For people: version, device, time, place, content. A line of a text is its newest author's. */
    public List<List<String>> rows(Blame blame) {
        List<List<String>> rows = new ArrayList<>();
        if (blame instanceof Blame.OfSequence sequence && node instanceof ListView list) {
            for (Blame.Run run : sequence.runs()) {
                for (int i = run.start(); i < run.end(); i++) {
                    rows.add(row(run.origin(), String.valueOf(i), said(list.get(i))));
                }
            }
        } else if (blame instanceof Blame.OfSequence sequence) {
            lines(sequence.runs(), node.toString(), rows);
        } else if (blame instanceof Blame.OfMap map) {
            map.entries()
                    .forEach((key, origin) -> rows.add(row(
                            origin,
                            Printable.line(key),
                            entry(key).map(Blames::said).orElse(""))));
        } else if (blame instanceof Blame.OfCounter counter) {
            counter.shares().forEach(share -> rows.add(row(share.origin(), "", signed(share.delta()))));
        }
        return rows;
    }

    /** A register is blamed under no key, a tree under the names of its nodes. */
    private Optional<Node> entry(String key) {
        if (node instanceof TreeView tree) {
            return Optional.of(tree.data(TreeNodeId.parse(key)));
        }
        return node instanceof MapView map ? map.get(key) : ((RegisterView) node).value();
    }

    private void lines(List<Blame.Run> runs, String text, List<List<String>> rows) {
        int start = 0;
        int next = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            while (runs.get(next).end() <= start) {
                next++;
            }
            Origin newest = runs.get(next).origin();
            for (int i = next; i < runs.size() && runs.get(i).start() < end; i++) {
                Origin origin = runs.get(i).origin();
                newest = OLDEST_FIRST.compare(origin, newest) > 0 ? origin : newest;
            }
            rows.add(row(newest, String.valueOf(rows.size() + 1), Printable.line(text.substring(start, end))));
            start = end + 1;
        }
    }

    private List<String> row(Origin origin, String place, String content) {
        List<String> row = new ArrayList<>(versions.signature(origin.change(), origin.timeMillis()));
        row.add(place);
        row.add(content);
        return row;
    }

    private static String said(Node value) {
        return Printable.line(Json.write(Plain.of(value)));
    }

    private static String signed(long delta) {
        return (delta < 0 ? "" : "+") + delta;
    }

    /** For programs: exact runs of texts and lists, entries of maps, shares of counters. */
    public Map<String, Object> plain(Blame blame) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("type", Plain.type(node));
        if (blame instanceof Blame.OfSequence sequence) {
            plain.put("runs", sequence.runs().stream().map(this::plain).toList());
        } else if (blame instanceof Blame.OfMap map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.entries().forEach((key, origin) -> entries.put(key, sign(new LinkedHashMap<>(), origin)));
            plain.put("entries", entries);
        } else if (blame instanceof Blame.OfCounter counter) {
            plain.put("shares", counter.shares().stream().map(this::plain).toList());
        }
        return plain;
    }

    private Map<String, @Nullable Object> plain(Blame.Run run) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("start", run.start());
        plain.put("end", run.end());
        plain.put(
                "content",
                node instanceof ListView list
                        ? list.elements().subList(run.start(), run.end()).stream()
                                .map(Plain::of)
                                .toList()
                        : node.toString().substring(run.start(), run.end()));
        return sign(plain, run.origin());
    }

    private Map<String, @Nullable Object> plain(Blame.Share share) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("delta", share.delta());
        return sign(plain, share.origin());
    }

    private Map<String, @Nullable Object> sign(Map<String, @Nullable Object> plain, Origin origin) {
        return versions.sign(plain, origin.change(), origin.timeMillis());
    }
}
