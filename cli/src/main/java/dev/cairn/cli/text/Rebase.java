package dev.cairn.cli.text;

import java.util.List;

/** Moves my edits of a text, one after another in ascending order, over theirs of the same text. */
final class Rebase {
    private final List<Splice> theirs;
    private final List<Splice> result;
    private int next;
    private int shift;

    Rebase(List<Splice> theirs, List<Splice> result) {
        this.theirs = theirs;
        this.result = result;
    }

    void move(Splice mine) {
        while (next < theirs.size() && theirs.get(next).end() <= mine.position()) {
            pass();
        }
        int at = mine.position();
        String pending = mine.inserted();
        while (next < theirs.size() && meets(theirs.get(next), mine)) {
            Splice inside = theirs.get(next);
            if (inside.position() > at) {
                add(at + shift, inside.position() - at, pending);
                pending = "";
            }
            add(inside.position() + shift + inside.inserted().length(), 0, pending);
            pending = "";
            at = Math.min(inside.end(), mine.end());
            if (inside.end() > mine.end()) {
                return; // the rest of what they removed may reach into my next edit
            }
            pass();
        }
        add(at + shift, mine.end() - at, pending);
    }

    private static boolean meets(Splice theirs, Splice mine) {
        return theirs.position() < mine.end() || theirs.position() == mine.position();
    }

    private void pass() {
        Splice passed = theirs.get(next++);
        shift += passed.inserted().length() - passed.removed();
    }

    private void add(int position, int removed, String inserted) {
        if (removed > 0 || !inserted.isEmpty()) {
            result.add(new Splice(position, removed, inserted));
        }
    }
}
