package dev.cairn.cli.demo;

import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.replica.Space;
import dev.cairn.replica.Transaction;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who writes on one device: sentences into a shared text, a word or three at a time, each on a line of its own
 * at the end or between the lines of others; now and then a word is mistyped and taken back. Every commit also counts
 * its words, so text and counter must agree in the end. Notes what was acknowledged.
 */
final class Author {
    static final String JOURNAL = "journal";
    static final String BOARD = "board";

    private static final String SLIP_LINE = "This line belongs into another book.";
    private static final int SLIP_PERCENT = 4;
    private static final int APPEND_PERCENT = 60;

    private final String name;
    private final Space space;
    private final Iterator<String> material;
    private final RandomGenerator random;
    private final List<String> finished = new ArrayList<>();
    private @Nullable Line line;
    private long words;
    private int commits;
    private @Nullable String trouble;

    Author(String name, Space space, Iterator<String> material, RandomGenerator random) {
        this.name = name;
        this.space = space;
        this.material = material;
        this.random = random;
    }

    /** One commit: begins a sentence, goes on with it, or corrects a slip. */
    void type() {
        line = step(line == null ? new Line(material.next()) : line);
    }

    /** Finishes the sentence which is being typed; no other is begun. */
    void finish() {
        while (line != null) {
            line = step(line);
        }
    }

    /** Writes a line that does not belong there, and counts its words; it is to be taken back. */
    Version.Head slip() {
        Version version = space.commit("a slip", tx -> {
            TextEditor text = tx.on(JOURNAL).text("body");
            text.insert(newLine(text.toString()), SLIP_LINE + "\n");
            tx.on(JOURNAL).counter("words").add(SLIP_LINE.split(" ", -1).length);
        });
        return version.heads().get(0);
    }

    private @Nullable Line step(Line current) {
        Stroke stroke = current.next(random);
        space.commit(tx -> apply(tx, current, stroke));
        if (trouble != null) {
            return null;
        }
        commits++;
        words += stroke.words();
        if (!stroke.ends()) {
            return current.after(stroke);
        }
        finished.add(current.sentence);
        return null;
    }

    private void apply(Transaction tx, Line current, Stroke stroke) {
        TextEditor text = tx.on(JOURNAL).text("body");
        String present = text.toString();
        if (current.typed.isEmpty()) {
            text.insert(newLine(present), stroke.typed() + "\n");
        } else {
            int caret = caret(present, current.typed);
            if (caret < 0) {
                trouble = "the line that begins with '" + current.typed + "' is no longer in the text of " + name;
                return;
            }
            text.delete(caret - stroke.erased(), stroke.erased());
            text.insert(caret - stroke.erased(), stroke.typed());
        }
        tx.on(JOURNAL).counter("words").add(stroke.words());
        if (stroke.ends()) {
            tx.on(BOARD).map("sentences").put(name, finished.size() + 1L);
            tx.on(BOARD).list("finished").add(name + ": " + current.sentence);
        }
    }

    /** The start of a line, most often behind the last. */
    private int newLine(String present) {
        if (random.nextInt(100) < APPEND_PERCENT) {
            return present.length();
        }
        int from = present.indexOf('\n', random.nextInt(present.length() + 1));
        return from < 0 ? present.length() : from + 1;
    }

    private static int caret(String present, String typed) {
        if (present.startsWith(typed + "\n")) {
            return typed.length();
        }
        int before = present.indexOf("\n" + typed + "\n");
        return before < 0 ? -1 : before + 1 + typed.length();
    }

    /** The sentences which are acknowledged whole, in the order in which they were typed. */
    List<String> finished() {
        return List.copyOf(finished);
    }

    /** How many words the acknowledged commits added, less those taken back. */
    long words() {
        return words;
    }

    int commits() {
        return commits;
    }

    /** What went wrong while typing, which only a lost edit can be. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** A sentence and how much of it is in the text, slips included. */
    private record Line(String sentence, String typed, int slip) {
        Line(String sentence) {
            this(sentence, "", 0);
        }

        Stroke next(RandomGenerator random) {
            if (slip > 0) {
                return new Stroke(slip, "", -1, false);
            }
            boolean begun = !typed.isEmpty();
            if (begun && random.nextInt(100) < SLIP_PERCENT) {
                return new Stroke(0, " tpyo", 1, false);
            }
            int end = typed.length();
            int count = 0;
            int wanted = 1 + random.nextInt(3);
            while (end < sentence.length() && (count < wanted || end < Prose.TELLING_PREFIX)) {
                int space = sentence.indexOf(' ', end + 1);
                end = space < 0 ? sentence.length() : space;
                count++;
            }
            return new Stroke(0, sentence.substring(typed.length(), end), count, end == sentence.length());
        }

        Line after(Stroke stroke) {
            String now = typed.substring(0, typed.length() - stroke.erased()) + stroke.typed();
            return new Line(sentence, now, stroke.isSlip() ? stroke.typed().length() : 0);
        }
    }

    /** What one commit does at the caret. */
    private record Stroke(int erased, String typed, int words, boolean ends) {
        boolean isSlip() {
            return typed.equals(" tpyo");
        }
    }
}
