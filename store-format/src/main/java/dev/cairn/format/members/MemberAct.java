package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.keys.SealedEpochKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What one entry of the member log does. {@link #type} is its number in the entry. */
public sealed interface MemberAct {
    /** The number of the type of act. */
    int type();

    /** How many signatures the entry has: the author's, and for some acts that of a second key. */
    default int signatures() {
        return 1;
    }

    /** The device which the act names, for those acts that can make a device a member. */
    default Optional<NamedDevice> named() {
        return Optional.empty();
    }

    /**
     * Begins a space.
     *
     * @param random 32 random bytes, which make the space's id unique
     * @param device the keys of the author, the first device of the owner
     * @param deviceName its name
     * @param policy the rules of the space
     * @param recovery the keys kept offline which rank above the owner, if there are any
     * @param epoch epoch 1, sealed to the author
     */
    record Genesis(
            Bytes random,
            DevicePublic device,
            String deviceName,
            SpacePolicy policy,
            Optional<DevicePublic> recovery,
            NewEpoch epoch)
            implements MemberAct {
        /** The size of the random part in bytes. */
        public static final int RANDOM_SIZE = 32;

        /** Checks the random part, the name and the epoch's number. */
        public Genesis {
            requireName(deviceName);
            if (random.size() != RANDOM_SIZE || epoch.number() != 1) {
                throw new IllegalArgumentException(random.size() + " random bytes, epoch " + epoch.number());
            }
            random = random.compact();
        }

        @Override
        public Optional<NamedDevice> named() {
            return Optional.of(new NamedDevice(device, deviceName));
        }

        @Override
        public int type() {
            return 1;
        }
    }

    /**
     * Gives a user another role; {@link Role#NONE} removes the user.
     *
     * @param frontier for a lowered role, per writer the last change which still counts, ascending
     * @param epoch for a removal, the epoch which the removed cannot read
     */
    record SetRole(UserId user, Role role, List<FrontierPoint> frontier, Optional<NewEpoch> epoch)
            implements MemberAct {
        /** Copies the list. */
        public SetRole {
            frontier = List.copyOf(frontier);
            if (role == Role.RECOVERY) {
                throw new IllegalArgumentException("nobody is given the role " + role);
            }
        }

        @Override
        public int type() {
            return 2;
        }
    }

    /**
     * Adds a device to the author's user; signed by the new device as well.
     *
     * @param device the keys of the new device
     * @param deviceName its name
     * @param keys the keys of epochs, sealed to it
     */
    record AddDevice(DevicePublic device, String deviceName, List<SealedEpochKey> keys) implements MemberAct {
        /** Checks the name and copies the list. */
        public AddDevice {
            requireName(deviceName);
            keys = List.copyOf(keys);
        }

        @Override
        public Optional<NamedDevice> named() {
            return Optional.of(new NamedDevice(device, deviceName));
        }

        @Override
        public int type() {
            return 3;
        }

        @Override
        public int signatures() {
            return 2;
        }
    }

    /**
     * Takes a device away from its user.
     *
     * @param frontier per writer of the device the last change which still counts, ascending
     * @param epoch the epoch which the revoked device cannot read
     */
    record RevokeDevice(DeviceId device, List<FrontierPoint> frontier, Optional<NewEpoch> epoch) implements MemberAct {
        /** Copies the list. */
        public RevokeDevice {
            frontier = List.copyOf(frontier);
        }

        @Override
        public int type() {
            return 4;
        }
    }

    /**
     * Lets the holder of a code in, once.
     *
     * @param keys the public keys derived from the code's seed
     * @param role the role of the new user; nothing = a further device of the author's user
     * @param approval whether a member must admit the device
     * @param epochKeys the keys of epochs, sealed to the invite; none when approval is needed
     */
    record Invite(DevicePublic keys, Optional<Role> role, boolean approval, List<SealedEpochKey> epochKeys)
            implements MemberAct {
        /** Checks the role and that an invite with approval gives no key away. */
        public Invite {
            epochKeys = List.copyOf(epochKeys);
            if (role.isPresent() && !Role.OWNER.mayGrant(role.get())) {
                throw new IllegalArgumentException("an invite cannot grant the role " + role.get());
            }
            if (approval && !epochKeys.isEmpty()) {
                throw new IllegalArgumentException("an invite with approval carries " + epochKeys.size() + " keys");
            }
        }

        @Override
        public int type() {
            return 5;
        }
    }

    /**
     * Ends an invite.
     *
     * @param invite the entry of the invite
     * @param accepted the join which used it; nothing = it was withdrawn
     */
    record CloseInvite(EntryId invite, Optional<EntryId> accepted) implements MemberAct {
        @Override
        public int type() {
            return 6;
        }
    }

    /**
     * Makes the author a member by an open invite; signed by the invite's key as well.
     *
     * @param invite the entry of the invite
     * @param device the keys of the author
     * @param deviceName its name
     */
    record Join(EntryId invite, DevicePublic device, String deviceName) implements MemberAct {
        /** Checks the name. */
        public Join {
            requireName(deviceName);
        }

        @Override
        public Optional<NamedDevice> named() {
            return Optional.of(new NamedDevice(device, deviceName));
        }

        @Override
        public int type() {
            return 7;
        }

        @Override
        public int signatures() {
            return 2;
        }
    }

    /**
     * Asks to become a member by an invite with approval; signed by the invite's key as well.
     *
     * @param invite the entry of the invite
     * @param device the keys of the author
     * @param deviceName its name
     */
    record JoinRequest(EntryId invite, DevicePublic device, String deviceName) implements MemberAct {
        /** Checks the name. */
        public JoinRequest {
            requireName(deviceName);
        }

        @Override
        public Optional<NamedDevice> named() {
            return Optional.of(new NamedDevice(device, deviceName));
        }

        @Override
        public int type() {
            return 8;
        }

        @Override
        public int signatures() {
            return 2;
        }
    }

    /**
     * Grants a join request.
     *
     * @param request the entry of the request
     * @param keys the keys of epochs, sealed to the new device
     */
    record Admit(EntryId request, List<SealedEpochKey> keys) implements MemberAct {
        /** Copies the list. */
        public Admit {
            keys = List.copyOf(keys);
        }

        @Override
        public int type() {
            return 9;
        }
    }

    /** Refuses a join request. */
    record Decline(EntryId request) implements MemberAct {
        @Override
        public int type() {
            return 10;
        }
    }

    /** Begins a new epoch. */
    record Rekey(NewEpoch epoch) implements MemberAct {
        @Override
        public int type() {
            return 11;
        }
    }

    /**
     * Makes changes count which a removal had left outside of its frontier.
     *
     * @param writer whose changes
     * @param lastSeq the last one that counts
     * @param chain the 32-byte chain hash there
     */
    record Adopt(WriterId writer, long lastSeq, Bytes chain) implements MemberAct {
        /** Checks the ranges. */
        public Adopt {
            if (lastSeq < 1 || lastSeq > Limits.NUMBER_MAX || chain.size() != FrontierPoint.CHAIN_SIZE) {
                throw new IllegalArgumentException(
                        "seq " + lastSeq + " with a chain hash of " + chain.size() + " bytes");
            }
            chain = chain.compact();
        }

        @Override
        public int type() {
            return 12;
        }
    }

    /**
     * Makes another user the owner; signed by a device of that user as well.
     *
     * @param user the new owner
     * @param accepting the device of the new owner which signs too
     */
    record TransferOwner(UserId user, DeviceId accepting) implements MemberAct {
        @Override
        public int type() {
            return 13;
        }

        @Override
        public int signatures() {
            return 2;
        }
    }

    /** Changes the rules of the space. */
    record SetPolicy(SpacePolicy policy) implements MemberAct {
        @Override
        public int type() {
            return 14;
        }
    }

    /**
     * Says that a device is not waited for any more: its directory may be cleaned, and it loses nothing. It is still a
     * member, its changes count, and it may return.
     */
    record RetireDevice(DeviceId device) implements MemberAct {
        @Override
        public int type() {
            return 15;
        }
    }

    /** Says that the author is back after it was retired. */
    record ReturnDevice() implements MemberAct {
        @Override
        public int type() {
            return 16;
        }
    }

    /**
     * An act of a newer version, without effect here.
     *
     * @param type the number of its type, which may be a known one with unknown fields
     */
    record Unknown(int type) implements MemberAct {}

    private static void requireName(String name) {
        int size = name.getBytes(StandardCharsets.UTF_8).length;
        if (size == 0 || size > Limits.DEVICE_NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a device's name of " + size + " bytes is outside 1 .. " + Limits.DEVICE_NAME_BYTES_MAX);
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a device's name with a control character");
        }
    }
}
