package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.RecordedRun;
import dev.cairn.crdt.codec.Transcript;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.TextView;
import dev.cairn.crdt.view.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Typing is written as one instruction; it means what an instruction for every character means. */
final class JoiningProperties {
    private static final String DOCUMENT = Fleet.DOCUMENTS.get(0);
    private static final List<Expand> EXPANDS = List.of(Expand.values());

    /** Several devices type, and everything that can be asked is the same as of changes which were never joined. */
    @Property(tries = 80)
    void joined_edits_are_as_good_as_single_ones(
            @ForAll @IntRange(min = 1, max = 3) int devices, @ForAll @Size(max = 30) List<Integer> steps) {
        Fleet fleet = new Fleet(devices);
        for (int seed : steps) {
            Random random = new Random(seed);
            Fleet.Device device = fleet.devices.get(random.nextInt(devices));
            if (random.nextInt(100) < 70) {
                device.write(session -> type(session, random));
            } else {
                device.receive(fleet.some(random));
            }
        }
        List<LocalChange> joined = fleet.all().stream().map(Fleet.Made::engine).toList();
        List<LocalChange> single =
                joined.stream().map(JoiningProperties::unitByUnit).toList();
        DocumentSet one = set(joined);
        DocumentSet other = set(single);
        same(one, other);
        TwinCheck.same(other, single);
        for (LocalChange change : joined) {
            sameTakingBack(joined, single, change.change());
        }
    }

    private static DocumentSet set(List<LocalChange> changes) {
        DocumentSet set = DocumentSet.create();
        set.integrate(RecordedRun.runs(changes));
        return set;
    }

    private static LocalChange unitByUnit(LocalChange change) {
        ByteBuffer operations = Transcript.unitByUnit(bytes(change));
        return new LocalChange(
                change.change(),
                change.lamport(),
                change.timeMillis(),
                change.parents(),
                operations,
                change.documents());
    }

    private static byte[] bytes(LocalChange change) {
        byte[] bytes = new byte[change.operations().remaining()];
        change.operations().duplicate().get(bytes);
        return bytes;
    }

    private static void same(DocumentSet one, DocumentSet other) {
        assertThat(other.stateHash()).isEqualTo(one.stateHash());
        assertThat(other.invalid()).isEqualTo(one.invalid());
        assertThat(other.changesOf(DOCUMENT)).isEqualTo(one.changesOf(DOCUMENT));
        assertThat(Picture.of(other.document(DOCUMENT))).isEqualTo(Picture.of(one.document(DOCUMENT)));
        for (String path : List.of("text", "list", "movable")) {
            if (one.document(DOCUMENT).root().entries().containsKey(path)) {
                sameHistory(one, other, path);
            }
        }
    }

    private static void sameHistory(DocumentSet one, DocumentSet other, String path) {
        Blame blame = one.history().blame(DOCUMENT, path);
        assertThat(other.history().blame(DOCUMENT, path)).isEqualTo(blame);
        if (path.equals("text")) {
            TextView text = (TextView) one.document(DOCUMENT).root().get(path).orElseThrow();
            for (int i = 0; i <= text.length(); i++) {
                Cursor cursor;
                try {
                    cursor = one.history().cursor(DOCUMENT, i, Cursor.Side.LEFT, path);
                } catch (IllegalArgumentException insideAPair) {
                    continue;
                }
                assertThat(other.history().cursor(DOCUMENT, i, Cursor.Side.LEFT, path))
                        .isEqualTo(cursor);
                assertThat(other.history().locate(cursor))
                        .isEqualTo(one.history().locate(cursor));
            }
        }
    }

    private static void sameTakingBack(List<LocalChange> joined, List<LocalChange> single, ChangeId change) {
        DocumentSet one = set(joined);
        DocumentSet other = set(single);
        assertThat(takeBack(other, change)).isEqualTo(takeBack(one, change));
        same(one, other);
        assertThat(other.history().diff(DOCUMENT, Heads.NONE, other.heads()))
                .isEqualTo(one.history().diff(DOCUMENT, Heads.NONE, one.heads()));
    }

    private static ByteBuffer takeBack(DocumentSet set, ChangeId change) {
        set.history();
        long seq = set.version().of(change.actor()) + 1;
        EditSession session = set.begin(change.actor(), seq, 0);
        session.takeBack(change);
        return session.finish().operations();
    }

