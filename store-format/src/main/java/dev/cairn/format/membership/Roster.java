package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.members.MemberEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The devices found to be members so far, and who may therefore sign what. */
final class Roster {
    private final EntryGraph graph;
    private final SignatureCheck signatures;
    private final SortedMap<DeviceId, MemberDevice> devices = new TreeMap<>();
    private final Map<DeviceId, Integer> introductions = new HashMap<>();

    Roster(EntryGraph graph, SignatureCheck signatures) {
        this.graph = graph;
        this.signatures = signatures;
    }

    /** Whether an entry has the signature of a key at an index. */
    interface SignatureCheck {
        boolean signed(MemberEntry entry, int index, VerifyingKey key);
    }

    /** Makes a device a member by entry {@code introduction}, unless it is one. The result is whether it was not. */
    boolean introduce(MemberDevice device, int introduction) {
        if (devices.putIfAbsent(device.id(), device) != null) {
            return false;
        }
        introductions.put(device.id(), introduction);
        return true;
    }

    boolean knows(DeviceId device) {
        return devices.containsKey(device);
    }

    /** The author of an entry, when it is a member by an entry which this one builds on. */
    Optional<MemberDevice> author(int entry) {
        DeviceId author = graph.entry(entry).content().author();
        return introducedBefore(author, entry) ? Optional.ofNullable(devices.get(author)) : Optional.empty();
    }

    /** Whether the entry which made {@code device} a member belongs to the past of {@code entry}. */
    boolean introducedBefore(DeviceId device, int entry) {
        Integer introduction = introductions.get(device);
        return introduction != null && graph.before(introduction, entry);
    }

    /** What is wrong with the author or the author's signature. */
    Optional<VoidReason> authorFault(int entry) {
        Optional<MemberDevice> author = author(entry);
        if (author.isEmpty()) {
            return Optional.of(VoidReason.AUTHOR_UNKNOWN);
        }
        return signed(entry, 0, author.get().keys().signing())
                ? Optional.empty()
                : Optional.of(VoidReason.BAD_SIGNATURE);
    }

    boolean signed(int entry, int index, VerifyingKey key) {
        return signatures.signed(graph.entry(entry), index, key);
    }

    SortedMap<DeviceId, MemberDevice> devices() {
        return devices;
    }
}
