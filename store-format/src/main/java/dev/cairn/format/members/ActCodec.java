package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.keys.SealedEpochKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The fields of each act (SPEC section "Keys and members", table of acts). */
final class ActCodec {
    /** Sealed keys in one act; older ones are reached by the links of their epochs. */
    private static final int KEYS_MAX = 64;

    private static final Comparator<SealedEpochKey> BY_EPOCH =
            Comparator.comparing(SealedEpochKey::epoch).thenComparing(SealedEpochKey::check);
    private static final Comparator<NewEpoch.Link> BY_NUMBER =
            Comparator.comparing(NewEpoch.Link::number).thenComparing(NewEpoch.Link::check);

    private ActCodec() {}

    static Bytes encode(MemberAct act) {
        FieldsWriter fields = new FieldsWriter();
        switch (act.type()) {
            case 1 -> genesis(fields, (MemberAct.Genesis) act);
            case 2 -> setRole(fields, (MemberAct.SetRole) act);
            case 3 -> addDevice(fields, (MemberAct.AddDevice) act);
            case 4 -> revokeDevice(fields, (MemberAct.RevokeDevice) act);
            case 5 -> invite(fields, (MemberAct.Invite) act);
            case 6 -> closeInvite(fields, (MemberAct.CloseInvite) act);
            case 7 -> join(fields, (MemberAct.Join) act);
            case 8 -> joinRequest(fields, (MemberAct.JoinRequest) act);
            case 9 -> admit(fields, (MemberAct.Admit) act);
            case 10 -> fields.bytes(1, ((MemberAct.Decline) act).request().bytes());
            case 11 -> epoch(fields, 1, ((MemberAct.Rekey) act).epoch());
            case 12 -> adopt(fields, (MemberAct.Adopt) act);
            case 13 -> transferOwner(fields, (MemberAct.TransferOwner) act);
            case 14 -> policy(fields, 1, ((MemberAct.SetPolicy) act).policy());
            case 15 -> fields.bytes(1, ((MemberAct.RetireDevice) act).device().bytes());
            case 16 -> {
                return fields.toBytes();
            }
            default -> throw new IllegalArgumentException("an act of the unknown type " + act.type());
        }
        return fields.toBytes();
    }

    /** The act of this type in {@code item}; unknown when the type or a field that must be understood is not known. */
    static MemberAct decode(int type, Bytes item) throws MalformedException {
        Fields fields = Fields.read(item);
        MemberAct act = switch (type) {
            case 1 -> genesis(fields);
            case 2 ->
                new MemberAct.SetRole(fields.userId(1), role(fields, 2), frontier(fields, 3), newEpoch(fields, 4));
            case 3 -> new MemberAct.AddDevice(keys(fields, 1), name(fields, 3), sealedKeys(fields, 4));
            case 4 -> new MemberAct.RevokeDevice(fields.deviceId(1), frontier(fields, 2), newEpoch(fields, 3));
            case 5 -> invite(fields);
            case 6 -> new MemberAct.CloseInvite(fields.entryId(1), accepted(fields));
            case 7 -> new MemberAct.Join(fields.entryId(1), keys(fields, 2), name(fields, 4));
            case 8 -> new MemberAct.JoinRequest(fields.entryId(1), keys(fields, 2), name(fields, 4));
            case 9 -> new MemberAct.Admit(fields.entryId(1), sealedKeys(fields, 2));
            case 10 -> new MemberAct.Decline(fields.entryId(1));
            case 11 -> new MemberAct.Rekey(epoch(fields, 1));
            case 12 -> new MemberAct.Adopt(fields.writerId(1), seq(fields, 2), chain(fields, 3));
            case 13 -> new MemberAct.TransferOwner(fields.userId(1), fields.deviceId(2));
            case 14 -> new MemberAct.SetPolicy(policy(fields, 1));
            case 15 -> new MemberAct.RetireDevice(fields.deviceId(1));
            case 16 -> new MemberAct.ReturnDevice();
            default -> new MemberAct.Unknown(type);
        };
        return fields.unknownLeft() ? new MemberAct.Unknown(type) : act;
    }

    private static void genesis(FieldsWriter fields, MemberAct.Genesis act) {
        fields.bytes(1, act.random()).keys(2, act.device()).text(4, act.deviceName());
        policy(fields, 5, act.policy());
        epoch(fields, 6, act.epoch());
        act.recovery().ifPresent(keys -> fields.keys(7, keys));
    }

    private static MemberAct genesis(Fields fields) throws MalformedException {
        return new MemberAct.Genesis(
                fields.bytes(1, MemberAct.Genesis.RANDOM_SIZE),
                keys(fields, 2),
                name(fields, 4),
                policy(fields, 5),
                fields.has(7) ? Optional.of(keys(fields, 7)) : Optional.empty(),
                epoch(fields, 6));
    }

