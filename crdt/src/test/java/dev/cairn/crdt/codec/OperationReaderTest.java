package dev.cairn.crdt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the encoding with bytes that keep it and bytes that break it; all behind the document "d". */
class OperationReaderTest {
    private static final String ACTOR = "0102030405060708090a0b0c0d0e0f10";
    private static final String MAP = "01016b";
    private static final String LIST = "11016b";
    private static final String TEXT = "21016b";
    private static final String COUNTER = "31016b";
    private static final String MOVABLE = "41016b";
    private static final String TREE = "51016b";
    private static final String REGISTER = "61016b";
    private static final String REMOVE = "146b";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace("ID", "07" + ACTOR + "05").replaceAll("[ |]", ""));
    }

    private static byte[] inDocument(String hex) {
        return bytes("1064" + hex);
    }

    /** Returns the reader behind the last instruction; all of them written again are the same bytes. */
    private static OperationReader last(String hex) {
        byte[] all = inDocument(hex);
        assertThat(Transcript.of(all)).as(hex).isEqualTo(ByteBuffer.wrap(all));
        OperationReader reader = new OperationReader().reset(all, 0, all.length);
        while (reader.position() < all.length) {
            assertThat(reader.next()).isTrue();
        }
        assertThat(reader.next()).isFalse();
        return reader;
    }

    private static void refused(byte[] all, String message) {
        assertThatThrownBy(() -> Transcript.of(all))
                .isInstanceOf(MalformedOperationsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void noBytesAreNoOperations() {
        assertThat(new OperationReader().reset(new byte[0], 0, 0).next()).isFalse();
    }

    @Test
    void documentsAscendAsBytes() {
        for (String good : new String[] {"1063146b 1064146b", "1064146b 20 6464 146b", "1064146b 20c3a4 146b"}) {
            assertThat(Transcript.of(bytes(good))).isEqualTo(ByteBuffer.wrap(bytes(good)));
        }
        refused(bytes("1064146b 1064146b"), "ascending");
        refused(bytes("1064146b 1063146b"), "ascending");
        refused(bytes("206464146b 1064146b"), "ascending");
        refused(bytes("20c3a4146b 1064146b"), "ascending");
    }

    @Test
    void nothingIsBeforeTheFirstDocumentAndNoDocumentIsEmpty() {
        refused(bytes("146b"), "without a document");
        refused(bytes("1064"), "end with a navigation");
        refused(bytes("1063 1064146b"), "leads to no operation");
        refused(bytes("00"), "a count of 0");
    }

    @Test
    void aDocumentIsReadFromItsMapAgain() {
        refused(bytes("1063" + COUNTER + "0802 1064 0802"), "COUNTER on a MAP");
        assertThat(new OperationReader().reset(bytes("1064 146b"), 0, 4).next()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "13 6b 00, 1",
        "13 6b 01, 1",
        "13 6b 02, 1",
        "13 6b 03 00, 2",
        "13 6b 03 ffffffffffffffffff01, 11",
        "13 6b 04 3ff0000000000000, 9",
        "13 6b 04 7ff8000000000000, 9",
        "13 6b 04 fff0000000000000, 9",
        "13 6b 05 00, 2",
        "13 6b 05 03 61c3a4, 5",
        "13 6b 06 00, 2",
        "13 6b 06 02 ff80, 4",
        "13 6b 07 00 00, 3",
        "13 6b 07 01 ff93ebdc03, 7",
        "23 6b6b 00, 1"
    })
    void aScalarIsAssignedToAKey(String hex, int length) {
        OperationReader reader = last(hex);
        assertThat(reader.kind()).isEqualTo(Layout.PUT);
        assertThat(reader.keyLength()).isEqualTo(hex.charAt(0) - '0');
        assertThat(reader.contentEnd() - reader.contentStart()).isEqualTo(length);
        assertThat(ValueCodec.length(reader.array(), reader.contentStart())).isEqualTo(length);
        assertThat(reader.indexes()).isOne();
        assertThat(reader.based()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "13 6b, a value is cut off",
        "13 6b 08, unknown value tag 8",
        "13 6b 0f, unknown value tag 15",
        "13 6b 10, unknown value tag 16",
        "13 6b ff, unknown value tag 255",
        "13 6b 03, a number is cut off",
        "13 6b 03 80, a number is cut off",
        "13 6b 03 8000, not minimal",
        "13 6b 03 ffffffffffffffffff02, not minimal",
        "13 6b 03 ffffffffffffffffffff01, longer than 10 bytes",
        "13 6b 04 3ff00000000000, a double is cut off",
        "13 6b 04 7ff8000000000001, a second NaN",
        "13 6b 04 fff8000000000000, a second NaN",
        "13 6b 05 02 61, a value of 2 bytes in 1",
        "13 6b 05 ffffffffffffffffff01, a value of -1 bytes",
        "13 6b 05 01 c3, invalid UTF-8",
        "13 6b 06 01, a value of 1 bytes in 0",
        "13 6b 07 00, a number is cut off",
        "13 6b 07 00 8094ebdc03, an instant out of range",
        "13 6b 07 00 ffffffffffffffffff01, an instant out of range",
        "13 6b 07 ffffffffffffffffff01 00, an instant out of range",
        "13 6b 07 feffffffffffffffff01 00, an instant out of range"
    })
    void aScalarHasOneEncoding(String hex, String message) {
        refused(inDocument(hex), message);
    }

    @Test
    void theFirstAndTheLastInstantAreAllowed() {
        for (long second : new long[] {-31557014167219200L, 31556889864403199L}) {
            ByteSink sink = new ByteSink();
            sink.bytes(inDocument("136b07"), 0, 5);
            sink.zigzag(second);
            sink.octet(0);
            assertThat(Transcript.of(array(sink))).isEqualTo(sink.copy());
            sink.truncate(5);
            sink.zigzag(second + Long.signum(second));
            sink.octet(0);
            refused(array(sink), "an instant out of range");
        }
    }

    private static byte[] array(ByteSink sink) {
        return Arrays.copyOf(sink.array(), sink.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c180",
                "c2",
                "c27f",
                "c2c0",
                "e09fbf",
                "e080",
                "eda080",
                "edbfbf",
                "e2827f",
                "e28",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "f09f9880f0",
                "f09f98",
                "ff"
            })
    void aKeyIsStrictUtf8(String key) {
        String even = key.length() % 2 == 0 ? key : key + "0";
        refused(inDocument(Integer.toHexString(even.length() / 2) + "4" + even), "invalid UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "7f, 127",
        "c280, 128",
        "dfbf, 2047",
        "e0a080, 2048",
        "ed9fbf, 55295",
        "ee8080, 57344",
        "efbfbf, 65535",
        "f0908080, 65536",
        "f48fbfbf, 1114111"
    })
    void everyWidthOfACharacterIsRead(String key, int codePoint) {
        OperationReader reader = last(key.length() / 2 + "4" + key);
        assertThat(Utf8.decode(reader.array(), reader.keyStart())).isEqualTo(codePoint);
        assertThat(Utf8.width(reader.array(), reader.keyStart())).isEqualTo(key.length() / 2);
        assertThat(Utf8.string(reader.array(), reader.keyStart(), reader.keyLength()))
                .isEqualTo(Character.toString(codePoint));
        assertThat(Utf8.codePoints(Character.toString(codePoint) + "x")).containsExactly(codePoint, 'x');
    }

    @Test
    void aKeyHasUpTo1024Bytes() {
        assertThat(last("e4" + "6b".repeat(14)).keyLength()).isEqualTo(14);
        assertThat(last("f400" + "6b".repeat(15)).keyLength()).isEqualTo(15);
        assertThat(last("f4f107" + "6b".repeat(1024)).keyLength()).isEqualTo(1024);
        refused(inDocument("f4f207" + "6b".repeat(1025)), "a name of 1025 bytes");
        refused(inDocument("24 6b"), "a name of 2 bytes");
        refused(inDocument("f4 f1ffffff07"), "a count beyond 2^31");
        refused(inDocument("f4 f0ffffff07"), "a name of 2147483647 bytes");
        refused(inDocument("f4 8080808008"), "a number beyond 2^31");
        refused(inDocument("04"), "a key of 0 bytes in a MAP");
    }

    @Test
    void aContainerIsMadeUnderAKey() {
        for (ContainerType type : ContainerType.values()) {
            OperationReader plain = last(type.number() + "5016b");
            assertThat(plain.type()).isEqualTo(type);
            assertThat(plain.based()).isFalse();
            OperationReader based = last(Integer.toHexString(8 + type.number()) + "5016b ID");
            assertThat(based.type()).isEqualTo(type);
            assertThat(based.based()).isTrue();
            assertThat(based.kind()).isEqualTo(Layout.MAKE);
            requireId(based);
        }
        refused(inDocument("75016b"), "unknown container type 7");
        refused(inDocument("f5016b ID"), "unknown container type 7");
        refused(inDocument("0500"), "a key of 0 bytes in a MAP");
    }

    private static void requireId(OperationReader reader) {
        assertThat(reader.idSeq()).isEqualTo(7);
        assertThat(reader.idActorHigh()).isEqualTo(0x0102030405060708L);
        assertThat(reader.idActorLow()).isEqualTo(0x090a0b0c0d0e0f10L);
        assertThat(reader.idIndex()).isEqualTo(5);
    }

    @Test
    void anIdNamesAnOperationOfThisChangeOrOfAnother() {
        OperationReader own = last("85016b 00 03");
        assertThat(own.idSeq()).isZero();
        assertThat(own.idActorHigh()).isZero();
        assertThat(own.idActorLow()).isZero();
        assertThat(own.idIndex()).isEqualTo(3);
        assertThat(last("85016b ID 85016b 00 00").idActorHigh())
                .as("nothing is left of the id before")
                .isZero();
        assertThat(last("85016b ffffffffffffff0f" + ACTOR + "00").idSeq()).isEqualTo((1L << 53) - 1);
        refused(inDocument("85016b 8080808080808010" + ACTOR + "00"), "beyond 2^53");
        refused(inDocument("85016b ffffffffffffffffff01" + ACTOR + "00"), "beyond 2^53");
        refused(inDocument("85016b 07 0102030405060708 090a0b0c0d0e0f"), "8 bytes are cut off");
        refused(inDocument("85016b 07 01020304050607"), "8 bytes are cut off");
        refused(inDocument("85016b 07" + ACTOR), "a number is cut off");
    }

    @Test
    void aContainerOfAKeyIsEntered() {
        OperationReader reader = last(MAP + REMOVE);
        assertThat(reader.kind()).isEqualTo(Layout.REMOVE);
        byte[] all = inDocument("a1016b ID 16 00 61");
        reader = new OperationReader().reset(all, 0, all.length);
        reader.next();
        reader.next();
        assertThat(reader.kind()).isEqualTo(Layout.ENTER);
        assertThat(reader.type()).isEqualTo(ContainerType.TEXT);
        assertThat(reader.made()).isFalse();
        assertThat(reader.indexes()).isZero();
        requireId(reader);
        refused(inDocument(LIST + LIST + REMOVE), "MAP on a LIST");
        refused(inDocument("71016b" + REMOVE), "unknown container type 7");
        refused(inDocument(MAP), "end with a navigation");
    }

    @Test
    void aContainerIsEnteredByItsOperationFromTheRoot() {
        byte[] all = inDocument("29 ID 16 00 61");
        OperationReader reader = new OperationReader().reset(all, 0, all.length);
        reader.next();
        reader.next();
        assertThat(reader.kind()).isEqualTo(Layout.ENTER_MADE);
        assertThat(reader.type()).isEqualTo(ContainerType.TEXT);
        assertThat(reader.made()).isTrue();
        assertThat(reader.based()).isFalse();
        assertThat(reader.indexes()).isZero();
        requireId(reader);
        assertThat(Transcript.of(all)).isEqualTo(ByteBuffer.wrap(all));
        refused(inDocument(MAP + "29 ID 16 00 61"), "entered from the root");
        refused(inDocument("79 ID 16 00 61"), "unknown container type 7");
        refused(inDocument("29 ID"), "end with a navigation");
    }

    @Test
    void onlyAnOperationIsLeftAndNoMoreLevelsThanThereAre() {
        assertThat(last(MAP + MAP + REMOVE + "22" + REMOVE).kind()).isEqualTo(Layout.REMOVE);
        refused(inDocument(MAP + MAP + REMOVE + "12" + "12" + REMOVE), "a way out of 1");
        refused(inDocument(MAP + REMOVE + "22" + REMOVE), "a way out of 2 containers at depth 1");
        refused(inDocument(MAP + "12" + REMOVE), "a way out");
        refused(inDocument(REMOVE + "12" + REMOVE), "a way out of 1 containers at depth 0");
        refused(inDocument(MAP + REMOVE + "02"), "a count of 0");
        refused(inDocument(MAP + REMOVE + "12"), "end with a navigation");
        assertThat(last(MAP + REMOVE + "12" + MAP + REMOVE + "12" + REMOVE).kind())
                .isEqualTo(Layout.REMOVE);
    }

    @Test
    void containersAreAtMost64Deep() {
        assertThat(last(MAP.repeat(64) + REMOVE).kind()).isEqualTo(Layout.REMOVE);
        refused(inDocument(MAP.repeat(65) + REMOVE), "nested deeper than 64");
    }

    @Test
    void aRegisterHasOneKeyAndItIsEmpty() {
        assertThat(last(REGISTER + "0300").keyLength()).isZero();
        assertThat(last(REGISTER + "04").kind()).isEqualTo(Layout.REMOVE);
        assertThat(last(REGISTER + "2500").type()).isEqualTo(ContainerType.TEXT);
        refused(inDocument(REGISTER + "136b00"), "a key of 1 bytes in a REGISTER");
        refused(inDocument("0300"), "a key of 0 bytes in a MAP");
    }

    @Test
    void textAndElementsAreInserted() {
        OperationReader text = last(TEXT + "36 05 61 c3a4 f09f9880");
        assertThat(text.count()).isEqualTo(3);
        assertThat(text.at()).isEqualTo(5);
        assertThat(text.contentEnd() - text.contentStart()).isEqualTo(7);
        assertThat(text.indexes()).isEqualTo(3);
        for (String list : new String[] {LIST, MOVABLE}) {
            OperationReader elements = last(list + "46 00 00 0302 12 16");
            assertThat(elements.count()).isEqualTo(4);
            assertThat(ValueCodec.holdsContainer(elements.array(), elements.contentStart(), elements.contentEnd()))
                    .isTrue();
            assertThat(ValueCodec.holdsContainer(
                            elements.array(), elements.contentStart(), elements.contentStart() + 3))
                    .isFalse();
        }
        assertThat(last(TEXT + "f6 00 00" + "61".repeat(15)).count()).isEqualTo(15);
        refused(inDocument(TEXT + "26 00 61"), "insertion of 2 in 1 bytes");
        refused(inDocument(TEXT + "26 00 c3a4"), "text is cut off");
        refused(inDocument(TEXT + "06 00"), "a count of 0");
        refused(inDocument(LIST + "16 00 17"), "unknown value tag 23");
        refused(inDocument(LIST + "26 00 0302"), "a value is cut off");
        refused(inDocument("16 00 61"), "an operation of a sequence on a MAP");
        refused(inDocument(COUNTER + "16 00 61"), "an operation of a sequence on a COUNTER");
    }

    @Test
    void unitsAreDeleted() {
        OperationReader reader = last(TEXT + "27 8001");
        assertThat(reader.count()).isEqualTo(2);
        assertThat(reader.at()).isEqualTo(128);
        assertThat(reader.indexes()).isEqualTo(2);
        assertThat(last(TEXT + "17 ffffffff07").at()).isEqualTo(Integer.MAX_VALUE);
        assertThat(last(LIST + "17 00").kind()).isEqualTo(Layout.DELETE);
        assertThat(last(MOVABLE + "17 00").kind()).isEqualTo(Layout.DELETE);
        assertThat(last(TEXT + "f7 f0ffffff07 00").count()).isEqualTo(Integer.MAX_VALUE);
        refused(inDocument(TEXT + "f7 f1ffffff07 00"), "a count beyond 2^31");
        refused(inDocument(TEXT + "17 ffffffffffffffffff01"), "a number beyond 2^31");
        refused(inDocument("17 00"), "an operation of a sequence on a MAP");
    }

    @Test
    void aCounterIsIncrementedBySomething() {
        assertThat(last(COUNTER + "08 02").delta()).isOne();
        assertThat(last(COUNTER + "08 01").delta()).isEqualTo(-1);
        assertThat(last(COUNTER + "08 ffffffffffffffffff01").delta()).isEqualTo(Long.MIN_VALUE);
        refused(inDocument(COUNTER + "08 00"), "an increment of nothing");
        refused(inDocument(COUNTER + "18 02"), "an increment");
        refused(inDocument("08 02"), "COUNTER on a MAP");
    }

    @Test
    void anElementOfAMovableListMovesAndIsAssigned() {
        OperationReader move = last(MOVABLE + "0a 03 04");
        assertThat(move.at()).isEqualTo(3);
        assertThat(move.count()).isEqualTo(4);
        assertThat(move.indexes()).isOne();
        OperationReader set = last(MOVABLE + "0b 03 15");
        assertThat(set.at()).isEqualTo(3);
        assertThat(set.flags()).isZero();
        assertThat(set.contentEnd() - set.contentStart()).isOne();
        OperationReader again = last(MOVABLE + "1b 03 ID");
        assertThat(again.flags()).isEqualTo(Layout.HAD_BEFORE);
        requireId(again);
        refused(inDocument(MOVABLE + "1a 03 04"), "an instruction 10 with 1");
        refused(inDocument(MOVABLE + "2b 03 15"), "an instruction 11 with 2");
        refused(inDocument(MOVABLE + "3b 03 ID"), "an instruction 11 with 2");
        refused(inDocument(LIST + "0a 03 04"), "MOVABLE_LIST on a LIST");
        refused(inDocument(LIST + "0b 03 15"), "MOVABLE_LIST on a LIST");
    }

    @Test
    void aRangeOfTextIsMarked() {
        OperationReader reader = last(TEXT + "1c 6b 03 04 05 02");
        assertThat(reader.flags()).isEqualTo(3);
        assertThat(reader.at()).isEqualTo(4);
        assertThat(reader.count()).isEqualTo(5);
        assertThat(reader.indexes()).isEqualTo(2);
        assertThat(reader.contentEnd() - reader.contentStart()).isOne();
        refused(inDocument(TEXT + "1c 6b 04 04 05 02"), "a mark with flags 4");
        refused(inDocument(TEXT + "1c 6b 03 04 00 02"), "on 0 units");
        refused(inDocument(TEXT + "1c 6b"), "a byte is cut off");
        refused(inDocument(TEXT + "1c 6b 03 04 05 12"), "unknown value tag 18");
        refused(inDocument(TEXT + "0c 03 04 05 02"), "a count of 0");
        refused(inDocument(LIST + "1c 6b 03 04 05 02"), "TEXT on a LIST");
    }

    @Test
    void aNodeIsPlacedBelowAnotherOrAtTheTop() {
        OperationReader below = last(TREE + "0d 02" + ACTOR + "09 ID 02 0001");
        requireId(below);
        assertThat(below.parentSeq()).isEqualTo(2);
        assertThat(below.parentActorHigh()).isEqualTo(0x0102030405060708L);
        assertThat(below.parentActorLow()).isEqualTo(0x090a0b0c0d0e0f10L);
        assertThat(below.parentIndex()).isEqualTo(9);
        assertThat(below.contentEnd() - below.contentStart()).isEqualTo(2);
        requireId(last(TREE + "2d ID 01 01"));
        assertThat(last(TREE + "1d ID 01 01").parentIndex()).isEqualTo(5);
        assertThat(last(TREE + "3d 01 80").flags()).isEqualTo(Layout.NEW_NODE | Layout.AT_TOP);
        assertThat(last(TREE + "3d ff" + "01".repeat(255)).indexes()).isOne();
        refused(inDocument(TREE + "4d 01 80"), "a place with flags 4");
        refused(inDocument(TREE + "3d 00"), "a position key of 0 bytes");
        refused(inDocument(TREE + "3d 02 80"), "a position key of 2 bytes");
        refused(inDocument(TREE + "3d 02 8000"), "ends in 0");
        refused(inDocument("3d 01 80"), "TREE on a MAP");
    }

    @Test
    void aNodeIsRemovedAndWhatAnElementLostIsDismissed() {
        for (String container : new String[] {TREE, LIST, MOVABLE}) {
            OperationReader reader = last(container + "0e ID");
            assertThat(reader.kind()).isEqualTo(Layout.DROP);
            requireId(reader);
            refused(inDocument(container + "1e ID"), "an instruction 14 with 1");
        }
        refused(inDocument(TEXT + "0e ID"), "TREE on a TEXT");
    }

    @Test
    void whatIsTakenBackIsSaidRightBehindTheDocument() {
        OperationReader reader = last("0f 07" + ACTOR);
        assertThat(reader.flags()).isZero();
        assertThat(reader.indexes()).isZero();
        assertThat(reader.idSeq()).isEqualTo(7);
        assertThat(reader.idActorHigh()).isEqualTo(0x0102030405060708L);
        assertThat(reader.idActorLow()).isEqualTo(0x090a0b0c0d0e0f10L);
        assertThat(last("85016b ID").idIndex()).isEqualTo(5);
        assertThat(last("1f 07" + ACTOR).flags()).isEqualTo(Layout.AGAIN);
        refused(inDocument("2f 07" + ACTOR), "with flags 2");
        refused(inDocument(REMOVE + "0f 07" + ACTOR), "not at the start of a document");
        refused(inDocument(MAP + "0f 07" + ACTOR), "not at the start of a document");
        refused(inDocument("0f 00" + ACTOR), "a sequence number of 0");
        assertThat(last("0f ffffffffffffff0f" + ACTOR).idSeq()).isEqualTo(Layout.SEQ_MAX);
        refused(inDocument("0f 8080808080808010" + ACTOR), "beyond 2^53");
        refused(inDocument("0f ffffffffffffffffff01" + ACTOR), "beyond 2^53");
    }
}
