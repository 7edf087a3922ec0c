package dev.cairn.format.vectors;

import static dev.cairn.format.vectors.MemberCast.BOB;
import static dev.cairn.format.vectors.MemberCast.EPOCH;
import static dev.cairn.format.vectors.MemberCast.EVE;
import static dev.cairn.format.vectors.MemberCast.GENESIS;
import static dev.cairn.format.vectors.MemberCast.INVITE;
import static dev.cairn.format.vectors.MemberCast.LOG_KEY;
import static dev.cairn.format.vectors.MemberCast.OWNER;
import static dev.cairn.format.vectors.MemberCast.SPACE;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.FileRecord;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.MemberEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Vectors of keys, codes, words and the files of entries. */
final class MemberKeyCatalog {
    private final Catalog catalog = new Catalog("members");

    static List<VectorFile> vectors() {
        MemberKeyCatalog keys = new MemberKeyCatalog();
        keys.ids();
        keys.sealedKeys();
        keys.codes();
        keys.files();
        return keys.catalog.vectors();
    }

    static String hex(Secret secret) {
        ByteBuffer bytes = ByteBuffer.allocate(secret.size());
        secret.writeTo(bytes);
        return Bytes.copyOf(bytes.flip()).toHex();
    }

    private void ids() {
        Bytes both = Bytes.concat(
                BOB.publicKeys().signing().bytes(), BOB.publicKeys().sealing().bytes());
        catalog.add("device_id", "device_id", BOB.id().toString(), "the id of a device from its two keys", both);
        Bytes seed = Bytes.hex(hex(MemberCast.fixed(0x11)));
        catalog.add(
                "invite_keys",
                "invite_keys",
                INVITE.publicKeys().signing().bytes().toHex() + " "
                        + INVITE.publicKeys().sealing().bytes().toHex() + " " + INVITE.id(),
                "the two public keys and the id of an invite from its seed",
                seed);
        Bytes ids =
                Bytes.concat(OWNER.id().bytes(), BOB.id().bytes(), INVITE.id().bytes());
        String words = SafetyWords.of(OWNER.id(), BOB.id(), INVITE.id()).toString();
        catalog.add("safety_words", "safety_words", words, "inviting device, joining device, invite", ids);
    }

    private void sealedKey(String name, String description, String expect, SealedEpochKey sealed, DeviceKeys device) {
        catalog.add(
                "sealed_" + name,
                "sealed_epoch_key",
                expect,
                description,
                sealed.sealed(),
                "recipient",
                BOB.id().bytes().toHex(),
                "scalar",
                hex(device.opening().scalar()),
                "epoch",
                Integer.toString(sealed.epoch()),
                "check",
                sealed.check().toHex());
    }

    private void sealedKeys() {
        SealedEpochKey sound =
                SealedEpochKey.seal(EPOCH, BOB.id().bytes(), BOB.publicKeys().sealing(), new Random(8));
        sealedKey("key", "the key of epoch 1 for a device", hex(EPOCH.secret()), sound, BOB);
        sealedKey("for_another", "opened by another device", "refused", sound, EVE);
        sealedKey(
                "epoch_differs",
                "sealed for epoch 1, shown for epoch 2",
                "refused",
                new SealedEpochKey(2, sound.check(), sound.sealed()),
                BOB);
        Bytes other = SealedEpochKey.checkOf(EpochKey.random(1, new Random(9)));
        sealedKey(
                "check_differs",
                "the check of another key",
                "refused",
                new SealedEpochKey(1, other, sound.sealed()),
                BOB);
        Bytes promised = Bytes.concat(Bytes.of(0, 0, 0, 1), other);
        Bytes info = Bytes.concat(Bytes.utf8("cairn/v1/epoch-key"), BOB.id().bytes());
        Bytes wrong = BOB.publicKeys().sealing().seal(info, promised, EPOCH.secret(), new Random(8));
        sealedKey(
                "not_the_key",
                "a key which does not fit the check it was sealed with",
                "refused",
                new SealedEpochKey(1, other, wrong),
                BOB);
        Bytes zero = Bytes.concat(Bytes.owning(new byte[32]), sound.sealed().slice(32));
        sealedKey(
                "small_order",
                "an encapsulated key of small order",
                "refused",
                new SealedEpochKey(1, sound.check(), zero),
                BOB);
    }

    private void code(String name, String description, String expect, String text) {
        catalog.add(
                "code_" + name,
                "invite_code",
                expect,
                description,
                Bytes.utf8(text),
                "space",
                SPACE.toString(),
                "member log key",
                hex(LOG_KEY.secret()),
                "seed",
                hex(MemberCast.fixed(0x11)));
    }

    private void codes() {
        String open = new InviteCode(SPACE, LOG_KEY, MemberCast.fixed(0x11), false).text();
        String guarded = new InviteCode(SPACE, LOG_KEY, MemberCast.fixed(0x11), true).text();
        code("open", "an invite without approval", "open", open);
        code("approval", "an invite with approval", "approval", guarded);
        code(
                "careless",
                "capitals, spaces and no hyphens",
                "open",
                open.toUpperCase(Locale.ROOT).replace('-', ' '));
        char last = open.charAt(open.length() - 1);
        code(
                "typo",
                "the last character is wrong",
                "refused",
                open.substring(0, open.length() - 1) + (last == 'a' ? 'b' : 'a'));
        code("short", "the last character is missing", "refused", open.substring(0, open.length() - 1));
        code(
                "alphabet",
                "a character outside of the alphabet",
                "refused",
                open.substring(0, 10) + "0" + open.substring(11));
        code("prefix", "another prefix", "refused", "cairn2" + open.substring(6));
    }

    private void file(String name, String description, String expect, FileRecord record, long ordinal, EpochKey key) {
        HedgedSalt salt = new HedgedSalt(MemberCast.fixed(0x0c), new Random(10));
        Bytes file = Sealer.of(SPACE, WriterId.of(Bytes.hex("a0".repeat(16))), key, salt)
                .seal(FileKind.MEMBER_ENTRY, ordinal, List.of(record))
                .content();
        catalog.add(
                "file_" + name,
                "member_file",
                expect,
                description,
                file,
                "space",
                SPACE.toString(),
                "member log key",
                hex(LOG_KEY.secret()));
    }

    private void files() {
        FileRecord record = FileRecord.of(RecordType.MEMBER_ENTRY, GENESIS.encoded());
        file("entry", "the file of a genesis entry", "verified", record, 1, LOG_KEY);
        file("ordinal_differs", "an ordinal which is not the height", "malformed", record, 2, LOG_KEY);
        file("wrong_key", "under another key", "wrong_key", record, 1, new EpochKey(0, MemberCast.fixed(0x0b)));
        MemberEntry foreign = MemberCast.genesis(OWNER, 1);
        file(
                "foreign_space",
                "an entry of another space inside",
                "foreign_space",
                FileRecord.of(RecordType.MEMBER_ENTRY, foreign.encoded()),
                1,
                LOG_KEY);
        file(
                "other_record",
                "a record which does not belong into it",
                "malformed",
                FileRecord.of(RecordType.SIGNATURE, Bytes.owning(new byte[64])),
                1,
                LOG_KEY);
        file(
                "broken_entry",
                "an entry which breaks a rule",
                "malformed",
                FileRecord.of(RecordType.MEMBER_ENTRY, Bytes.of(0xa0)),
                1,
                LOG_KEY);
    }
}