    /** Types at a cursor for a while: characters, backspaces, deletes, some marks, and elements one by one. */
    private static void type(EditSession session, Random random) {
        TextEditor text = session.on(DOCUMENT).map().text("text");
        int cursor = 0;
        for (int burst = random.nextInt(4); burst >= 0; burst--) {
            List<Integer> places = places(text.toString());
            if (random.nextInt(3) == 0) {
                cursor = places.get(random.nextInt(places.size()));
            }
            for (int i = random.nextInt(5); i >= 0; i--) {
                cursor = strike(text, cursor, random.nextInt(burst % 2 == 0 ? 4 : 9), random);
            }
        }
        ListEditor list = session.on(DOCUMENT).map().list("list");
        int at = random.nextInt(list.size() + 1);
        for (int i = random.nextInt(3); i > 0; i--) {
            list.insert(at++, Value.of(random.nextInt(9)));
        }
        for (int i = random.nextInt(3); i > 0 && at > 0; i--) {
            list.delete(--at, 1);
        }
        MovableListEditor movable = session.on(DOCUMENT).map().movableList("movable");
        int place = random.nextInt(movable.size() + 1);
        for (int i = random.nextInt(3); i > 0; i--) {
            movable.insert(place++, Value.of(random.nextInt(9)));
        }
        if (movable.size() > 1 && random.nextBoolean()) {
            movable.move(random.nextInt(movable.size()), random.nextInt(movable.size()));
        }
    }

    private static List<Integer> places(String text) {
        List<Integer> places = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            places.add(i + Character.charCount(text.codePointAt(i)));
        }
        return places;
    }

    private static int strike(TextEditor text, int cursor, int key, Random random) {
        String now = text.toString();
        if (key < 3) {
            String typed = key == 0 ? "\uD83D\uDE00" : String.valueOf((char) ('a' + random.nextInt(26)));
            text.insert(cursor, typed);
            return cursor + typed.length();
        }
        if (key < 6 && cursor > 0) {
            int length = Character.charCount(now.codePointBefore(cursor));
            text.delete(cursor - length, length);
            return cursor - length;
        }
        if (key < 8 && cursor < now.length()) {
            text.delete(cursor, Character.charCount(now.codePointAt(cursor)));
        } else if (cursor < now.length()) {
            text.mark(cursor, now.length(), "bold", true, EXPANDS.get(random.nextInt(EXPANDS.size())));
        }
        return cursor;
    }

    @Example
    void typing_is_one_instruction() {
        String typed = edited(text -> {
            for (int i = 0; i < 20; i++) {
                text.insert(i, "e");
            }
            text.insert(0, "x").insert(1, "y");
        });
        assertThat(typed)
                .isEqualTo("1064" + "250174" + "210174" + "f6" + "05" + "00" + "65".repeat(20) + "26" + "00" + "7879");
    }

    @Example
    void deletes_and_backspaces_are_one_instruction() {
        String deleted = edited(text -> text.insert(0, "abcdefgh"), text -> {
            text.delete(3, 1).delete(2, 1).delete(2, 1);
            text.delete(0, 1);
        });
        assertThat(deleted).isEqualTo("1064" + "210174" + "37" + "02" + "17" + "00");
    }

    @Example
    void what_stays_among_deleted_characters_ends_an_instruction() {
        String deleted = edited(text -> text.insert(0, "abcd").mark(1, 2, "bold", true, Expand.NONE), text -> {
            text.delete(0, 3);
            text.delete(0, 1);
        });
        assertThat(deleted).isEqualTo("1064" + "210174" + "57" + "00" + "17" + "02");
    }

    /** The operations of the last of some changes of one author to the text "t" of the document "d". */
    @SafeVarargs
    private static String edited(Consumer<TextEditor>... changes) {
        DocumentSet set = DocumentSet.create();
        ByteBuffer last = ByteBuffer.allocate(0);
        for (int i = 0; i < changes.length; i++) {
            EditSession session = set.begin(new ActorId(1, 1), i + 1L, 0);
            changes[i].accept(session.on("d").map().text("t"));
            last = session.finish().operations();
        }
        byte[] bytes = new byte[last.remaining()];
        last.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
