package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.crypto.SigningKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an entry says, before it is signed.
 *
 * @param space the space; nothing for the genesis entry, whose hash names the space
 * @param author the device which signs
 * @param parents the entries seen by the author which no other of them descends from, ascending; none for the genesis
 * @param height 1 + the greatest height of the parents; 1 for the genesis
 * @param wallMillis the author's clock in milliseconds since 1970, for display only
 * @param act what the entry does
 */
public record EntryContent(
        Optional<SpaceId> space, DeviceId author, List<EntryId> parents, long height, long wallMillis, MemberAct act) {
    /** The greatest number of parents. */
    public static final int PARENTS_MAX = 16;

    /** Checks the ranges, and that the genesis entry alone has no space and no parents. */
    public EntryContent {
        parents = parents.stream().sorted().toList();
        boolean genesis = act instanceof MemberAct.Genesis;
        if (genesis != parents.isEmpty() || genesis != space.isEmpty() || genesis != (height == 1)) {
            throw new IllegalArgumentException("an act of type " + act.type() + " at height " + height + " with "
                    + parents.size() + " parents" + (space.isPresent() ? "" : " and without a space"));
        }
        if (parents.size() > PARENTS_MAX || parents.stream().distinct().count() != parents.size()) {
            throw new IllegalArgumentException(parents.size() + " parents, more than " + PARENTS_MAX + " or repeated");
        }
        if (height < 1 || height > Limits.ORDINAL_MAX || Math.abs(wallMillis) > Limits.NUMBER_MAX) {
            throw new IllegalArgumentException("height " + height + " at time " + wallMillis);
        }
    }

    /** The entry signed by the given keys: the author's first. */
    public MemberEntry sign(SigningKey... keys) {
        if (keys.length != act.signatures()) {
            throw new IllegalArgumentException(keys.length + " signatures for an act of type " + act.type());
        }
        Bytes body = encode();
        Bytes message = MemberEntry.signedMessage(body.sha256());
        List<Bytes> signatures =
                Arrays.stream(keys).map(key -> key.sign(message)).toList();
        return new MemberEntry(this, body, signatures);
    }

    Bytes encode() {
        FieldsWriter fields = new FieldsWriter();
        fields.unsigned(1, act.type());
        space.ifPresent(id -> fields.bytes(2, id.bytes()));
        fields.bytes(3, author.bytes());
        fields.putList(4, parents, (writer, parent) -> writer.bytes(parent.bytes()));
        fields.unsigned(5, height);
        fields.put(6, writer -> writer.integer(wallMillis));
        fields.put(7, writer -> writer.encoded(ActCodec.encode(act)));
        return fields.toBytes();
    }

    /** Reads a body; a value out of range throws IllegalArgumentException, as from the constructors. */
    static EntryContent decode(Bytes body) throws MalformedException {
        Fields fields = Fields.read(body);
        int type = (int) fields.unsigned(1, 255);
        Optional<SpaceId> space =
                fields.has(2) ? Optional.of(SpaceId.of(fields.bytes(2, SpaceId.SIZE))) : Optional.empty();
        DeviceId author = fields.deviceId(3);
        List<EntryId> parents = fields.takeList(4, PARENTS_MAX, reader -> new EntryId(reader.bytes(EntryId.SIZE)));
        ActCodec.ascending(parents, Comparator.naturalOrder());
        long height = fields.unsigned(5, Limits.ORDINAL_MAX);
        long wallMillis = fields.take(6, reader -> reader.integer(-Limits.NUMBER_MAX, Limits.NUMBER_MAX));
        MemberAct act = ActCodec.decode(type, fields.take(7, CborReader::skip));
        if (fields.unknownLeft()) {
            act = new MemberAct.Unknown(type);
        }
        return new EntryContent(space, author, parents, height, wallMillis, act);
    }
}
