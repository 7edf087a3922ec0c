package dev.cairn.replica.history;

import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.VersionVector;
import dev.cairn.format.ChangeRun;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change builds on that the engine does not have yet. As long as some of that is not in the store, the change is
 * not there for anybody, and what it builds on of held lines does not count for its sake.
 */
final class HeldPast {
    private static final int ROWS_AT_ONCE = 64;

    private final LocalStore store;
    private final Lines lines;
    private final ParentNames names;
    private final Held held;
    private final VersionVector integrated;
    private final Map<LineState, Long> through = new HashMap<>();
    private final Deque<LineState> open = new ArrayDeque<>();
    private final Map<LineState, Long> looked = new HashMap<>();
    private @Nullable ChangeId missing;

    /**
     * Looks up the past of a change.
     *
     * @param integrated what the engine has
     */
    HeldPast(ChangeId change, LocalStore store, Lines lines, ParentNames names, Held held, VersionVector integrated) {
        this.store = store;
        this.lines = lines;
        this.names = names;
        this.held = held;
        this.integrated = integrated;
        boolean here = need(change);
        while (here && !open.isEmpty()) {
            here = look(open.pop());
        }
    }

    /** A change in the past which is not in the store. */
    Optional<ChangeId> missing() {
        return Optional.ofNullable(missing);
    }

    /** The parts of held lines in the past, if all of it is in the store. */
    List<Held.Part> parts() {
        List<Held.Part> parts = new ArrayList<>();
        if (missing == null) {
            through.forEach((line, last) -> {
                if (held.holds(line)) {
                    parts.add(new Held.Part(line, line.through(integrated), last));
                }
            });
        }
        return parts;
    }

    private boolean need(ChangeId change) {
        if (integrated.contains(change)) {
            return true;
        }
        Optional<LineState> found = lines.of(change);
        if (found.isEmpty() || found.get().seqOf(change) > found.get().end().seq()) {
            missing = change;
            return false;
        }
        LineState line = found.get();
        long seq = line.seqOf(change);
        if (seq > through.getOrDefault(line, 0L)) {
            through.put(line, seq);
            open.add(line);
        }
        return true;
    }

    /** Goes through the changes of a line which were not looked at yet. */
    private boolean look(LineState line) {
        long last = through.getOrDefault(line, 0L);
        long done = looked.getOrDefault(line, line.through(integrated));
        boolean here =
                done > line.line().fork() || !line.isBranch() || line.line().fork() == 0 || need(names.shared(line));
        while (here && done < last) {
            for (StoredRun stored : store.runs().ofLine(line.line().no(), done, ROWS_AT_ONCE)) {
                ChangeRun run = Chains.decode(line.line().writer(), stored);
                here = here && parentsAreHere(run, done, last);
                done = Math.max(done, Math.min(last, run.lastSeq()));
            }
        }
        looked.put(line, last);
        return here;
    }

    private boolean parentsAreHere(ChangeRun run, long after, long last) {
        boolean here = true;
        for (long seq = Math.max(run.firstSeq(), after + 1); here && seq <= Math.min(run.lastSeq(), last); seq++) {
            for (ChangeId parent : names.parents(run, (int) (seq - run.firstSeq()))) {
                here = here && need(parent);
            }
        }
        return here;
    }
}
