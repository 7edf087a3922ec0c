package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.keys.DevicePublic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the member log: its content, the exact bytes of it, and the signatures over their hash.
 *
 * <pre>
 * entry     = canonical CBOR { 1: body as a byte string, 2: [ signature 64, ... ] }
 * body      = canonical CBOR { 1: type, 2: space, 3: author, 4: [ parent, ... ], 5: height, 6: wall time, 7: act }
 * id        = SHA-256(body)
 * signature = Ed25519 over "cairn/v1/member" || id
 * </pre>
 *
 * Two entries with the same body are the same entry, whatever their signatures. An instance says that the bytes have
 * the right form; signatures are checked where the author's key is known, see {@link #signedBy}.
 */
public final class MemberEntry {
    /** The greatest size of a body in bytes: an epoch for 1,000 devices is 100 KB. */
    public static final int BODY_BYTES_MAX = 512 << 10;

    private static final int SIGNATURES_MAX = 4;
    private static final Bytes LABEL = Bytes.utf8("cairn/v1/member");

    private final EntryContent content;
    private final EntryId id;
    private final Bytes body;
    private final List<Bytes> signatures;

    MemberEntry(EntryContent content, Bytes body, List<Bytes> signatures) {
        if (body.size() > BODY_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of " + body.size() + " bytes, more than " + BODY_BYTES_MAX);
        }
        this.content = content;
        this.body = body;
        this.id = new EntryId(body.sha256());
        this.signatures = List.copyOf(signatures);
    }

    /** Reads an entry; everything but its one canonical form is refused. */
    public static MemberEntry parse(Bytes entry) throws MalformedException {
        try {
            CborReader reader = new CborReader(entry);
            if (reader.map(2) != 2) {
                throw new MalformedException("an entry is a map of two fields");
            }
            reader.key(1);
            Bytes body = reader.bytes(1, BODY_BYTES_MAX).compact();
            reader.key(2);
            List<Bytes> signatures = signatures(reader);
            reader.end();
            EntryContent content = EntryContent.decode(body);
            requireForm(content, signatures.size());
            return new MemberEntry(content, body, signatures);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("member entry: " + e.getMessage());
        }
    }

    private static List<Bytes> signatures(CborReader reader) throws MalformedException {
        int count = reader.array(SIGNATURES_MAX);
        List<Bytes> signatures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            signatures.add(reader.bytes(VerifyingKey.SIGNATURE_SIZE).compact());
        }
        return signatures;
    }

    private static void requireForm(EntryContent content, int signatures) throws MalformedException {
        boolean unknown = content.act() instanceof MemberAct.Unknown;
        if (unknown ? signatures < 1 : signatures != content.act().signatures()) {
            throw new MalformedException(signatures + " signatures for an act of type "
                    + content.act().type());
        }
        Optional<DevicePublic> own = authorKeys(content.act());
        if (own.isPresent() && !own.get().id().equals(content.author())) {
            throw new MalformedException("the author's id does not belong to the keys in the act");
        }
    }

    /** The keys of the author, when the act is the one which introduces them. */
    public Optional<DevicePublic> authorKeys() {
        return authorKeys(content.act());
    }

    private static Optional<DevicePublic> authorKeys(MemberAct act) {
        if (act instanceof MemberAct.Genesis genesis) {
            return Optional.of(genesis.device());
        }
        if (act instanceof MemberAct.Join join) {
            return Optional.of(join.device());
        }
        return act instanceof MemberAct.JoinRequest request ? Optional.of(request.device()) : Optional.empty();
    }

    /** The name of the entry. */
    public EntryId id() {
        return id;
    }

    /** What the entry says. */
    public EntryContent content() {
        return content;
    }

    /** What the entry does. */
    public MemberAct act() {
        return content.act();
    }

    /** The space the entry belongs to; a genesis entry names it by its own hash. */
    public SpaceId space() {
        return content.space().orElseGet(() -> SpaceId.of(id.bytes().slice(0, SpaceId.SIZE)));
    }

    /** Whether signature {@code index} is that of {@code key}; the author's has index 0. */
    public boolean signedBy(int index, VerifyingKey key) {
        return index < signatures.size() && key.verify(signedMessage(id.bytes()), signatures.get(index));
    }

    /** The canonical bytes of the entry with its signatures. */
    public Bytes encoded() {
        CborWriter writer = new CborWriter().map(2).key(1).bytes(body).key(2).array(signatures.size());
        signatures.forEach(writer::bytes);
        return writer.toBytes();
    }

    static Bytes signedMessage(Bytes id) {
        return Bytes.concat(LABEL, id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberEntry that && id.equals(that.id) && signatures.equals(that.signatures);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "MemberEntry[type " + act().type() + " " + id.toString().substring(0, 16) + "]";
    }
}
