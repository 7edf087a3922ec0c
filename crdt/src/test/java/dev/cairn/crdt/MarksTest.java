package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.ChangeSummary;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.TextRun;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final ActorId A = new ActorId(0, 1);
    private static final ActorId B = new ActorId(-1, 2);

    private final DocumentSet a = DocumentSet.create();
    private final DocumentSet b = DocumentSet.create();
    private final List<LocalChange> changes = new ArrayList<>();

    private LocalChange edit(DocumentSet set, Consumer<TextEditor> edits) {
        ActorId actor = set == a ? A : B;
        EditSession session = set.begin(actor, set.version().of(actor) + 1, 1000);
        edits.accept(session.on("d").text("t"));
        LocalChange change = session.finish();
        if (!change.isEmpty()) {
            changes.add(change);
        }
        return change;
    }

    private static TextView text(DocumentSet set) {
        return (TextView) set.document("d").at("t").orElseThrow();
    }

    /** The text with its marks as {@code <key>...</key>}, or {@code <key=value>} if that is not true. */
    private static String rich(DocumentSet set) {
        return text(set).runs().stream()
                .map(run -> run.marks().isEmpty() ? run.text() : names(run) + run.text() + "</>")
                .collect(Collectors.joining());
    }

    private static String names(TextRun run) {
        return run.marks().entrySet().stream()
                .map(entry -> entry.getValue().equals(new Value.Bool(true))
                        ? entry.getKey()
                        : entry.getKey() + "=" + ((Value.Str) entry.getValue()).value())
                .collect(Collectors.joining(" ", "<", ">"));
    }

    private void meet() {
        List<TestRun> runs = new ArrayList<>(changes.stream().map(TestRun::of).toList());
        a.integrate(runs);
        b.integrate(runs);
        assertThat(a.stateHash()).isEqualTo(b.stateHash());
        Collections.reverse(runs);
        DocumentSet reversed = DocumentSet.create();
        reversed.integrate(runs);
        assertThat(reversed.stateHash()).isEqualTo(a.stateHash());
        ByteBuffer snapshot = a.snapshot("d");
        DocumentSet opened = DocumentSet.open(a.checkpoint(), name -> snapshot, () -> runs);
        assertThat(opened.stateHash()).isEqualTo(a.stateHash());
        assertThat(rich(opened)).isEqualTo(rich(a));
    }

    private void start(String text) {
        edit(a, editor -> editor.append(text));
        meet();
    }

    @Nested
    class OfTwoAuthors {
        @Test
        void boldThatOverlapsIsBoldInBoth() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 7, "bold", true));
            edit(b, text -> text.mark(4, 14, "bold", true));
            meet();
            assertThat(rich(a)).isEqualTo("<bold>The fox jumped</>.");
            assertThat(text(a).marks()).containsExactly(new Mark(0, 14, "bold", new Value.Bool(true)));
        }

        @Test
        void boldAndItalicThatOverlapAreBoth() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 7, "bold", true));
            edit(b, text -> text.mark(4, 14, "italic", true));
            meet();
            assertThat(rich(a)).isEqualTo("<bold>The </><bold italic>fox</><italic> jumped</>.");
        }

        @Test
        void coloursThatOverlapAreOneOfBoth() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 7, "colour", "red"));
            edit(b, text -> text.mark(4, 14, "colour", "blue"));
            meet();
            assertThat(rich(a)).isEqualTo("<colour=red>The </><colour=blue>fox jumped</>.");
        }

        @Test
        void commentsThatOverlapAreThereBoth() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 7, "comment:1", "who?", Expand.NONE));
            edit(b, text -> text.mark(4, 14, "comment:2", "why?", Expand.NONE));
            meet();
            assertThat(rich(a))
                    .isEqualTo(
                            "<comment:1=who?>The </><comment:1=who? comment:2=why?>fox</><comment:2=why?> jumped</>.");
        }

        @Test
        void boldAndNotBoldAreOneOfBothWhereTheyOverlap() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 14, "bold", true));
            meet();
            edit(a, text -> text.unmark(4, 7, "bold"));
            edit(b, text -> text.unmark(0, 4, "bold").mark(2, 6, "bold", true));
            meet();
            assertThat(rich(a)).isEqualTo("Th<bold>e fo</>x<bold> jumped</>.");
        }

        @Test
        void textInsertedInsideIsMarked() {
            start("The fox jumped.");
            edit(a, text -> text.mark(0, 14, "bold", true));
            edit(b, text -> text.insert(4, "quick "));
            meet();
            assertThat(rich(a)).isEqualTo("<bold>The quick fox jumped</>.");
        }

        @Test
        void textInsertedAtTheEdgesOfBoldIsMarkedAtTheEnd() {
            start("The fox jumped.");
            edit(a, text -> text.mark(4, 7, "bold", true));
            edit(b, text -> text.insert(7, " and dog").insert(4, "big "));
            meet();
            assertThat(rich(a)).isEqualTo("The big <bold>fox and dog</> jumped.");
        }

        @Test
        void textInsertedAtTheEdgesOfALinkIsNotMarked() {
            start("The fox jumped.");
            edit(a, text -> text.mark(4, 7, "link", "x", Expand.NONE));
            edit(b, text -> text.insert(7, " and dog").insert(4, "big "));
            meet();
            assertThat(rich(a)).isEqualTo("The big <link=x>fox</> and dog jumped.");
        }

        @Test
        void textInsertedWhereEverythingWasDeletedIsMarkedIfItWasInside() {
            start("The fox jumped.");
            edit(a, text -> text.mark(4, 7, "bold", true).delete(4, 3));
            edit(b, text -> text.insert(6, "zz"));
            meet();
            assertThat(rich(a)).isEqualTo("The <bold>zz</> jumped.");
        }

        @Test
        void aMarkGoesOnWhereItsEndsWereDeleted() {
            start("The fox jumped.");
            edit(a, text -> text.mark(4, 14, "bold", true));
            edit(b, text -> text.delete(2, 4).delete(9, 2));
            meet();
            assertThat(rich(a)).isEqualTo("Th<bold>x jumpe</>");
        }
    }

    @Nested
    class OfOneAuthor {
        @Test
        void typingGoesOnInTheStyleThatExpands() {
            start("ab");
            edit(a, text -> text.mark(0, 2, "bold", true).append("c").insert(0, "-"));
            edit(
                    a,
                    text -> text.mark(1, 4, "link", "x", Expand.NONE)
                            .append("d")
                            .insert(1, "0"));
            assertThat(rich(a)).isEqualTo("-0<bold link=x>abc</><bold>d</>");
            meet();
        }

        @Test
        void whatIsNotBoldAmidBoldStaysSo() {
            start("abcd");
            edit(a, text -> text.mark(0, 4, "bold", true).unmark(1, 3, "bold"));
            edit(a, text -> text.insert(3, "c").insert(1, "a"));
            assertThat(rich(a)).isEqualTo("<bold>aa</>bcc<bold>d</>");
            edit(a, text -> text.mark(0, 6, "link", "x", Expand.NONE).unmark(2, 4, "link", Expand.NONE));
            edit(a, text -> text.insert(4, "!").insert(2, "!"));
            assertThat(rich(a)).isEqualTo("<bold link=x>aa</><bold>!</>bc!<link=x>c</><bold link=x>d</>");
            meet();
        }

        @Test
        void aMarkExpandsAtBothEdgesOrAtTheFirst() {
            start("ab");
            edit(a, text -> text.mark(0, 1, "x", true, Expand.BOTH).mark(1, 2, "y", true, Expand.BEFORE));
            edit(a, text -> text.insert(2, "3").insert(1, "2").insert(0, "1"));
            assertThat(rich(a)).isEqualTo("<x>1a</><x y>2</><y>b</>3");
            meet();
        }

        @Test
        void textTypedNextToADeletedLinkIsNoLink() {
            start("a link b");
            edit(
                    a,
                    text -> text.mark(2, 6, "link", "x", Expand.NONE)
                            .delete(2, 4)
                            .insert(2, "word"));
            assertThat(rich(a)).isEqualTo("a word b");
            meet();
        }

        @Test
        void nothingShowsWhereNothingIs() {
            start("abc");
            edit(a, text -> text.mark(0, 3, "bold", true).delete(0, 3));
            assertThat(text(a).marks()).isEmpty();
            assertThat(text(a).runs()).isEmpty();
            assertThat(text(a).length()).isZero();
            assertThat(text(a)).hasToString("");
            edit(a, text -> text.insert(0, "x"));
            assertThat(text(a)).hasToString("x");
            meet();
        }

        @Test
        void anEmptyStretchIsNotMarked() {
            start("abc");
            assertThat(edit(a, text -> text.mark(1, 1, "bold", true)).isEmpty()).isTrue();
        }

        @Test
        void edgesOutsideOrInsideAPairAreRefused() {
            start("a😀b");
            edit(a, text -> {
                assertThatThrownBy(() -> text.mark(0, 5, "k", 1)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> text.mark(3, 1, "k", 1)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> text.mark(0, 2, "k", 1)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> text.mark(0, 1, "", 1)).isInstanceOf(IllegalArgumentException.class);
            });
        }

        @Test
        void indexesAreThoseOfStrings() {
            start("😀😀😀");
            edit(a, text -> text.mark(2, 4, "bold", true).insert(4, "é").delete(0, 2));
            assertThat(rich(a)).isEqualTo("<bold>😀é</>😀");
            assertThat(text(a).marks()).containsExactly(new Mark(0, 3, "bold", new Value.Bool(true)));
            meet();
        }

        @Test
        void adjoiningMarksOfOneValueAreOneAndPlainTextStaysAString() {
            start("abcd");
            edit(
                    a,
                    text -> text.mark(0, 2, "bold", true)
                            .mark(2, 4, "bold", true)
                            .mark(1, 3, "size", 3)
                            .mark(1, 3, "size", null));
            assertThat(text(a).marks()).containsExactly(new Mark(0, 4, "bold", new Value.Bool(true)));
            assertThat(a.document("d").toPlain()).containsEntry("t", "abcd");
            edit(a, text -> assertThat(text.marks()).hasSize(1));
            meet();
        }

        @Test
        void deletingOverAnchorsTakesTheCharactersOnly() {
            start("abcdef");
            edit(a, text -> {
                text.mark(1, 2, "x", true).mark(2, 4, "y", true).mark(3, 5, "z", true);
                text.delete(2, 2);
            });
            assertThat(rich(a)).isEqualTo("a<x>b</><z>e</>f");
            meet();
        }
    }

    @Test
    void theLogCountsThem() {
        start("abc");
        edit(a, text -> text.mark(0, 1, "k", 1).unmark(1, 2, "k").insert(0, "x"));
        ChangeSummary last = a.changesOf("d").get(1);
        assertThat(last.marked()).isEqualTo(2);
        assertThat(last.inserted()).isEqualTo(1);
    }

    @Test
    void theHashTellsMarksApart() {
        start("ab");
        ByteBuffer plain = a.stateHash();
        edit(a, text -> text.mark(0, 1, "k", 1));
        ByteBuffer one = a.stateHash();
        edit(a, text -> text.mark(0, 1, "k", 2));
        assertThat(a.stateHash()).isNotEqualTo(one).isNotEqualTo(plain);
        edit(a, text -> text.mark(0, 1, "k", 1));
        assertThat(a.stateHash()).isEqualTo(one);
        edit(a, text -> text.unmark(0, 1, "k"));
        assertThat(a.stateHash()).isEqualTo(plain);
        meet();
    }
}
