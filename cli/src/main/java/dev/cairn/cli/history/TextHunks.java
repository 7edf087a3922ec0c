package dev.cairn.cli.history;

import dev.cairn.crdt.history.TextPiece;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts line by line: each line begins with a blank when it is in both, with {@code -} or
 * {@code +} when it is only in the first or the second. Lines far from any difference are left out, and
 * {@code @@ 12 @@} says that the next line is the 12th of the second text.
 */
final class TextHunks {
    private static final int CONTEXT_LINES = 2;

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();

    private TextHunks() {}

    private record Line(char mark, String text) {
        boolean isChange() {
            return mark != ' ';
        }
    }

    /** The pieces of a difference whose second text is {@code text}. */
    static List<String> of(List<TextPiece> pieces, String text) {
        TextHunks hunks = new TextHunks();
        int position = 0;
        for (TextPiece piece : pieces) {
            switch (piece.kind()) {
                case KEPT -> {
                    hunks.keep(text.substring(position, position + piece.length()));
                    position += piece.length();
                }
                case DELETED -> hunks.before.append(piece.text());
                case INSERTED -> {
                    hunks.after.append(piece.text());
                    position += piece.length();
                }
            }
        }
        hunks.settle();
        return hunks.print();
    }

    /** A line end in both texts ends the stretch in which they differ. */
    private void keep(String kept) {
        int from = 0;
        for (int end = kept.indexOf('\n'); end >= 0; end = kept.indexOf('\n', from)) {
            String line = kept.substring(from, end + 1);
            before.append(line);
            after.append(line);
            settle();
            from = end + 1;
        }
        before.append(kept, from, kept.length());
        after.append(kept, from, kept.length());
    }

    private void settle() {
        List<String> old = before.toString().lines().toList();
        List<String> young = after.toString().lines().toList();
        before.setLength(0);
        after.setLength(0);
        int least = Math.min(old.size(), young.size());
        int head = 0;
        while (head < least && old.get(head).equals(young.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < least - head && old.get(old.size() - 1 - tail).equals(young.get(young.size() - 1 - tail))) {
            tail++;
        }
        add(' ', old.subList(0, head));
        add('-', old.subList(head, old.size() - tail));
        add('+', young.subList(head, young.size() - tail));
        add(' ', old.subList(old.size() - tail, old.size()));
    }

    private void add(char mark, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(mark, text)));
    }

    private List<String> print() {
        boolean[] near = near();
        List<String> printed = new ArrayList<>();
        int number = 1;
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (near[i] && gap) {
                printed.add("@@ " + number + " @@");
            }
            gap = !near[i];
            if (near[i]) {
                printed.add(line.mark + line.text);
            }
            number += line.mark == '-' ? 0 : 1;
        }
        return printed;
    }

    private boolean[] near() {
        boolean[] near = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isChange()) {
                int to = Math.min(lines.size(), i + CONTEXT_LINES + 1);
                for (int j = Math.max(0, i - CONTEXT_LINES); j < to; j++) {
                    near[j] = true;
                }
            }
        }
        return near;
    }
}