    private static void setRole(FieldsWriter fields, MemberAct.SetRole act) {
        fields.bytes(1, act.user().bytes()).unsigned(2, act.role().code());
        frontier(fields, 3, act.frontier());
        act.epoch().ifPresent(epoch -> epoch(fields, 4, epoch));
    }

    private static void addDevice(FieldsWriter fields, MemberAct.AddDevice act) {
        fields.keys(1, act.device()).text(3, act.deviceName());
        sealedKeys(fields, 4, act.keys());
    }

    private static void revokeDevice(FieldsWriter fields, MemberAct.RevokeDevice act) {
        fields.bytes(1, act.device().bytes());
        frontier(fields, 2, act.frontier());
        act.epoch().ifPresent(epoch -> epoch(fields, 3, epoch));
    }

    private static void invite(FieldsWriter fields, MemberAct.Invite act) {
        fields.keys(1, act.keys()).bool(3, act.approval());
        sealedKeys(fields, 4, act.epochKeys());
        act.role().ifPresent(role -> fields.unsigned(5, role.code()));
    }

    private static MemberAct invite(Fields fields) throws MalformedException {
        Optional<Role> role = fields.has(5) ? Optional.of(role(fields, 5)) : Optional.empty();
        return new MemberAct.Invite(keys(fields, 1), role, fields.bool(3), sealedKeys(fields, 4));
    }

    private static void closeInvite(FieldsWriter fields, MemberAct.CloseInvite act) {
        fields.bytes(1, act.invite().bytes());
        act.accepted().ifPresent(join -> fields.bytes(2, join.bytes()));
    }

    private static Optional<EntryId> accepted(Fields fields) throws MalformedException {
        return fields.has(2) ? Optional.of(fields.entryId(2)) : Optional.empty();
    }

    private static void join(FieldsWriter fields, MemberAct.Join act) {
        fields.bytes(1, act.invite().bytes()).keys(2, act.device()).text(4, act.deviceName());
    }

    private static void joinRequest(FieldsWriter fields, MemberAct.JoinRequest act) {
        fields.bytes(1, act.invite().bytes()).keys(2, act.device()).text(4, act.deviceName());
    }

    private static void admit(FieldsWriter fields, MemberAct.Admit act) {
        fields.bytes(1, act.request().bytes());
        sealedKeys(fields, 2, act.keys());
    }

    private static void adopt(FieldsWriter fields, MemberAct.Adopt act) {
        fields.bytes(1, act.writer().bytes()).unsigned(2, act.lastSeq()).bytes(3, act.chain());
    }

    private static void transferOwner(FieldsWriter fields, MemberAct.TransferOwner act) {
        fields.bytes(1, act.user().bytes()).bytes(2, act.accepting().bytes());
    }

    private static String name(Fields fields, long key) throws MalformedException {
        return fields.text(key, Limits.DEVICE_NAME_BYTES_MAX);
    }

    private static Role role(Fields fields, long key) throws MalformedException {
        long code = fields.unsigned(key, 255);
        return Role.ofCode(code).orElseThrow(() -> new MalformedException("the unknown role " + code));
    }

    private static DevicePublic keys(Fields fields, long key) throws MalformedException {
        return new DevicePublic(fields.verifyingKey(key), fields.sealingKey(key + 1));
    }

    private static long seq(Fields fields, long key) throws MalformedException {
        return fields.unsigned(key, Limits.NUMBER_MAX);
    }

    private static Bytes chain(Fields fields, long key) throws MalformedException {
        return fields.bytes(key, FrontierPoint.CHAIN_SIZE);
    }

    private static void policy(FieldsWriter fields, long key, SpacePolicy policy) {
        fields.put(
                key,
                writer -> writer.array(3)
                        .unsigned(policy.rekeyDays())
                        .bool(policy.historyForNewcomers())
                        .unsigned(policy.suiteMin()));
    }

    private static SpacePolicy policy(Fields fields, long key) throws MalformedException {
        return fields.take(key, reader -> {
            size(reader, 3);
            return new SpacePolicy(
                    (int) reader.unsigned(SpacePolicy.REKEY_DAYS_MAX), reader.bool(), (int) reader.unsigned(255));
        });
    }

    private static void sealedKeys(FieldsWriter fields, long key, List<SealedEpochKey> keys) {
        List<SealedEpochKey> sorted = keys.stream().sorted(BY_EPOCH).toList();
        fields.putList(
                key,
                sorted,
                (writer, wrapped) -> writer.array(3)
                        .unsigned(wrapped.epoch())
                        .bytes(wrapped.check())
                        .bytes(wrapped.sealed()));
    }

