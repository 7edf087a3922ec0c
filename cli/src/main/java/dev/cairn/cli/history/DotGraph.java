package dev.cairn.cli.history;

import dev.cairn.replica.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The graph of changes in the language of Graphviz: time goes up, a device keeps its colour. */
public final class DotGraph {
    private static final int COLOURS = 12;

    private DotGraph() {}

    /** A whole graph, without a line end behind it; the stretches have parents before children. */
    public static String of(List<Stretch> stretches, Versions versions) {
        StringJoiner out = new StringJoiner("\n");
        Map<Version.Head, Integer> number = new HashMap<>();
        Map<String, Integer> colour = new HashMap<>();
        out.add("digraph cairn {");
        out.add("  rankdir=BT;");
        out.add("  node [shape=box, style=\"rounded,filled\", colorscheme=set312, fontname=\"sans-serif\"];");
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            number.put(stretch.last().id(), i);
            int shade = colour.computeIfAbsent(stretch.first().device().toString(), device -> colour.size() % COLOURS);
            out.add("  n" + i + " [label=" + quoted(label(stretch, versions)) + ", fillcolor=" + (shade + 1) + "];");
        }
        for (int i = 0; i < stretches.size(); i++) {
            for (Version.Head parent : stretches.get(i).first().parents()) {
                Integer below = number.get(parent);
                if (below != null) {
                    out.add("  n" + i + " -> n" + below + ";");
                }
            }
        }
        out.add("}");
        return out.toString();
    }

    private static List<String> label(Stretch stretch, Versions versions) {
        return List.of(
                versions.brief(stretch),
                stretch.first().deviceName(),
                Moment.print(stretch.first().time()),
                stretch.documents().isEmpty() ? "joins" : String.join(", ", stretch.documents()));
    }

    /** A string with the lines one below the other; quotes and backslashes of names stand for themselves. */
    private static String quoted(List<String> lines) {
        StringBuilder quoted = new StringBuilder("\"");
        for (String line : lines) {
            if (quoted.length() > 1) {
                quoted.append("\\n");
            }
            line.codePoints().forEach(point -> {
                if (point == '"' || point == '\\') {
                    quoted.append('\\');
                }
                quoted.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
            });
        }
        return quoted.append('"').toString();
    }
}
