package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is kept by others, as a word: whatever it has become, it names a place, or none, or is refused. */
class CursorTest {
    private final DocumentSet set = DocumentSet.create();

    CursorTest() {
        append(1, "ab");
        append(2, "cd");
    }

    private void append(long seq, String text) {
        EditSession session = set.begin(new ActorId(1, 1), seq, 0);
        session.on("d").map().text("t").insert((int) (2 * seq - 2), text);
        session.finish();
    }

    private Cursor behindC() {
        return set.history().cursor("d", 3, Cursor.Side.LEFT, "t");
    }

    private static byte[] bytes(Cursor cursor) {
        byte[] bytes = new byte[cursor.place().remaining()];
        cursor.place().get(bytes);
        return bytes;
    }

    private static Cursor cursor(byte... place) {
        return new Cursor("d", ByteBuffer.wrap(place));
    }

    @Test
    void aCursorComesBackFromItsWord() {
        Cursor cursor = behindC();
        assertThat(cursor.toString()).matches("[A-Za-z0-9_.-]+");
        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(set.history().locate(cursor)).contains(new Place(List.of(new Step.Key("t")), 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ZA", "ZA.!", "!.ZA", "Z.ZA", "ZA.Z", "ZA.ZA.ZA"})
    void anotherWordIsRefused(String word) {
        assertThatThrownBy(() -> Cursor.parse(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUnitBeyondAllOfItsChangeIsNowhere() {
        byte[] place = bytes(behindC());
        place[place.length - 1] = 2;
        assertThat(set.history().locate(cursor(place))).isEmpty();
        byte[] huge = Arrays.copyOf(place, place.length + 4);
        Arrays.fill(huge, place.length - 1, huge.length - 1, (byte) 0xff);
        huge[huge.length - 1] = 7;
        assertThat(set.history().locate(cursor(huge))).isEmpty();
    }

    @Test
    void aUnitOfAChangeWhichIsNotHereIsNowhere() {
        byte[] place = bytes(behindC());
        place[place.length - 2] = 3;
        assertThat(set.history().locate(cursor(place))).isEmpty();
        place[place.length - 2] = 0;
        assertThat(set.history().locate(cursor(place))).isEmpty();
        place = bytes(behindC());
        place[place.length - 3]++;
        assertThat(set.history().locate(cursor(place))).isEmpty();
    }

    @Test
    void aCursorOfNoKindOrWithBytesTooManyIsRefused() {
        byte[] place = bytes(behindC());
        assertThatThrownBy(() -> set.history().locate(cursor(Arrays.copyOf(place, place.length + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 bytes too many");
        place[0] = 4;
        assertThatThrownBy(() -> set.history().locate(cursor(place)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind 4");
        byte[] end = bytes(set.history().cursor("d", 4, Cursor.Side.RIGHT, "t"));
        assertThat(set.history().locate(cursor(end)))
                .hasValueSatisfying(at -> assertThat(at.index()).isEqualTo(4));
        assertThatThrownBy(() -> set.history().locate(cursor(Arrays.copyOf(end, end.length + 1))))
                .isInstanceOf(IllegalArgumentException.class);
        for (int length = 0; length < end.length; length++) {
            byte[] cut = Arrays.copyOf(end, length);
            assertThatThrownBy(() -> set.history().locate(cursor(cut))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void containersInsideOneAnotherWithoutEndAreRefused() {
        byte[] place = new byte[300_000];
        for (int at = 1; at < place.length; at += 3) {
            place[at] = 1;
        }
        assertThatThrownBy(() -> set.history().locate(cursor(place)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deeper than 64");
    }

    @Test
    void aDocumentThatIsNotHereHasNoPlaces() {
        assertThat(set.history().locate(new Cursor("other", behindC().place()))).isEmpty();
    }
}
