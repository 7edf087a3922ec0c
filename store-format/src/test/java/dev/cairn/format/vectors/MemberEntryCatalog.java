package dev.cairn.format.vectors;

import static dev.cairn.format.vectors.MemberCast.BOB;
import static dev.cairn.format.vectors.MemberCast.GENESIS;
import static dev.cairn.format.vectors.MemberCast.INVITE;
import static dev.cairn.format.vectors.MemberCast.OWNER;
import static dev.cairn.format.vectors.MemberCast.SPACE;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.FrontierPoint;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.NewEpoch;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import dev.cairn.format.members.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Vectors of the bytes of single entries; the malformed ones are put together by hand. */
final class MemberEntryCatalog {
    private final Catalog catalog = new Catalog("members");

    static List<VectorFile> vectors() {
        MemberEntryCatalog entries = new MemberEntryCatalog();
        entries.acts();
        entries.frames();
        entries.fields();
        entries.newer();
        return entries.catalog.vectors();
    }

    private static Bytes repeat(int value, int size) {
        return Bytes.concat(Collections.nCopies(size, Bytes.of(value)).toArray(Bytes[]::new));
    }

    private void act(String name, String description, MemberAct act) {
        SigningKey[] keys = act.signatures() == 2
                ? new SigningKey[] {BOB.signing(), INVITE.signing()}
                : new SigningKey[] {BOB.signing()};
        MemberEntry entry = MemberCast.content(BOB, act, GENESIS).sign(keys);
        accepted(name, description, entry);
    }

    private void accepted(String name, String description, MemberEntry entry) {
        catalog.add(
                "entry_" + name,
                "member_entry",
                "accepted",
                description,
                entry.encoded(),
                "id",
                entry.id().toString());
    }

    private void acts() {
        NewEpoch epoch = new NewEpoch(
                2,
                repeat(1, 16),
                List.of(new NewEpoch.Recipient(OWNER.id().bytes(), repeat(2, 80))),
                List.of(new NewEpoch.Link(1, repeat(3, 16), repeat(4, NewEpoch.Link.BOX_SIZE))));
        FrontierPoint point = new FrontierPoint(WriterId.of(repeat(5, 16)), 42, repeat(6, 32));
        UserId user = UserId.of(GENESIS.id());
        SealedEpochKey key = SealedEpochKey.seal(
                MemberCast.EPOCH, BOB.id().bytes(), BOB.publicKeys().sealing(), new Random(7));
        accepted("genesis", "type 1", GENESIS);
        act(
                "set_role",
                "type 2, a removal with a frontier and an epoch",
                new MemberAct.SetRole(user, Role.NONE, List.of(point), Optional.of(epoch)));
        act("add_device", "type 3", new MemberAct.AddDevice(INVITE.publicKeys(), "phone", List.of(key)));
        act("revoke_device", "type 4", new MemberAct.RevokeDevice(OWNER.id(), List.of(point), Optional.of(epoch)));
        act(
                "invite",
                "type 5, for a writer",
                new MemberAct.Invite(INVITE.publicKeys(), Optional.of(Role.WRITER), false, List.of(key)));
        act(
                "invite_own",
                "type 5, for a device of the same user, with approval",
                new MemberAct.Invite(INVITE.publicKeys(), Optional.empty(), true, List.of()));
        act("close_invite", "type 6", new MemberAct.CloseInvite(GENESIS.id(), Optional.of(GENESIS.id())));
        act("join", "type 7", new MemberAct.Join(GENESIS.id(), BOB.publicKeys(), "laptop"));
        act("join_request", "type 8", new MemberAct.JoinRequest(GENESIS.id(), BOB.publicKeys(), "laptop"));
        act("admit", "type 9", new MemberAct.Admit(GENESIS.id(), List.of(key)));
        act("decline", "type 10", new MemberAct.Decline(GENESIS.id()));
        act("rekey", "type 11", new MemberAct.Rekey(epoch));
        act("adopt", "type 12", new MemberAct.Adopt(point.writer(), 50, repeat(7, 32)));
        act("transfer_owner", "type 13", new MemberAct.TransferOwner(user, DeviceId.of(repeat(8, 16))));
        act("policy", "type 14", new MemberAct.SetPolicy(SpacePolicy.defaults()));
        act("retire_device", "type 15", new MemberAct.RetireDevice(OWNER.id()));
        act("return", "type 16", new MemberAct.ReturnDevice());
    }

