package dev.cairn.merge.text;

import dev.cairn.merge.text.TextMerge.Labels;
import java.util.ArrayList;
import java.util.List;

/** Clashes as Git shows them with {@code diff3}, which editors and other tools know. */
final class Markers {
    private static final int WIDTH = 7;

    private Markers() {}

    static List<String> lines(List<Piece> pieces, Labels labels) {
        List<String> lines = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Merged merged) {
                lines.addAll(merged.lines());
            } else if (piece instanceof Piece.Clash clash) {
                lines.add(mark('<', labels.mine()));
                lines.addAll(clash.region().mine());
                lines.add(mark('|', labels.base()));
                lines.addAll(clash.region().base());
                lines.add(mark('=', ""));
                lines.addAll(clash.region().theirs());
                lines.add(mark('>', labels.theirs()));
            }
        }
        return lines;
    }

    private static String mark(char sign, String label) {
        String marker = String.valueOf(sign).repeat(WIDTH);
        return label.isEmpty() ? marker : marker + " " + label;
    }
}
