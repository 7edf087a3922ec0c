package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.Line;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All lines in memory, as the store has them. Every line has at least one change, but for that of a writer which went
 * two ways from its very first.
 */
final class Lines {
    private final Map<Integer, LineState> byNo = new HashMap<>();
    private final Map<ActorId, LineState> byActor = new HashMap<>();
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
        byActor.put(line.actor(), line);
        byWriter.computeIfAbsent(line.line().writer(), writer -> new ArrayList<>())
                .add(line);
    }

    Optional<LineState> line(int no) {
        return Optional.ofNullable(byNo.get(no));
    }

    Optional<LineState> ofActor(ActorId actor) {
        return Optional.ofNullable(byActor.get(actor));
    }

    /** All lines of a writer: one, or more after it went on in several ways. */
    List<LineState> of(WriterId writer) {
        return byWriter.getOrDefault(writer, List.of());
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

    /** How the engine's actors come from each other. */
    List<Branch> branches() {
        return byNo.values().stream()
                .filter(LineState::isBranch)
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
