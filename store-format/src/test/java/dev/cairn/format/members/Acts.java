package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.SealedEpochKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Entries with acts of every type, made from a seed. */
final class Acts {
    static final int TYPES = 14;

    private final Random random;
    private final DeviceKeys device;
    private final DeviceKeys other;

    Acts(long seed) {
        random = new Random(seed);
        device = DeviceKeys.random(random);
        other = DeviceKeys.random(random);
    }

    /** An entry of the given type by the same device. */
    MemberEntry entry(int type) {
        MemberAct act = act(type);
        boolean genesis = type == 1;
        EntryContent content = new EntryContent(
                genesis ? Optional.empty() : Optional.of(SpaceId.of(bytes(16))),
                device.id(),
                genesis ? List.of() : parents(),
                genesis ? 1 : 2 + random.nextInt(1 << 20),
                random.nextInt(),
                act);
        return content.sign(signers(act));
    }

    SigningKey[] signers(MemberAct act) {
        return act.signatures() == 2
                ? new SigningKey[] {device.signing(), other.signing()}
                : new SigningKey[] {device.signing()};
    }

    DeviceKeys device() {
        return device;
    }

    MemberAct act(int type) {
        return switch (type) {
            case 1 ->
                new MemberAct.Genesis(
                        bytes(32),
                        device.publicKeys(),
                        "desk",
                        SpacePolicy.defaults(),
                        maybe() ? Optional.of(other.publicKeys()) : Optional.empty(),
                        epoch(1));
            case 2 ->
                new MemberAct.SetRole(
                        user(), Role.READER, frontier(), maybe() ? Optional.of(epoch(2)) : Optional.empty());
            case 3 -> new MemberAct.AddDevice(other.publicKeys(), "phöne", keys());
            case 4 -> new MemberAct.RevokeDevice(DeviceId.of(bytes(16)), frontier(), Optional.of(epoch(300)));
            case 5 ->
                new MemberAct.Invite(
                        other.publicKeys(), maybe() ? Optional.of(Role.ADMIN) : Optional.empty(), false, keys());
            case 6 -> new MemberAct.CloseInvite(id(), maybe() ? Optional.of(id()) : Optional.empty());
            case 7 -> new MemberAct.Join(id(), device.publicKeys(), "laptop");
            case 8 -> new MemberAct.JoinRequest(id(), device.publicKeys(), "laptop");
            case 9 -> new MemberAct.Admit(id(), keys());
            case 10 -> new MemberAct.Decline(id());
            case 11 -> new MemberAct.Rekey(epoch(7));
            case 12 -> new MemberAct.Adopt(WriterId.of(bytes(16)), 1L << 40, bytes(32));
            case 13 -> new MemberAct.TransferOwner(user(), DeviceId.of(bytes(16)));
            case 14 -> new MemberAct.SetPolicy(new SpacePolicy(random.nextInt(1000), maybe(), 1));
            case 15 -> new MemberAct.RetireDevice(DeviceId.of(bytes(16)));
            case 16 -> new MemberAct.ReturnDevice();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    private EntryId id() {
        return new EntryId(bytes(32));
    }

    private UserId user() {
        return new UserId(bytes(16));
    }

    private List<EntryId> parents() {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> id()).toList();
    }

    private List<SealedEpochKey> keys() {
        List<SealedEpochKey> keys = new ArrayList<>();
        for (int epoch = 1; epoch <= 1 + random.nextInt(3); epoch++) {
            keys.add(SealedEpochKey.seal(
                    EpochKey.random(epoch, random),
                    bytes(16),
                    other.publicKeys().sealing(),
                    random));
        }
        return keys;
    }

    private List<FrontierPoint> frontier() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> new FrontierPoint(WriterId.of(bytes(16)), random.nextInt(1000), bytes(32)))
                .sorted(Comparator.comparing(FrontierPoint::writer))
                .toList();
    }

    private NewEpoch epoch(int number) {
        List<NewEpoch.Recipient> recipients = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new NewEpoch.Recipient(bytes(16), bytes(80)))
                .sorted(Comparator.comparing(NewEpoch.Recipient::recipient))
                .toList();
        List<NewEpoch.Link> links = number == 1
                ? List.of()
                : List.of(new NewEpoch.Link(number - 1, bytes(16), bytes(NewEpoch.Link.BOX_SIZE)));
        return new NewEpoch(number, bytes(16), recipients, links);
    }
}