    /** The items of a body by key 1 to 7, to be replaced one by one. */
    private static List<Bytes> decline() {
        List<Bytes> items = new ArrayList<>();
        items.add(new CborWriter().unsigned(10).toBytes());
        items.add(new CborWriter().bytes(SPACE.bytes()).toBytes());
        items.add(new CborWriter().bytes(OWNER.id().bytes()).toBytes());
        items.add(new CborWriter().array(1).bytes(GENESIS.id().bytes()).toBytes());
        items.add(new CborWriter().unsigned(2).toBytes());
        items.add(new CborWriter().integer(-5).toBytes());
        items.add(new CborWriter().map(1).key(1).bytes(GENESIS.id().bytes()).toBytes());
        return items;
    }

    private static Bytes body(List<Bytes> items) {
        CborWriter writer = new CborWriter().map(items.size());
        for (int i = 0; i < items.size(); i++) {
            writer.key(i + 1).encoded(items.get(i));
        }
        return writer.toBytes();
    }

    private static Bytes entry(Bytes body, int signatures, int size) {
        CborWriter writer = new CborWriter().map(2).key(1).bytes(body).key(2).array(signatures);
        for (int i = 0; i < signatures; i++) {
            writer.bytes(repeat(9, size));
        }
        return writer.toBytes();
    }

    private void refused(String name, String description, Bytes entry) {
        catalog.add("entry_" + name, "member_entry", "refused", description, entry);
    }

    /** A decline with one field of its body replaced. */
    private void replaced(String name, String description, int key, Bytes item) {
        List<Bytes> items = decline();
        items.set(key - 1, item);
        refused(name, description, entry(body(items), 1, 64));
    }

    private void changed(String name, String description, UnaryOperator<CborWriter> item, int key) {
        replaced(name, description, key, item.apply(new CborWriter()).toBytes());
    }

    private void frames() {
        Bytes sound = entry(body(decline()), 1, 64);
        refused("no_signature", "an entry without a signature", entry(body(decline()), 0, 64));
        refused("two_signatures", "a second signature where one belongs", entry(body(decline()), 2, 64));
        refused("short_signature", "a signature of 63 bytes", entry(body(decline()), 1, 63));
        refused("trailing", "a byte after the entry", Bytes.concat(sound, Bytes.of(0)));
        refused("body_trailing", "a byte after the body", entry(Bytes.concat(body(decline()), Bytes.of(0)), 1, 64));
        refused("number_long", "the type in two bytes", entry(body(withType(Bytes.of(0x18, 10))), 1, 64));
        Bytes unordered = Bytes.concat(Bytes.of(0xa2, 0x02, 0x80, 0x01, 0x40));
        refused("unordered", "the two fields in the wrong order", unordered);
    }

    private static List<Bytes> withType(Bytes type) {
        List<Bytes> items = decline();
        items.set(0, type);
        return items;
    }

