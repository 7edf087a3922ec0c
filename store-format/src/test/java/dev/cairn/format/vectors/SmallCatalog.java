package dev.cairn.format.vectors;

import dev.cairn.format.Bytes;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.log.Fixture;
import java.util.ArrayList;
import java.util.List;

/** Vectors of SPEC sections "Conventions" and "Layout and names". */
final class SmallCatalog {
    private static final String WRITER = "devices/" + Fixture.WRITER + "/";
    private static final String DIGEST = "0123456789abcdef0123";

    private SmallCatalog() {}

    static List<VectorFile> vectors() {
        List<VectorFile> all = new ArrayList<>(cbor());
        all.addAll(names());
        all.addAll(markers());
        all.addAll(cobblestone());
        all.addAll(signatures());
        return all;
    }

    private static List<VectorFile> cbor() {
        Catalog catalog = new Catalog("cbor");
        String[][] items = {
            {
                "accepted",
                "every type in its only form",
                "a50001" + "01" + "20" + "02" + "43010203" + "03" + "62c3bc" + "1818" + "83f4f5f6"
            },
            {"integer_overlong_8", "23 in two bytes", "1817"},
            {"integer_overlong_16", "255 in three bytes", "1900ff"},
            {"integer_overlong_32", "65,535 in five bytes", "1a0000ffff"},
            {"integer_overlong_64", "2^32 - 1 in nine bytes", "1b00000000ffffffff"},
            {"integer_above_63_bits", "2^63", "1b8000000000000000"},
            {"length_overlong", "the length of a byte string in two bytes", "580100"},
            {"bytes_indefinite", "a byte string in pieces", "5f4100ff"},
            {"text_indefinite", "a text in pieces", "7f6161ff"},
            {"array_indefinite", "an array of indefinite length", "9f00ff"},
            {"map_indefinite", "a map of indefinite length", "bf0000ff"},
            {"text_not_utf8", "a text which is not UTF-8", "61ff"},
            {"text_surrogate", "a text with an encoded surrogate", "63eda080"},
            {"map_unsorted", "keys which do not ascend", "a201000000"},
            {"map_duplicate", "one key twice", "a200000001"},
            {"map_negative_key", "a negative key", "a12000"},
            {"map_text_key", "a text as key", "a1616100"},
            {"tag", "a tag", "c000"},
            {"float", "a float", "f93c00"},
            {"undefined", "undefined", "f7"},
            {"simple_value", "an unassigned simple value", "e0"},
            {"reserved_length", "additional information 28", "1c"},
            {"cut", "an array with an item less", "820001".substring(0, 4)},
            {"trailing", "a byte after the item", "0000"},
            {"too_deep", "17 nested arrays", "81".repeat(17) + "00"},
            {"count_beyond_end", "more items than bytes", "9b7fffffffffffffff"},
        };
        for (String[] item : items) {
            String expect = item[0].equals("accepted") ? "accepted" : "malformed";
            catalog.add(item[0], "cbor", expect, item[1], Bytes.hex(item[2]));
        }
        return catalog.vectors();
    }

    private static List<VectorFile> names() {
        Catalog catalog = new Catalog("name");
        String[][] paths = {
            {"segment", "the place of a segment", WRITER + "changes/0000/c0000000042-" + DIGEST + ".cairn"},
            {
                "segment_1024",
                "the first in the second directory",
                WRITER + "changes/0001/c0000001024-" + DIGEST + ".cairn"
            },
            {"segment_greatest", "the greatest ordinal", WRITER + "changes/9765624/c9999999999-" + DIGEST + ".cairn"},
            {"head", "the place of a head", WRITER + "head-1.cairn"},
            {"member_entry", "the place of a member entry", WRITER + "keys/e0000000001-" + DIGEST + ".cairn"},
            {"vote", "the place of a vote", WRITER + "vote.cairn"},
        };
        for (String[] path : paths) {
            catalog.add(path[0], "path", "canonical", path[1], Bytes.utf8(path[2]));
        }
        String[][] others = {
            {"ordinal_0", "ordinals begin at 1", WRITER + "changes/0000/c0000000000-" + DIGEST + ".cairn"},
            {
                "wrong_directory",
                "another number than ordinal / 1,024",
                WRITER + "changes/0001/c0000000042-" + DIGEST + ".cairn"
            },
            {"upper_case", "upper case", WRITER + "HEAD-0.cairn"},
            {
                "conflict_syncthing",
                "a copy made by Syncthing",
                WRITER + "head-0.sync-conflict-20260101-120000-ABCDEFG.cairn"
            },
            {"conflict_number", "a numbered copy", WRITER + "head-0 (1).cairn"},
            {"head_2", "there are two heads", WRITER + "head-2.cairn"},
            {
                "writer_spelling",
                "a writer id whose last digit has spare bits",
                "devices/" + "a".repeat(25) + "b/head-0.cairn"
            },
            {"dot_dot", "a way out", WRITER + "../head-0.cairn"},
            {"elsewhere", "a head at the top of the folder", "head-0.cairn"},
        };
        for (String[] path : others) {
            catalog.add(path[0], "path", "not_canonical", path[1], Bytes.utf8(path[2]));
        }
        return catalog.vectors();
    }

