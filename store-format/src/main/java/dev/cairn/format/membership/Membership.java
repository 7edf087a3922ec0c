package dev.cairn.format.membership;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.NamedDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Who belongs to a space, as one set of entries says. Immutable.
 *
 * <p>A {@link MemberDevice.Standing#PROVISIONAL} device can be displaced by entries which arrive later; a confirmed one
 * cannot. Whoever imported changes of a displaced device must leave those out again on which no member has built,
 * because what a space shows is a function of the files alone.
 *
 * @param space the space
 * @param devices its devices by id
 * @param invites the open invites, in the order of their entries' ids
 * @param requests the devices which wait for approval, in the order of their entries' ids
 * @param epochs the epochs in ascending order; the last one encrypts what is written now
 * @param sealedKeys the sealed keys of epochs for each recipient, a device or an invite, by its 16-byte id
 * @param voids the entries without effect, in the order of their ids
 * @param waiting the entries which cannot be judged yet, with the entries they build on that are missing
 * @param retired the member devices that are not waited for, until they return
 * @param named all devices which an entry names, members or not
 * @param heads the entries a new entry builds on, at most 16
 * @param nextHeight the height of a new entry which builds on these
 */
public record Membership(
        SpaceId space,
        SortedMap<DeviceId, MemberDevice> devices,
        List<OpenInvite> invites,
        List<PendingRequest> requests,
        List<Epoch> epochs,
        Map<Bytes, List<SealedEpochKey>> sealedKeys,
        List<VoidEntry> voids,
        SortedMap<EntryId, SortedSet<EntryId>> waiting,
        SortedSet<DeviceId> retired,
        SortedMap<DeviceId, NamedDevice> named,
        List<EntryId> heads,
        long nextHeight)
        implements DeviceDirectory {

    /** The device with the given id, if it is a member. */
    public Optional<MemberDevice> device(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public Optional<VerifyingKey> key(DeviceId id) {
        return device(id).map(device -> device.keys().signing());
    }

    /** Whether the changes which this device signs count. */
    @Override
    public boolean mayWrite(DeviceId id) {
        return device(id).map(MemberDevice::mayWrite).orElse(false);
    }

    @Override
    public Optional<VerifyingKey> named(DeviceId id) {
        return Optional.ofNullable(named.get(id)).map(device -> device.keys().signing());
    }

    /** Whether a device is not waited for any more. */
    public boolean isRetired(DeviceId id) {
        return retired.contains(id);
    }

    /** The open invite with the given id. */
    public Optional<OpenInvite> invite(InviteId id) {
        return invites.stream().filter(invite -> invite.id().equals(id)).findFirst();
    }

    /** The request of the given entry, while it is pending. */
    public Optional<PendingRequest> request(EntryId entry) {
        return requests.stream()
                .filter(request -> request.entry().equals(entry))
                .findFirst();
    }

    /** The epoch which encrypts what is written now; nothing until the genesis entry is there. */
    public Optional<Epoch> currentEpoch() {
        return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
    }

    /** The keys of epochs sealed to a device or an invite with this 16-byte id. */
    public List<SealedEpochKey> sealedTo(Bytes recipient) {
        return sealedKeys.getOrDefault(recipient, List.of());
    }
}
