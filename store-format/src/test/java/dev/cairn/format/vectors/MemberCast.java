package dev.cairn.format.vectors;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.NewEpoch;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The devices and invites of the vectors, always the same, and entries between them. */
final class MemberCast {
    static final EpochKey LOG_KEY = new EpochKey(0, fixed(0x0a));
    static final EpochKey EPOCH = new EpochKey(1, fixed(0x0e));
    static final DeviceKeys OWNER = device(1);
    static final DeviceKeys BOB = device(2);
    static final DeviceKeys EVE = device(3);
    static final InviteKeys INVITE = InviteKeys.of(fixed(0x11));
    static final InviteKeys OTHER_INVITE = InviteKeys.of(fixed(0x12));
    static final MemberEntry GENESIS = genesis(OWNER, 0);
    static final SpaceId SPACE = GENESIS.space();

    private MemberCast() {}

    static Secret fixed(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Secret.copyOf(Bytes.owning(bytes));
    }

    static DeviceKeys device(int seed) {
        return DeviceKeys.random(new Random(seed));
    }

    static MemberEntry genesis(DeviceKeys owner, int variant) {
        return genesis(owner, owner.id(), variant);
    }

    static MemberEntry genesis(DeviceKeys owner, DeviceId reader, int variant) {
        SealedEpochKey sealed =
                SealedEpochKey.seal(EPOCH, reader.bytes(), owner.publicKeys().sealing(), new Random(4));
        NewEpoch epoch = new NewEpoch(
                1, sealed.check(), List.of(new NewEpoch.Recipient(reader.bytes(), sealed.sealed())), List.of());
        byte[] random = new byte[32];
        Arrays.fill(random, (byte) variant);
        MemberAct act = new MemberAct.Genesis(
                Bytes.owning(random), owner.publicKeys(), "desk", SpacePolicy.defaults(), Optional.empty(), epoch);
        return new EntryContent(Optional.empty(), owner.id(), List.of(), 1, 1_700_000_000_000L, act)
                .sign(owner.signing());
    }

    /** An entry of the space above its parents. */
    static EntryContent content(DeviceKeys author, MemberAct act, MemberEntry... parents) {
        long height = 1
                + Arrays.stream(parents)
                        .mapToLong(parent -> parent.content().height())
                        .max()
                        .orElse(0);
        List<EntryId> ids = Arrays.stream(parents).map(MemberEntry::id).toList();
        return new EntryContent(Optional.of(SPACE), author.id(), ids, height, 1_700_000_001_000L, act);
    }

    static MemberEntry entry(DeviceKeys author, MemberAct act, MemberEntry... parents) {
        return content(author, act, parents).sign(author.signing());
    }

    static MemberEntry invite(
            DeviceKeys author, InviteKeys keys, Optional<Role> role, boolean approval, MemberEntry... parents) {
        List<SealedEpochKey> sealed = approval
                ? List.of()
                : List.of(SealedEpochKey.seal(
                        EPOCH, keys.id().bytes(), keys.publicKeys().sealing(), new Random(5)));
        return entry(author, new MemberAct.Invite(keys.publicKeys(), role, approval, sealed), parents);
    }

    static MemberEntry join(DeviceKeys device, MemberEntry invite, SigningKey inviteKey, MemberEntry... parents) {
        MemberAct act = new MemberAct.Join(invite.id(), device.publicKeys(), "laptop");
        return content(device, act, parents).sign(device.signing(), inviteKey);
    }

    static MemberEntry request(DeviceKeys device, MemberEntry invite, MemberEntry... parents) {
        MemberAct act = new MemberAct.JoinRequest(invite.id(), device.publicKeys(), "laptop");
        return content(device, act, parents).sign(device.signing(), INVITE.signing());
    }

    static MemberEntry close(
            DeviceKeys author, MemberEntry invite, Optional<MemberEntry> accepted, MemberEntry... parents) {
        return entry(author, new MemberAct.CloseInvite(invite.id(), accepted.map(MemberEntry::id)), parents);
    }

    static MemberEntry admit(DeviceKeys author, MemberEntry request, DeviceKeys device, MemberEntry... parents) {
        SealedEpochKey sealed = SealedEpochKey.seal(
                EPOCH, device.id().bytes(), device.publicKeys().sealing(), new Random(6));
        return entry(author, new MemberAct.Admit(request.id(), List.of(sealed)), parents);
    }
}
