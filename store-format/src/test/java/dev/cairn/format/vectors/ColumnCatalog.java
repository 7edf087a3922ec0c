package dev.cairn.format.vectors;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Vectors of SPEC section "Columns": segments, of which the columns are the point. */
final class ColumnCatalog {
    /** A document "d", and in it a text "t". */
    private static final String TEXT_PLACE = "1064" + "21" + "0174";

    private static final String MAP_PLACE = "1064";
    private static final String ACTOR = "aa".repeat(16);

    private final Catalog catalog = new Catalog("columns");

    static List<VectorFile> vectors() {
        ColumnCatalog columns = new ColumnCatalog();
        columns.texts();
        columns.maps();
        columns.sequences();
        columns.changes();
        columns.layout();
        columns.numbers();
        columns.dictionaries();
        columns.places();
        columns.operations();
        columns.values();
        return columns.catalog.vectors();
    }

    private void valid(String name, String description, RawColumns columns, String... operations) {
        Bytes[] changes = new Bytes[operations.length];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = RawRun.change(operations[i]);
        }
        valid(name, description, RawRun.of(changes).in(columns));
    }

    private void valid(String name, String description, RawRun run) {
        catalog.file(
                name,
                "segment",
                "verified",
                description,
                run.segment().build(),
                "last seq",
                "" + run.lastSeq(),
                "last chain",
                run.lastChain().toHex());
    }

    private void refused(String name, String description, RawColumns columns) {
        refused(name, description, columns.encoded());
    }

    private void refused(String name, String description, Bytes encoded) {
        RawRun run = RawRun.of(RawRun.change("01"));
        RawFile file = RawFile.segment(run.start(), RawFile.record(0x82, encoded), run.signature());
        catalog.file(name, "segment", "malformed", description, file.build());
    }

    /** One change with one visit to one place. */
    private static RawColumns visit(String place, long... tags) {
        return RawColumns.plain(1)
                .numbers(RawColumns.VISITS, 2)
                .numbers(RawColumns.PLACE, 0)
                .numbers(RawColumns.OPERATIONS, tags.length - 1)
                .numbers(RawColumns.TAG, tags)
                .bytes(RawColumns.PLACES, String.format("%02x", place.length() / 2) + place);
    }

    private static RawColumns typed() {
        return visit(TEXT_PLACE, 6, 0x17, 6)
                .numbers(RawColumns.INSERTED, 5, 1)
                .numbers(RawColumns.DELETED, 2)
                .numbers(RawColumns.POSITION, 0, 0)
                .text(RawColumns.TEXT, "hello\uD83D\uDE00");
    }

    private void texts() {
        String typed = TEXT_PLACE + "56" + "00" + "68656c6c6f" + "27" + "03" + "16" + "03" + "f09f9880";
        valid("text", "text that is typed, two backspaces, a character of four bytes", typed(), typed);
        RawColumns two = RawColumns.plain(2)
                .numbers(RawColumns.VISITS, 2, 2)
                .numbers(RawColumns.PLACE, 0, 1)
                .numbers(RawColumns.OPERATIONS, 0, 1)
                .numbers(RawColumns.TAG, 6, 7, 6)
                .numbers(RawColumns.INSERTED, 16, 1)
                .numbers(RawColumns.DELETED, 3)
                .numbers(RawColumns.POSITION, 0, 2 * 16 - 1, 0)
                .bytes(RawColumns.PLACES, "05" + TEXT_PLACE)
                .text(RawColumns.TEXT, "0123456789abcdefX");
        valid(
                "text_goes_on",
                "the second change goes to the place of the first, deletes behind the start and inserts there",
                two,
                TEXT_PLACE + "f6" + "01" + "00" + "30313233343536373839616263646566",
                TEXT_PLACE + "37" + "00" + "16" + "00" + "58");
        RawColumns mark = visit(TEXT_PLACE, 12)
                .numbers(RawColumns.POSITION, 4)
                .numbers(RawColumns.KEY, 0)
                .numbers(RawColumns.NUMBER, 3, 300)
                .numbers(RawColumns.VALUE, 2)
                .text(RawColumns.KEYS, "\u0004bold");
        valid("mark", "a mark which expands on both sides", mark, TEXT_PLACE + "4c" + "626f6c64" + "0302ac02" + "02");
    }

    private void maps() {
        String puts = "13" + "61" + "00" + "13" + "61" + "01" + "13" + "62" + "0307" + "13" + "62"
                + "043ff0000000000000" + "13" + "62" + "05027869" + "13" + "62" + "060100" + "13" + "62" + "070207";
        RawColumns values = visit(MAP_PLACE, 3, 3, 3, 3, 3, 3, 3)
                .numbers(RawColumns.KEY, 0, 1, 0, 2, 2, 2, 2)
                .numbers(RawColumns.VALUE, 0, 1, 3, 4, 5, 6, 7)
                .numbers(RawColumns.INTEGER, 7, 2, 7)
                .numbers(RawColumns.LENGTH, 2, 1)
                .bytes(RawColumns.KEYS, "0161" + "0162")
                .bytes(RawColumns.BYTES, "3ff0000000000000" + "00")
                .text(RawColumns.TEXT, "xi");
        valid("values", "a value of every type under two keys", values, MAP_PLACE + puts);
        RawColumns made = visit(MAP_PLACE, 4, 0x25, 0xa5, 0x1f)
                .numbers(RawColumns.KEY, 0, 1, 1)
                .numbers(RawColumns.ACTOR, 1, 2)
                .numbers(RawColumns.SEQ, 600, 1)
                .numbers(RawColumns.INDEX, 4)
                .bytes(RawColumns.WRITERS, ACTOR)
                .bytes(RawColumns.KEYS, "0161");
        String makes = "14" + "61" + "25" + "0161" + "a5" + "0161" + "ac02" + ACTOR + "04" + "1f" + "ab02" + ACTOR;
        valid("ids", "containers made and based, a change taken back, with one actor", made, MAP_PLACE + makes);
    }

    private void sequences() {
        RawColumns list = visit(MAP_PLACE + "41" + "0161", 6, 10, 11, 0x1b, 14)
                .numbers(RawColumns.INSERTED, 2)
                .numbers(RawColumns.POSITION, 0, 1, 4, 3, 0)
                .numbers(RawColumns.ACTOR, 0, 0)
                .numbers(RawColumns.INDEX, 1, 2)
                .numbers(RawColumns.VALUE, 2, 0x10, 1);
        String moves = "26" + "00" + "02" + "10" + "0a" + "0103" + "0b" + "0101" + "1b" + "01" + "0001" + "0e" + "0002";
        valid("movable_list", "inserted, moved, assigned and dismissed", list, MAP_PLACE + "41" + "0161" + moves);
        String tree = MAP_PLACE + "51" + "0161";
        RawColumns nodes = visit(tree, 0x3d, 0x0d)
                .numbers(RawColumns.ACTOR, 0, 0)
                .numbers(RawColumns.INDEX, 1, 0)
                .numbers(RawColumns.LENGTH, 2, 1)
                .bytes(RawColumns.BYTES, "1122" + "33");
        valid(
                "tree",
                "a node made at the top, and one put below",
                nodes,
                tree + "3d" + "021122" + "0d" + "00010000" + "0133");
        RawColumns inner = RawColumns.plain(1)
                .numbers(RawColumns.VISITS, 3)
                .numbers(RawColumns.PLACE, 0, 0)
                .numbers(RawColumns.OPERATIONS, 0, 0)
                .numbers(RawColumns.TAG, 8, 4)
                .numbers(RawColumns.KEY, 0)
                .numbers(RawColumns.NUMBER, 5)
                .bytes(RawColumns.PLACES, "05" + MAP_PLACE + "31" + "0163" + "01" + "12")
                .bytes(RawColumns.KEYS, "0161");
        valid("way_out", "into a counter and out again", inner, MAP_PLACE + "31" + "0163" + "0805" + "12" + "1461");
    }

    private void changes() {
        RawColumns mixed = RawColumns.plain(3)
                .numbers(RawColumns.VISITS, 1, 0, 2)
                .numbers(RawColumns.PLACE, 0)
                .numbers(RawColumns.OPERATIONS, 0)
                .numbers(RawColumns.TAG, 4)
                .numbers(RawColumns.KEY, 0)
                .numbers(RawColumns.LENGTH, 2)
                .bytes(RawColumns.PLACES, "02" + MAP_PLACE)
                .bytes(RawColumns.KEYS, "0161")
                .bytes(RawColumns.BYTES, "ffff");
        valid(
                "kept",
                "operations no table knows, none at all, and a removal",
                mixed,
                "ffff",
                "",
                MAP_PLACE + "14" + "61");
        long[] none = new long[9];
        long[] visits = LongStream.generate(() -> 2).limit(9).toArray();
        long[] known = LongStream.range(0, 9).map(i -> i == 0 ? 0 : 1).toArray();
        RawColumns repeats = RawColumns.plain(9)
                .numbers(RawColumns.VISITS, visits)
                .numbers(RawColumns.PLACE, known)
                .numbers(RawColumns.OPERATIONS, none)
                .numbers(RawColumns.TAG, LongStream.generate(() -> 8).limit(9).toArray())
                .numbers(RawColumns.NUMBER, visits)
                .bytes(RawColumns.PLACES, "05" + MAP_PLACE + "31" + "0163");
        Bytes[] changes = new Bytes[9];
        Arrays.fill(changes, RawRun.change(MAP_PLACE + "31" + "0163" + "0802"));
        valid("repeats", "nine equal changes", RawRun.of(changes).in(repeats));
    }

    private void layout() {
        refused("no_changes", "no change at all", new RawColumns(0));
        refused("too_many_changes", "65,537 changes", new RawColumns(65_537).bytes(RawColumns.STEP, "fbff0700"));
        refused("count_overlong", "a count not in its shortest form", Bytes.hex("8100" + "00"));
        refused("column_unknown", "a column behind the last one", removal().bytes(27, "00"));
        refused("column_empty", "a column said to be there without bytes", Bytes.hex("01" + "01" + "00"));
        refused("columns_short", "columns of less bytes than there are", Bytes.hex("01" + "01" + "02" + "000000"));
        refused("columns_long", "columns of more bytes than there are", Bytes.hex("01" + "01" + "03" + "0000"));
        refused("columns_missing", "a change without any column", Bytes.hex("01" + "00"));
    }

    /** One change which removes a key. */
    private static RawColumns removal() {
        return visit(MAP_PLACE, 4).numbers(RawColumns.KEY, 0).bytes(RawColumns.KEYS, "0161");
    }

    private void numbers() {
        refused("numbers_too_many", "a number more than changes", removal().numbers(RawColumns.STEP, 0, 0));
        refused("numbers_too_few", "a block which ends too soon", removal().bytes(RawColumns.STEP, "02" + "00"));
        refused(
                "numbers_repeat_too_long",
                "a repeated number for one change",
                removal().bytes(RawColumns.STEP, "01" + "00"));
        refused(
                "number_overlong",
                "a number not in its shortest form",
                removal().bytes(RawColumns.STEP, "00" + "8000"));
        refused(
                "number_too_large",
                "a number of more than 64 bits",
                removal().bytes(RawColumns.STEP, "00" + "ffffffffffffffffff02"));
        RawColumns five = RawColumns.plain(5).bytes(RawColumns.VISITS, "0100" + "0000");
        refused("blocks_split", "literals behind repeats of the same number", five);
        RawColumns apart = RawColumns.plain(5).bytes(RawColumns.VISITS, "0200" + "00" + "0400" + "0000");
        refused("literals_split", "two blocks of literals", apart);
        RawColumns repeats = RawColumns.plain(8).bytes(RawColumns.VISITS, "0100" + "0100");
        refused("repeats_split", "two blocks which repeat one number", repeats);
        RawColumns literals = RawColumns.plain(4).bytes(RawColumns.VISITS, "06" + "00000000");
        refused("repeats_as_literals", "four equal numbers one by one", literals);
        refused("bytes_too_many", "a byte of text for nobody", removal().text(RawColumns.TEXT, "x"));
    }

    private void dictionaries() {
        RawColumns twice = visit(MAP_PLACE, 4, 4).numbers(RawColumns.KEY, 0, 0);
        refused("key_twice", "a key twice in the dictionary", twice.bytes(RawColumns.KEYS, "0161" + "0161"));
        refused("key_unknown", "a key which is not in the dictionary", removal().numbers(RawColumns.KEY, 2));
        refused("key_cut", "a key longer than the column", removal().bytes(RawColumns.KEYS, "0261"));
        RawColumns places = RawColumns.plain(2)
                .numbers(RawColumns.VISITS, 2, 2)
                .numbers(RawColumns.PLACE, 0, 0)
                .numbers(RawColumns.OPERATIONS, 0, 0)
                .numbers(RawColumns.TAG, 4, 4)
                .numbers(RawColumns.KEY, 0, 1)
                .bytes(RawColumns.PLACES, "02" + MAP_PLACE + "02" + MAP_PLACE)
                .bytes(RawColumns.KEYS, "0161");
        refused("place_twice", "a place twice in the dictionary", places);
        RawColumns actors = visit(MAP_PLACE, 0x1f, 0x1f)
                .numbers(RawColumns.ACTOR, 1, 1)
                .numbers(RawColumns.SEQ, 2, 2)
                .bytes(RawColumns.WRITERS, ACTOR + ACTOR);
        refused("writer_twice", "a writer twice in the dictionary", actors);
        RawColumns nobody = visit(MAP_PLACE, 0x1f).numbers(RawColumns.ACTOR, 2).numbers(RawColumns.SEQ, 2);
        refused("writer_unknown", "a writer which is not in the dictionary", nobody);
    }

    private void places() {
        refused("place_without_document", "a change which begins elsewhere than with a document", at("21" + "0174"));
        refused("place_with_operation", "an operation in a place", at(MAP_PLACE + "1461"));
        refused("place_cut", "a place which ends within a name", at("2064"));
        refused("place_empty", "no navigation", at(""));
        refused("place_too_far_out", "more levels out than in", at(MAP_PLACE + "12"));
        refused("place_too_deep", "65 containers inside one another", at(MAP_PLACE + ("01" + "0174").repeat(65)));
    }

    private static RawColumns at(String place) {
        Bytes length = new ByteWriter().varint(place.length() / 2).toBytes();
        return removal().bytes(RawColumns.PLACES, length.toHex() + place);
    }

    private void operations() {
        refused("tag_navigation", "a navigation among operations", visit(MAP_PLACE, 2));
        refused("tag_counted", "a count in a tag", removal().numbers(RawColumns.TAG, 0x14));
        refused("tag_too_large", "a tag above 255", visit(MAP_PLACE, 0x108).numbers(RawColumns.NUMBER, 2));
        refused("kept_although_in_columns", "a removal kept as it is", kept(MAP_PLACE + "14" + "61"));
        refused("kept_empty", "no operations, kept as they are", kept(""));
        RawColumns forward = visit(TEXT_PLACE, 6, 7)
                .numbers(RawColumns.INSERTED, 1)
                .numbers(RawColumns.DELETED, 1)
                .numbers(RawColumns.POSITION, 0, 1)
                .text(RawColumns.TEXT, "x");
        refused("backspace_as_delete", "a deletion up to the expected position with a position", forward);
        RawColumns nothing = visit(TEXT_PLACE, 0x17).numbers(RawColumns.DELETED, 0);
        refused("backspace_of_nothing", "a deletion of no unit up to the expected position", nothing);
        refused(
                "backspace_too_far",
                "a deletion from before the start",
                visit(TEXT_PLACE, 0x17).numbers(RawColumns.DELETED, 1));
        refused("position_negative", "a position before the start", deletion(1));
        refused("position_too_large", "a position of 2^31", deletion(1L << 32));
        refused("text_cut", "fewer characters than inserted", typed().text(RawColumns.TEXT, "hello"));
        refused(
                "text_not_at_a_character",
                "text which begins within a character",
                typed().bytes(RawColumns.TEXT, "9f".repeat(9)));
        RawColumns map = visit(MAP_PLACE, 6).numbers(RawColumns.INSERTED, 1).numbers(RawColumns.POSITION, 0);
        refused("insertion_into_map", "an insertion where nothing tells what it holds", map.text(RawColumns.TEXT, "x"));
        RawColumns flags = visit(MAP_PLACE + "41" + "0161", 0x2b).numbers(RawColumns.POSITION, 0);
        refused("flags_unknown", "an assignment to an element with flag 2", flags);
        RawColumns actor = visit(MAP_PLACE, 0x1f).numbers(RawColumns.ACTOR, 1).bytes(RawColumns.WRITERS, ACTOR);
        refused("id_seq_0", "an id with an actor and sequence number 0", actor.numbers(RawColumns.SEQ, 0));
    }

    private static RawColumns deletion(long position) {
        return visit(TEXT_PLACE, 7).numbers(RawColumns.DELETED, 1).numbers(RawColumns.POSITION, position);
    }

    private static RawColumns kept(String operations) {
        return RawColumns.plain(1)
                .numbers(RawColumns.VISITS, 1)
                .numbers(RawColumns.LENGTH, operations.length() / 2)
                .bytes(RawColumns.BYTES, operations);
    }

    private void values() {
        refused("value_unknown", "a value with tag 8", put(8));
        refused(
                "value_string_cut",
                "a string longer than the column",
                put(5).numbers(RawColumns.LENGTH, 2).text(RawColumns.TEXT, "x"));
        refused("value_double_cut", "a double of seven bytes", put(4).bytes(RawColumns.BYTES, "00".repeat(7)));
        RawColumns mark = visit(TEXT_PLACE, 12)
                .numbers(RawColumns.POSITION, 0)
                .numbers(RawColumns.KEY, 0)
                .numbers(RawColumns.NUMBER, 256, 1)
                .numbers(RawColumns.VALUE, 2)
                .bytes(RawColumns.KEYS, "0161");
        refused("flags_too_large", "flags of a mark above 255", mark);
    }

    private static RawColumns put(long value) {
        return visit(MAP_PLACE, 3)
                .numbers(RawColumns.KEY, 0)
                .numbers(RawColumns.VALUE, value)
                .bytes(RawColumns.KEYS, "0161");
    }
}
