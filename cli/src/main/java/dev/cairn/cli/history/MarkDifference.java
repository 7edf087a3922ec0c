package dev.cairn.cli.history;

import dev.cairn.cli.document.Marked;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.view.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what the marks of two versions of a text differ. One that only grew or moved with the text is the same.
 *
 * @param removed marks of the first version, where they are there
 * @param added marks of the second version
 */
record MarkDifference(List<Mark> removed, List<Mark> added) {
    static MarkDifference of(Difference.OfText text) {
        List<Mark> removed = new ArrayList<>();
        Set<Mark> same = new HashSet<>();
        Set<Mark> after = new HashSet<>(text.marksAfter());
        for (Mark mark : text.marksBefore()) {
            Mark moved = new Mark(
                    position(text.pieces(), mark.start(), true),
                    position(text.pieces(), mark.end(), false),
                    mark.key(),
                    mark.value());
            if (after.contains(moved)) {
                same.add(moved);
            } else if (moved.start() < moved.end()) {
                removed.add(mark);
            }
        }
        List<Mark> added = new ArrayList<>(text.marksAfter());
        added.removeAll(same);
        return new MarkDifference(removed, added);
    }

    /** Where a place of the first text is in the second: what was inserted right there is behind it, or before it. */
    private static int position(List<TextPiece> pieces, int index, boolean start) {
        int before = 0;
        int after = 0;
        for (TextPiece piece : pieces) {
            boolean inserted = piece.kind() == TextPiece.Kind.INSERTED;
            if (!start && !inserted && before >= index) {
                return after;
            }
            if (piece.kind() == TextPiece.Kind.KEPT) {
                if (index < before + piece.length() || (!start && index == before + piece.length())) {
                    return after + index - before;
                }
                after += piece.length();
            }
            before += inserted ? 0 : piece.length();
            after += inserted ? piece.length() : 0;
        }
        return after;
    }

    boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    Map<String, @Nullable Object> plain() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("removed", removed.stream().map(Marked::plain).toList());
        plain.put("added", added.stream().map(Marked::plain).toList());
        return plain;
    }

    List<String> lines(Difference.OfText text, String after) {
        List<String> lines = new ArrayList<>();
        String before = before(text.pieces(), after);
        removed.forEach(mark -> lines.add("    - " + Printable.line(Marked.line(mark, before))));
        added.forEach(mark -> lines.add("    + " + Printable.line(Marked.line(mark, after))));
        return lines;
    }

    private static String before(List<TextPiece> pieces, String after) {
        StringBuilder before = new StringBuilder();
        int at = 0;
        for (TextPiece piece : pieces) {
            switch (piece.kind()) {
                case KEPT -> before.append(after, at, at += piece.length());
                case INSERTED -> at += piece.length();
                case DELETED -> before.append(piece.text());
            }
        }
        return before.toString();
    }
}
