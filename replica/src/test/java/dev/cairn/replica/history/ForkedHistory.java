package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
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
 * Machines that write, some of them under one writer id since they are copies or have taken another's, what each change
 * has in its past, and how changes are called: the obvious twin of what the history works out from files in any order.
 */
final class ForkedHistory {
    private final List<Machine> machines = new ArrayList<>();
    private final Map<ChangeRef, ChangeRun> runs = new LinkedHashMap<>();
    private final Map<ChangeRef, Set<ChangeRef>> pasts = new HashMap<>();
    private final Map<ChangeRef, DeviceId> devices = new HashMap<>();
    private long writers;

    /** A machine that has written nothing. */
    Machine machine() {
        WriterId writer = fresh();
        Machine machine = new Machine(writer, device(writer));
        machines.add(machine);
        return machine;
    }

    /** A machine of another device that has written nothing, and takes the writer id of this one. */
    Machine impostorOf(Machine victim) {
        Machine impostor = new Machine(victim.writer, device(fresh()));
        machines.add(impostor);
        return impostor;
    }

    private WriterId fresh() {
        return new WriterId(1, ++writers);
    }

    /** A machine with all that another has, which goes on under the same writer id. */
    Machine copyOf(Machine original) {
        Machine copy = new Machine(original.writer, original.device);
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

    /** The device which made a change. */
    DeviceId device(ChangeRef change) {
        return Optional.ofNullable(devices.get(change)).orElseThrow();
    }

    /** The number of the last of these changes under each actor, if these others are known and may have branches. */
    Map<ActorId, Long> version(Set<ChangeRef> changes, Set<ChangeRef> branching) {
        Map<ActorId, Long> version = new HashMap<>();
        changes.forEach(change -> {
            ChangeId name = name(change, branching);
            version.merge(name.actor(), name.seq(), Math::max);
        });
        return version;
    }

    private ChangeId name(ChangeRef change, Set<ChangeRef> branching) {
        boolean alone = branching.stream()
                        .filter(other -> other.writer().equals(change.writer()) && other.seq() == change.seq())
                        .filter(other -> previous(other).equals(previous(change)))
                        .count()
                == 1;
        if (!alone) {
            Bytes actor = Linker.branchActor(change.writer(), run(change).chainHash(0));
            return new ChangeId(new ActorId(actor.getLong(0), actor.getLong(8)), 1);
        }
        return previous(change)
                .map(before -> name(before, branching))
                .map(before -> new ChangeId(before.actor(), before.seq() + 1))
                .orElseGet(() -> new ChangeId(History.actor(change.writer()), 1));
    }

    /** Those of these changes before which all of their writer's are among these. */
    Set<ChangeRef> linked(Set<ChangeRef> changes) {
        Set<ChangeRef> linked = new HashSet<>();
        for (ChangeRef change : changes) {
            Optional<ChangeRef> before = Optional.of(change);
            while (before.isPresent() && changes.contains(before.get())) {
                before = previous(before.get());
            }
            if (before.isEmpty()) {
                linked.add(change);
            }
        }
        return linked;
    }

    private Optional<ChangeRef> previous(ChangeRef change) {
        ChainPoint before = run(change).before();
        return before.seq() == 0
                ? Optional.empty()
                : Optional.of(new ChangeRef(change.writer(), before.seq(), before.hash8()));
    }

    private ChangeRun run(ChangeRef change) {
        return Optional.ofNullable(runs.get(change)).orElseThrow();
    }

    static ChainPoint origin(WriterId writer, DeviceId device) {
        return ChainPoint.origin(new SpaceId(7, 8), writer, Bytes.concat(device.bytes(), device.bytes()));
    }

    static DeviceId device(WriterId writer) {
        return new DeviceId(writer.high(), writer.low());
    }

    /** One of them. */
    final class Machine {
        private WriterId writer;
        private DeviceId device;
        private ChainPoint end;
        private final Set<ChangeRef> seen = new TreeSet<>();

        private Machine(WriterId writer, DeviceId device) {
            this.writer = writer;
            this.device = device;
            this.end = origin(writer, device);
        }

        /** Takes in all that another has; who meets a copy of himself goes on under another writer id. */
        void reads(Machine other) {
            boolean copied =
                    other.seen.stream().anyMatch(change -> change.writer().equals(writer) && !seen.contains(change));
            if (copied) {
                writer = fresh();
                device = device(writer);
                end = origin(writer, device);
            }
            seen.addAll(other.seen);
        }

        /** Makes a change on top of all it has. */
        void writes() {
            List<ChangeRef> parents = heads();
            long lamport = end.lamport();
            for (ChangeRef parent : parents) {
                lamport = Math.max(lamport, run(parent).lamport(0));
            }
            ChangeRun.Builder builder = ChangeRun.builder(writer, end);
            // the time tells what one machine writes from what its copy does
            builder.add(new Change(lamport + 1, machines.indexOf(this), parents, Optional.empty(), Bytes.empty()));
            ChangeRun run = builder.build();
            end = run.after();
            seen.add(run.ref(0));
            runs.put(run.ref(0), run);
            pasts.put(run.ref(0), Set.copyOf(seen));
            devices.put(run.ref(0), device);
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
