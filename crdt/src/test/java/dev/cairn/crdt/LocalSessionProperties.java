package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.MapView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What is applied while it is edited, without being read back, is what others read: after each change, and whatever
 * was cancelled, left empty or came in between.
 */
class LocalSessionProperties {
    private static final List<String> DOCUMENTS = List.of("b", "a", "ä", "c");
    private static final List<String> TEXTS = List.of("x", "hello ", "\u00e9", "\ud83d\ude00", "a\ud83d\ude00b");

    private final DocumentSet author = DocumentSet.create();
    private final DocumentSet other = DocumentSet.create();
    private final DocumentSet reader = DocumentSet.create();
    private final List<LocalChange> kept = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private final List<TestRun.Change> all = new ArrayList<>();
    private long seq;
    private long otherSeq;
    private final List<TestRun> unseen = new ArrayList<>();

    @Property(tries = 60)
    void everyChangeIsReadAsItWasApplied(@ForAll Random random) {
        int documents = 1 + random.nextInt(DOCUMENTS.size());
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(6) == 0) {
                otherEdits(random);
            }
            ByteBuffer before = author.stateHash();
            EditSession session = author.begin(new ActorId(1, 1), seq + 1, random.nextInt(3) * 5_000_000_000L);
            TextEditor text = session.on(DOCUMENTS.get(0)).text("t");
            for (int e = random.nextInt(4); e > 0; e--) {
                String name = DOCUMENTS.get(random.nextInt(documents));
                edit(session.on(name), random);
            }
            if (random.nextInt(5) == 0) {
                session.cancel();
                assertThat(author.stateHash()).isEqualTo(before);
            } else {
                take(session.finish());
            }
            assertThatThrownBy(() -> text.insert(0, "late")).isInstanceOf(IllegalStateException.class);
            assertThat(reader.stateHash()).isEqualTo(author.stateHash());
            assertThat(reader.heads()).isEqualTo(author.heads());
            assertThat(author.invalid()).isEmpty();
            requireStatesAsMadeAnew();
        }
        for (int i = 0; i < kept.size(); i++) {
            assertThat(bytes(kept.get(i)))
                    .as("what a change holds never changes")
                    .isEqualTo(bytes.get(i));
        }
    }

    /** Nothing of what is shown is left over from before. */
    private void requireStatesAsMadeAnew() {
        DocumentSet fresh = DocumentSet.create();
        fresh.integrate(TestRun.join(all));
        for (DocumentSet set : List.of(author, reader)) {
            assertThat(set.stateHash()).isEqualTo(fresh.stateHash());
            for (String name : fresh.documentNames()) {
                assertThat(set.document(name).root())
                        .isEqualTo(fresh.document(name).root());
            }
        }
    }

    private void otherEdits(Random random) {
        if (random.nextBoolean()) {
            other.integrate(unseen);
            unseen.clear();
        }
        EditSession session = other.begin(new ActorId(0, 2), otherSeq + 1, 0);
        edit(session.on(DOCUMENTS.get(random.nextInt(DOCUMENTS.size()))), random);
        LocalChange change = session.finish();
        if (!change.isEmpty()) {
            otherSeq++;
            all.add(TestRun.Change.of(change));
            author.integrate(List.of(TestRun.of(change)));
            reader.integrate(List.of(TestRun.of(change)));
        }
    }

    private void take(LocalChange change) {
        if (change.isEmpty()) {
            assertThat(change.documents()).isEmpty();
            return;
        }
        seq++;
        all.add(TestRun.Change.of(change));
        kept.add(change);
        bytes.add(bytes(change));
        assertThat(change.operations().isReadOnly()).isTrue();
        Integration result = reader.integrate(List.of(TestRun.of(change)));
        assertThat(result.refused()).isEmpty();
        assertThat(result.waiting()).isEmpty();
        assertThat(result.documents()).isEqualTo(change.documents());
        unseen.add(TestRun.of(change));
    }

    private static byte[] bytes(LocalChange change) {
        byte[] copy = new byte[change.operations().remaining()];
        change.operations().get(change.operations().position(), copy);
        return copy;
    }

    private static void edit(DocumentEditor document, Random random) {
        TextEditor text = document.text("t");
        switch (random.nextInt(12)) {
            case 0 -> document.map().put("k" + random.nextInt(3), (Object) random.nextInt());
            case 1 -> document.map().remove("k" + random.nextInt(3));
            case 2 -> document.counter("n").add(random.nextInt(5));
            case 3 -> list(document.list("l"), random);
            case 4 -> mark(text, random);
            case 5 -> document.map().map("m").text("t").insert(0, "deep");
            case 6 -> delete(text, random);
            case 7, 8, 9 -> movableList(document.movableList("o"), random);
            default -> insert(text, random);
        }
    }

    private static void list(ListEditor list, Random random) {
        int at = random.nextInt(list.size() + 1);
        switch (random.nextInt(4)) {
            case 0 -> list.insertMap(at).put("k", (Object) random.nextInt());
            case 1 -> list.delete(Math.max(0, at - 1), Math.min(1, list.size()));
            case 2 -> {
                if (at < list.size() && list.get(at) instanceof MapView) {
                    list.map(at).put("k", (Object) random.nextInt());
                }
            }
            default -> list.insert(at, (Object) random.nextInt());
        }
    }

    private static void movableList(MovableListEditor list, Random random) {
        int size = list.size();
        if (size == 0) {
            list.add((Object) random.nextInt());
            return;
        }
        int at = random.nextInt(size);
        switch (random.nextInt(6)) {
            case 0 -> list.move(at, random.nextInt(size));
            case 1 -> list.set(at, (Object) random.nextInt());
            case 2 -> list.setMap(at).put("k", (Object) random.nextInt());
            case 3 -> list.delete(at, 1);
            case 4 -> {
                if (list.get(at) instanceof MapView) {
                    list.map(at).put("k", (Object) random.nextInt());
                }
            }
            default -> list.insert(at, (Object) random.nextInt());
        }
    }

    private static void insert(TextEditor text, Random random) {
        int at = boundary(text, random.nextInt(text.length() + 1));
        text.insert(at, TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private static void delete(TextEditor text, Random random) {
        int from = boundary(text, random.nextInt(text.length() + 1));
        int to = boundary(text, from + random.nextInt(text.length() - from + 1));
        text.delete(from, Math.max(0, to - from));
    }

    private static void mark(TextEditor text, Random random) {
        if (text.length() > 0) {
            int from = boundary(text, random.nextInt(text.length()));
            text.mark(from, text.length(), "bold", true, Expand.AFTER);
        }
    }

    /** Returns that index, or the one before if it is inside a surrogate pair. */
    private static int boundary(TextEditor text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.toString().charAt(index));
        return inside ? index - 1 : index;
    }
}
