package dev.cairn.cli.fleet;

import dev.cairn.format.ChangeRun;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Watches that a segment goes in favour of a checkpoint only once every device has its changes, of those which its
 * author knew as members when it wrote them, and only after a head said so.
 *
 * <p>A device that was put back to an older state, or has lost its place, may know and say less than it did: it is left
 * out.
 */
final class Agreements {
    private final Promises promises;
    private final Map<Integer, Set<String>> members = new HashMap<>();
    private final Map<String, BitSet> everShown = new HashMap<>();
    private final Set<String> excused = new TreeSet<>();

    Agreements(Promises promises) {
        this.promises = promises;
    }

    /** A change was acknowledged; its author knows these members now. */
    void acknowledged(int number, Space space) {
        acknowledged(number, space, UserActs::deviceOf);
    }

    /** The same where devices are named otherwise. */
    void acknowledged(int number, Space space, UnaryOperator<String> deviceOf) {
        members.put(
                number,
                space.status().others().stream()
                        .map(device -> Oracle.originalName(deviceOf.apply(device.name())))
                        .collect(Collectors.toSet()));
    }

    /** A device, or one of its copies, shows these changes. */
    void shown(String device, BitSet numbers) {
        everShown
                .computeIfAbsent(Oracle.originalName(device), any -> new BitSet())
                .or(numbers);
    }

    /** A device may have forgotten what it knew. */
    void excuse(String device) {
        excused.add(Oracle.originalName(device));
    }

    /**
     * What is wrong with the end of a segment.
     *
     * @param device who deleted it
     * @param running the devices whose process runs now, with what they show: of others it is not known what they have
     */
    Optional<String> broken(String device, ChangeRun gone, Map<String, BitSet> running) {
        Set<String> lacking = new TreeSet<>();
        BitSet needed = new BitSet();
        for (long seq = gone.firstSeq(); seq <= gone.lastSeq(); seq++) {
            promises.numberOf(new Version.Head(gone.writer(), seq))
                    .filter(number -> promises.get(number).device().equals(device))
                    .ifPresent(needed::set);
        }
        needed.stream()
                .forEach(number -> members.getOrDefault(number, Set.of()).stream()
                        .filter(member -> running.containsKey(member) && !excused.contains(member))
                        .filter(member -> !everShown(member).get(number)
                                && !running.getOrDefault(member, new BitSet()).get(number))
                        .forEach(member -> lacking.add(member + " lacks " + number)));
        return lacking.isEmpty() || excused.contains(Oracle.originalName(device))
                ? Optional.empty()
                : Optional.of("a segment of " + device + " went while " + List.copyOf(lacking));
    }

    private BitSet everShown(String member) {
        return everShown.getOrDefault(member, new BitSet());
    }
}