    private static List<SealedEpochKey> sealedKeys(Fields fields, long key) throws MalformedException {
        List<SealedEpochKey> keys = fields.takeList(key, KEYS_MAX, reader -> {
            size(reader, 3);
            return new SealedEpochKey(
                    (int) reader.unsigned(Limits.EPOCHS_MAX),
                    reader.bytes(SealedEpochKey.CHECK_SIZE).compact(),
                    reader.bytes(SealedEpochKey.SEALED_SIZE).compact());
        });
        return ascending(keys, BY_EPOCH);
    }

    private static void frontier(FieldsWriter fields, long key, List<FrontierPoint> points) {
        List<FrontierPoint> sorted = points.stream()
                .sorted(Comparator.comparing(FrontierPoint::writer))
                .toList();
        fields.putList(
                key,
                sorted,
                (writer, point) -> writer.array(3)
                        .bytes(point.writer().bytes())
                        .unsigned(point.seq())
                        .bytes(point.chain()));
    }

    private static List<FrontierPoint> frontier(Fields fields, long key) throws MalformedException {
        List<FrontierPoint> points = fields.takeList(key, Limits.SEEN_MAX, reader -> {
            size(reader, 3);
            return new FrontierPoint(
                    WriterId.of(reader.bytes(WriterId.SIZE)),
                    reader.unsigned(Limits.NUMBER_MAX),
                    reader.bytes(FrontierPoint.CHAIN_SIZE));
        });
        return ascending(points, Comparator.comparing(FrontierPoint::writer));
    }

    /** An epoch is a map of its own: 1 number, 2 check, 3 recipients, 4 links. */
    private static void epoch(FieldsWriter fields, long key, NewEpoch epoch) {
        FieldsWriter inner = new FieldsWriter().unsigned(1, epoch.number()).bytes(2, epoch.check());
        List<NewEpoch.Recipient> recipients = epoch.recipients().stream()
                .sorted(Comparator.comparing(NewEpoch.Recipient::recipient))
                .toList();
        inner.putList(
                3,
                recipients,
                (writer, recipient) ->
                        writer.array(2).bytes(recipient.recipient()).bytes(recipient.sealed()));
        inner.putList(
                4,
                epoch.links().stream().sorted(BY_NUMBER).toList(),
                (writer, link) -> writer.array(3)
                        .unsigned(link.number())
                        .bytes(link.check())
                        .bytes(link.box()));
        fields.put(key, writer -> writer.encoded(inner.toBytes()));
    }

    private static NewEpoch epoch(Fields fields, long key) throws MalformedException {
        Fields inner = Fields.read(fields.take(key, CborReader::skip));
        NewEpoch epoch = new NewEpoch(
                (int) inner.unsigned(1, Limits.EPOCHS_MAX),
                inner.bytes(2, SealedEpochKey.CHECK_SIZE),
                ascending(
                        inner.takeList(3, Limits.DEVICES_MAX, ActCodec::recipient),
                        Comparator.comparing(NewEpoch.Recipient::recipient)),
                ascending(inner.takeList(4, NewEpoch.LINKS_MAX, ActCodec::link), BY_NUMBER));
        if (inner.unknownLeft()) {
            throw new MalformedException("an epoch with unknown fields");
        }
        return epoch;
    }

    private static Optional<NewEpoch> newEpoch(Fields fields, long key) throws MalformedException {
        return fields.has(key) ? Optional.of(epoch(fields, key)) : Optional.empty();
    }

    private static NewEpoch.Recipient recipient(CborReader reader) throws MalformedException {
        size(reader, 2);
        return new NewEpoch.Recipient(reader.bytes(16), reader.bytes(SealedEpochKey.SEALED_SIZE));
    }

    private static NewEpoch.Link link(CborReader reader) throws MalformedException {
        size(reader, 3);
        return new NewEpoch.Link(
                (int) reader.unsigned(Limits.EPOCHS_MAX),
                reader.bytes(SealedEpochKey.CHECK_SIZE),
                reader.bytes(NewEpoch.Link.BOX_SIZE));
    }

    private static void size(CborReader reader, int expected) throws MalformedException {
        int size = reader.array(expected);
        if (size != expected) {
            throw new MalformedException("a tuple of " + size + " instead of " + expected + " items");
        }
    }

    /** One list has one encoding: strictly ascending. */
    static <T> List<T> ascending(List<T> list, Comparator<? super T> order) throws MalformedException {
        for (int i = 1; i < list.size(); i++) {
            if (order.compare(list.get(i - 1), list.get(i)) >= 0) {
                throw new MalformedException("a list which is not in ascending order");
            }
        }
        return list;
    }
}
