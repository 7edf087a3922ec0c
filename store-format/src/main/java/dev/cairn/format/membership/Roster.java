package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The devices found to be members so far, and who may therefore sign what.
 *
 * <p>Several members who have not seen each other may let one device in, so a device can have several introductions.
 * All of them count: what it signed after any of them keeps its effect whichever others arrive.
 */
final class Roster {
    private static final Comparator<Introduction> SUREST_FIRST = Comparator.<Introduction, Standing>comparing(
                    found -> found.device().standing(), Comparator.reverseOrder())
            .thenComparing(found -> found.device().role(), Comparator.reverseOrder())
            .thenComparing(Introduction::entry);

    private final EntryGraph graph;
    private final SignatureCheck signatures;
    private final Map<DeviceId, List<Introduction>> introductions = new HashMap<>();

    Roster(EntryGraph graph, SignatureCheck signatures) {
        this.graph = graph;
        this.signatures = signatures;
    }

    /** Whether an entry has the signature of a key at an index. */
    interface SignatureCheck {
        boolean signed(MemberEntry entry, int index, VerifyingKey key);
    }

    private record Introduction(int entry, MemberDevice device) {}

    /** Makes a device a member by entry {@code introduction}. */
    void introduce(MemberDevice device, int introduction) {
        introductions.computeIfAbsent(device.id(), id -> new ArrayList<>()).add(new Introduction(introduction, device));
    }

    boolean knows(DeviceId device) {
        return introductions.containsKey(device);
    }

    /** Whether a device is a member by what {@code entry} builds on, and its place is as sure as {@code standing}. */
    boolean knownBefore(int entry, DeviceId device, Standing standing) {
        return memberBefore(entry, device)
                .filter(known -> known.standing().compareTo(standing) >= 0)
                .isPresent();
    }

    /** The author of an entry, when it is a member by an entry which this one builds on. */
    Optional<MemberDevice> author(int entry) {
        return memberBefore(entry, graph.entry(entry).content().author());
    }

    /** Whether an entry which made {@code device} a member belongs to the past of {@code entry}. */
    boolean introducedBefore(DeviceId device, int entry) {
        return memberBefore(entry, device).isPresent();
    }

    private Optional<MemberDevice> memberBefore(int entry, DeviceId device) {
        return introductions.getOrDefault(device, List.of()).stream()
                .filter(introduction -> graph.before(introduction.entry(), entry))
                .min(SUREST_FIRST)
                .map(Introduction::device);
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

    /** Every member by its surest introduction. */
    SortedMap<DeviceId, MemberDevice> devices() {
        SortedMap<DeviceId, MemberDevice> devices = new TreeMap<>();
        introductions.forEach((id, found) ->
                devices.put(id, found.stream().min(SUREST_FIRST).orElseThrow().device()));
        return devices;
    }
}
