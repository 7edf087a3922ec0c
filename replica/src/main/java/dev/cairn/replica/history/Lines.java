package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.Line;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All lines in memory, as the store has them. Every line has at least one change, but for that of a writer which went
 * two ways from its very first.
 *
 * <p>What the engine calls their changes depends on which of them count, for others make no branches (SPEC section
 * "Forks"):
 *
 * <pre>
 *                 / b                                        / b
 *   trunk o--o--o           three actors;      trunk o--o--o           two, while nothing of c counts: what is
 *                 \ c                                        \ (c)       on b are the next changes of the trunk's
 * </pre>
 */
final class Lines {
    private final Map<Integer, LineState> byNo = new HashMap<>();
    private final Map<ActorId, List<LineState>> byActor = new HashMap<>();
    private final Map<WriterId, List<LineState>> byWriter = new TreeMap<>();

    static Lines load(LocalStore store) {
        Lines lines = new Lines();
        for (Line line : store.runs().lines()) {
            lines.add(new LineState(
                    line,
                    store.runs()
                            .end(line.no())
                            .or(() -> store.runs().startOfBranches(line.no()))
                            .orElseThrow(() -> new IllegalStateException("line " + line.no() + " has no change"))));
        }
        return lines;
    }

    void add(LineState line) {
        byNo.put(line.line().no(), line);
        byActor.computeIfAbsent(line.actor(), actor -> new ArrayList<>()).add(line);
        byWriter.computeIfAbsent(line.line().writer(), writer -> new ArrayList<>())
                .add(line);
    }

    Optional<LineState> line(int no) {
        return Optional.ofNullable(byNo.get(no));
    }

    /**
     * Names all changes anew.
     *
     * @param counts whether something of a line counts
     * @return whether one has another name than before
     */
    boolean name(Predicate<LineState> counts) {
        byActor.clear();
        boolean renamed = false;
        for (List<LineState> of : byWriter.values()) {
            for (LineState line : of) {
                renamed |= !line.isBranch() && name(line, counts);
            }
        }
        byActor.values()
                .forEach(chain ->
                        chain.sort(Comparator.comparingLong(line -> line.line().fork())));
        return renamed;
    }

    private boolean name(LineState line, Predicate<LineState> counts) {
        byActor.computeIfAbsent(line.actor(), actor -> new ArrayList<>()).add(line);
        List<LineState> children = children(line);
        List<LineState> counting = children.stream().filter(counts).toList();
        boolean renamed = false;
        for (LineState child : children) {
            boolean only = counting.size() == 1 && counting.contains(child);
            renamed |= only ? child.continueActor(line) : child.startActor();
            renamed |= name(child, counts);
        }
        return renamed;
    }

    /** The line on which a change is by its name, or comes next; the last one of its actor if it comes later. */
    Optional<LineState> of(ChangeId change) {
        List<LineState> chain = byActor.getOrDefault(change.actor(), List.of());
        Optional<LineState> last = chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
        return chain.stream()
                .filter(line -> line.seqOf(change) <= line.end().seq())
                .findFirst()
                .or(() -> last);
    }

    /** All lines of a writer: one, or more after it went on in several ways. */
    List<LineState> of(WriterId writer) {
        return byWriter.getOrDefault(writer, List.of());
    }

    /** The line on which a writer began, if it has any. */
    Optional<LineState> own(WriterId writer) {
        return of(writer).stream().filter(line -> !line.isBranch()).findFirst();
    }

    /** Whether an actor goes on beyond a branch, since nothing counts of another one. */
    boolean dependOnMembers(ActorId actor) {
        return byActor.getOrDefault(actor, List.of()).size() > 1;
    }

    /** Whether all changes of a version are here by the names which they have there. */
    boolean have(VersionVector version) {
        return version.sequences().entrySet().stream().allMatch(entry -> {
            ChangeId last = new ChangeId(entry.getKey(), entry.getValue());
            return of(last).filter(line -> line.seqOf(last) <= line.end().seq()).isPresent();
        });
    }

    List<LineState> children(LineState parent) {
        return of(parent.line().writer()).stream()
                .filter(line -> line.line().parent() == parent.line().no())
                .toList();
    }

    /** The lines from the writer's own to this one. */
    List<LineState> path(LineState line) {
        List<LineState> path = new ArrayList<>();
        for (Optional<LineState> at = Optional.of(line);
                at.isPresent();
                at = line(at.get().line().parent())) {
            path.add(0, at.get());
        }
        return path;
    }

    /** How the engine's actors come from each other, those of which something counts. */
    List<Branch> branches(Predicate<LineState> counts) {
        return byNo.values().stream()
                .filter(line -> line.startsActor() && counts.test(line))
                .map(line -> line.branchOf(line(line.line().parent())
                        .orElseThrow(() -> new IllegalStateException("branch without a trunk: " + line.line()))))
                .toList();
    }

    Collection<LineState> all() {
        return Collections.unmodifiableCollection(byNo.values());
    }

    /** The writers of a device. */
    List<WriterId> writers(DeviceId device) {
        return byWriter.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(line -> line.line().device().equals(device)))
                .map(Map.Entry::getKey)
                .toList();
    }

    Collection<WriterId> writers() {
        return Collections.unmodifiableCollection(byWriter.keySet());
    }
}
