package dev.cairn.crdt.pairs;

import java.util.List;

/** The pairs of a group as a table in Markdown. */
final class Table {
    static final String INTRODUCTION = """
            # Every pair of concurrent operations

            What comes of two edits of which neither device knew the other. The rows are what device A does, whose id
            is the smaller one, the columns what device B does. The rules are those of [SPEC.md](../SPEC.md), section
            12; the same pairs are in `crdt/vectors` as changes byte by byte, each with the state and the state hash.

            `—` nothing is left · `Σ` a counter · `( )` a register · `⟨ ⟩` marked text · `P(c)` a node with another
            below it · ⚠ a conflict: all assignments, the one shown first, or whose edits were lost.

            This page is generated and tested by `PairVectors`; edit `Catalog` instead.
            """;

    private Table() {}

    /** Returns the table of a group's pairs, which are in rows. */
    static String of(Catalog.Group group, List<Pair> pairs) {
        StringBuilder table = new StringBuilder("\n## ").append(group.title()).append("\n\n| A ＼ B |");
        group.edits().forEach(edit -> table.append(' ').append(edit.name()).append(" |"));
        table.append("\n|---|").append("---|".repeat(group.edits().size())).append('\n');
        for (int row = 0; row < group.edits().size(); row++) {
            table.append("| **").append(group.edits().get(row).name()).append("** |");
            for (int column = 0; column < group.edits().size(); column++) {
                Pair pair = pairs.get(row * group.edits().size() + column);
                table.append(' ')
                        .append(Rendering.cell(Pair.merged(pair.changes()).document(Pair.DOCUMENT)))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
