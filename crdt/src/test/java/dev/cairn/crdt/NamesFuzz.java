package dev.cairn.crdt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.TreeNodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** What callers keep as a word and hand in again: cursors and the names of nodes. */
@Tag("fuzz")
final class NamesFuzz {
    private static final ActorId A = new ActorId(1, 1);

    private final DocumentSet set = DocumentSet.create();

    NamesFuzz() {
        for (int seq = 1; seq <= 3; seq++) {
            EditSession session = set.begin(A, seq, 0);
            DocumentEditor document = session.on("d");
            document.map().text("t").insert(0, "ab");
            document.map().map("m").list("l").insertMap(0).text("t").insert(0, "cd");
            session.finish();
        }
    }

    /** The input is the place; it is somewhere, nowhere, or refused. */
    @FuzzTest(maxDuration = "20s")
    void places(byte[] input) {
        Cursor cursor = new Cursor("d", ByteBuffer.wrap(input));
        require(Cursor.parse(cursor.toString()).equals(cursor), "its own word");
        try {
            set.history().locate(cursor).ifPresent(place -> require(place.index() >= 0, "an index"));
            set.history().locate(cursor, Heads.NONE).ifPresent(place -> require(place.index() == 0, "the start"));
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    @FuzzTest(maxDuration = "20s")
    void cursors(byte[] input) {
        try {
            Cursor cursor = Cursor.parse(new String(input, StandardCharsets.UTF_8));
            require(Cursor.parse(cursor.toString()).equals(cursor), "the same cursor");
            set.history().locate(cursor);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    @FuzzTest(maxDuration = "20s")
    void nodes(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            require(TreeNodeId.parse(text).toString().equals(text), "the same name");
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not " + what);
        }
    }
}