    private static List<VectorFile> markers() {
        Catalog catalog = new Catalog("marker");
        String space = "\"space\":\"" + Fixture.SPACE + "\"";
        String[][] markers = {
            {"valid", "verified", "as it is written", "{\"format\":\"cairn\",\"major\":1," + space + "}\n"},
            {
                "unknown_member",
                "verified",
                "an unknown member",
                "{\"format\":\"cairn\",\"major\":1," + space + ",\"x\":0}"
            },
            {"major_2", "too_new", "a newer version", "{\"format\":\"cairn\",\"major\":2}"},
            {"no_space", "malformed", "no space id", "{\"format\":\"cairn\",\"major\":1}"},
            {"cut", "incomplete", "only the beginning has arrived", "{\"format\":\"cairn\",\"ma"},
            {"another_format", "not_ours", "a file of another program", "{\"format\":\"other\"}"},
            {"not_json", "not_ours", "no JSON", "format=cairn\n"},
        };
        for (String[] marker : markers) {
            catalog.add(marker[0], "marker", marker[1], marker[2], Bytes.utf8(marker[3]));
        }
        return catalog.vectors();
    }

    private static List<VectorFile> cobblestone() {
        Catalog catalog = new Catalog("cobblestone");
        Bytes context = Bytes.utf8("context");
        for (int size : new int[] {0, 5, 16_384}) {
            Bytes message = seal(context, size);
            cobblestone(catalog, "message_" + size, "accepted", size + " zero bytes", context, message);
        }
        Bytes message = seal(context, 5);
        cobblestone(catalog, "other_context", "refused", "another context", Bytes.utf8("contexts"), message);
        cobblestone(
                catalog, "tag_flipped", "refused", "a bit of the tag is flipped", context, RawFile.flip(message, -1));
        cobblestone(catalog, "no_chunk", "refused", "salt and commitment only", context, message.slice(0, 56));
        return catalog.vectors();
    }

    private static void cobblestone(
            Catalog to, String name, String expect, String description, Bytes context, Bytes message) {
        to.add(
                name,
                "cobblestone",
                expect,
                description,
                message,
                "input key",
                "0b".repeat(32),
                "context",
                context.toHex());
    }

    private static Bytes seal(Bytes context, int size) {
        Secret key = Secret.copyOf(Bytes.hex("0b".repeat(32)));
        return Cobblestone.seal(key, context, Bytes.hex("5c".repeat(24)), Bytes.owning(new byte[size]));
    }

    private static List<VectorFile> signatures() {
        Catalog catalog = new Catalog("signature");
        Bytes message = Bytes.utf8("message");
        Bytes key = Fixture.KEY.verifyingKey().bytes();
        Bytes signature = Fixture.KEY.sign(message);
        signature(catalog, "accepted", "accepted", "a signature", key, signature);
        signature(catalog, "long", "refused", "a byte after the signature", key, Bytes.concat(signature, Bytes.of(0)));
        Bytes identity = Bytes.hex("01" + "00".repeat(31));
        signature(
                catalog,
                "r_identity",
                "refused",
                "R is the identity",
                key,
                Bytes.concat(identity, signature.slice(32)));
        Bytes zero = Bytes.concat(identity, Bytes.owning(new byte[32]));
        signature(
                catalog,
                "a_identity",
                "refused",
                "A is the identity, for which R = identity and S = 0 fit any message",
                identity,
                zero);
        signature(catalog, "a_order_2", "refused", "A has order 2", Bytes.hex("ec" + "ff".repeat(30) + "7f"), zero);
        signature(
                catalog,
                "a_not_canonical",
                "refused",
                "A is the identity written as p + 1",
                Bytes.hex("ee" + "ff".repeat(30) + "7f"),
                zero);
        return catalog.vectors();
    }

    private static void signature(
            Catalog to, String name, String expect, String description, Bytes key, Bytes signature) {
        to.add(
                name,
                "signature",
                expect,
                description,
                signature,
                "key",
                key.toHex(),
                "message",
                Bytes.utf8("message").toHex());
    }
}