    private void fields() {
        changed("space_short", "a space id of 15 bytes", writer -> writer.bytes(repeat(1, 15)), 2);
        changed("no_parents", "no parents, and not a genesis", writer -> writer.array(0), 4);
        Bytes id = GENESIS.id().bytes();
        changed(
                "parent_twice",
                "the same parent twice",
                writer -> writer.array(2).bytes(id).bytes(id),
                4);
        changed(
                "parents_unordered",
                "parents which do not ascend",
                writer -> writer.array(2).bytes(repeat(2, 32)).bytes(repeat(1, 32)),
                4);
        changed(
                "parents_too_many",
                "17 parents",
                writer -> {
                    writer.array(17);
                    for (int i = 0; i < 17; i++) {
                        writer.bytes(repeat(i, 32));
                    }
                    return writer;
                },
                4);
        changed("height_zero", "height 0", writer -> writer.unsigned(0), 5);
        changed("height_one", "height 1, and not a genesis", writer -> writer.unsigned(1), 5);
        changed("act_empty", "a field of the act is missing", writer -> writer.map(0), 7);
        List<Bytes> missing = decline();
        missing.remove(6);
        refused("act_missing", "no act", entry(body(missing), 1, 64));
        join(
                "author_differs",
                "the author's id is not that of the keys in a join",
                OWNER.id().bytes(),
                BOB.publicKeys().signing().bytes(),
                BOB.publicKeys().sealing().bytes(),
                "laptop");
        join(
                "signing_key_small_order",
                "an Ed25519 key of small order",
                BOB.id().bytes(),
                Bytes.concat(Bytes.of(1), repeat(0, 31)),
                BOB.publicKeys().sealing().bytes(),
                "laptop");
        join(
                "sealing_key_small_order",
                "an X25519 key of small order",
                BOB.id().bytes(),
                BOB.publicKeys().signing().bytes(),
                repeat(0, 32),
                "laptop");
        join(
                "name_empty",
                "a device without a name",
                BOB.id().bytes(),
                BOB.publicKeys().signing().bytes(),
                BOB.publicKeys().sealing().bytes(),
                "");
        join(
                "name_control",
                "a line break in the name of a device",
                BOB.id().bytes(),
                BOB.publicKeys().signing().bytes(),
                BOB.publicKeys().sealing().bytes(),
                "a\nb");
        join(
                "name_long",
                "a name of 129 bytes",
                BOB.id().bytes(),
                BOB.publicKeys().signing().bytes(),
                BOB.publicKeys().sealing().bytes(),
                "n".repeat(129));
        invite("invite_owner", "an invite for an owner", false, 4, false);
        invite("invite_nobody", "an invite for the role 0", false, 0, false);
        invite("invite_approval_with_key", "an invite with approval which carries a key", true, 2, true);
    }

    private void join(String name, String description, Bytes author, Bytes signing, Bytes sealing, String device) {
        List<Bytes> items = decline();
        items.set(0, new CborWriter().unsigned(7).toBytes());
        items.set(2, new CborWriter().bytes(author).toBytes());
        items.set(
                6,
                new CborWriter()
                        .map(4)
                        .key(1)
                        .bytes(GENESIS.id().bytes())
                        .key(2)
                        .bytes(signing)
                        .key(3)
                        .bytes(sealing)
                        .key(4)
                        .text(device)
                        .toBytes());
        refused(name, description, entry(body(items), 2, 64));
    }

    private void invite(String name, String description, boolean approval, int role, boolean key) {
        CborWriter act = new CborWriter().map(5);
        act.key(1).bytes(INVITE.publicKeys().signing().bytes());
        act.key(2).bytes(INVITE.publicKeys().sealing().bytes());
        act.key(3).bool(approval).key(4).array(key ? 1 : 0);
        if (key) {
            act.array(3).unsigned(1).bytes(repeat(1, 16)).bytes(repeat(2, 80));
        }
        List<Bytes> items = decline();
        items.set(0, new CborWriter().unsigned(5).toBytes());
        items.set(6, act.key(5).unsigned(role).toBytes());
        refused(name, description, entry(body(items), 1, 64));
    }

    private void newer() {
        Bytes id = GENESIS.id().bytes();
        Bytes critical =
                new CborWriter().map(2).key(1).bytes(id).key(127).unsigned(0).toBytes();
        Bytes optional =
                new CborWriter().map(2).key(1).bytes(id).key(128).unsigned(0).toBytes();
        newer("type_unknown", "type 99", withType(new CborWriter().unsigned(99).toBytes()), "newer");
        newer("field_critical", "the unknown field 127 of a decline", withAct(critical), "newer");
        newer("field_optional", "the unknown field 128 of a decline", withAct(optional), "accepted");
    }

    private static List<Bytes> withAct(Bytes act) {
        List<Bytes> items = decline();
        items.set(6, act);
        return items;
    }

    private void newer(String name, String description, List<Bytes> items, String expect) {
        catalog.add(
                "entry_" + name,
                "member_entry",
                expect,
                description,
                entry(body(items), 1, 64),
                "id",
                body(items).sha256().toHex());
    }
}
