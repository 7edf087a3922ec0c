package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Machines that write, some of them under one writer id since they are copies, and what each change has in its past:
 * the obvious twin of what the history works out from files in any order.
 */
final class ForkedHistory {
    private final List<Machine> machines = new ArrayList<>();
    private final Map<ChangeRef, ChangeRun> runs = new LinkedHashMap<>();
    private final Map<ChangeRef, Set<ChangeRef>> pasts = new HashMap<>();
    private long writers;

    /** A machine that has written nothing. */
    Machine machine() {
        Machine machine = new Machine(fresh());
        machines.add(machine);
        return machine;
    }

    private WriterId fresh() {
        return new WriterId(1, ++writers);
    }

    /** A machine with all that another has, which goes on under the same writer id. */
    Machine copyOf(Machine original) {
        Machine copy = new Machine(original.writer);
        copy.end = original.end;
        copy.seen.addAll(original.seen);
        machines.add(copy);
        return copy;
    }

    /** All machines. */
    List<Machine> machines() {
        return machines;
    }

    /** All changes in the order in which they were made, as runs of one. */
    List<ChangeRun> runs() {
        return List.copyOf(runs.values());
    }

    /** These changes and all they build on. */
    Set<ChangeRef> past(List<ChangeRef> changes) {
        Set<ChangeRef> past = new HashSet<>();
        changes.forEach(change -> past.addAll(pasts.getOrDefault(change, Set.of())));
        return past;
    }

    /** Those of these changes of which all they build on is among these. */
    Set<ChangeRef> ready(Set<ChangeRef> changes) {
        Set<ChangeRef> ready = new HashSet<>(changes);
        ready.removeIf(change -> !changes.containsAll(pasts.getOrDefault(change, Set.of())));
        return ready;
    }

    static ChainPoint origin(WriterId writer) {
        return ChainPoint.origin(new SpaceId(7, 8), writer, Bytes.owning(new byte[32]));
    }

    static DeviceId device(WriterId writer) {
        return new DeviceId(writer.high(), writer.low());
    }

    /** One of them. */
    final class Machine {
        private WriterId writer;
        private ChainPoint end;
        private final Set<ChangeRef> seen = new TreeSet<>();

        private Machine(WriterId writer) {
            this.writer = writer;
            this.end = origin(writer);
        }

        /** Takes in all that another has; who meets a copy of himself goes on under another writer id. */
        void reads(Machine other) {
            boolean copied =
                    other.seen.stream().anyMatch(change -> change.writer().equals(writer) && !seen.contains(change));
            if (copied) {
                writer = fresh();
                end = origin(writer);
            }
            seen.addAll(other.seen);
        }

        /** Makes a change on top of all it has. */
        void writes() {
            List<ChangeRef> parents = heads();
            long lamport = end.lamport();
            for (ChangeRef parent : parents) {
                lamport = Math.max(
                        lamport,
                        Optional.ofNullable(runs.get(parent)).orElseThrow().lamport(0));
            }
            ChangeRun.Builder builder = ChangeRun.builder(writer, end);
            // the time tells what one machine writes from what its copy does
            builder.add(new Change(lamport + 1, machines.indexOf(this), parents, Optional.empty(), Bytes.empty()));
            ChangeRun run = builder.build();
            end = run.after();
            seen.add(run.ref(0));
            runs.put(run.ref(0), run);
            pasts.put(run.ref(0), Set.copyOf(seen));
        }

        /** The newest changes of other writers. */
        private List<ChangeRef> heads() {
            Set<ChangeRef> newest = new TreeSet<>(seen);
            seen.forEach(change -> past(List.of(change)).stream()
                    .filter(earlier -> !earlier.equals(change))
                    .forEach(newest::remove));
            return newest.stream()
                    .filter(change -> !change.writer().equals(writer))
                    .toList();
        }
    }
}
