package dev.cairn.replica.history;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The references to changes that are not here, and by which names the engine waits for them.
 *
 * <p>A reference names a change by number and hash. The engine knows numbers only, so what is not here is called
 *
 * <ul>
 *   <li>like the writer's own change of that number, as long as that may still come on the one line which is known of
 *       the writer: nearly always that is the change which comes then;
 *   <li>like nothing that ever comes, when the line has the number with another hash, or has ended in branches: the
 *       change is on a branch that is not here, or not so far.
 * </ul>
 *
 * Each change that comes is compared with what was awaited under its number. When a name turns out to be wrong, all
 * names are given anew before the engine sees the change: else one that builds on the other branch would be shown
 * without it, or wait for ever.
 */
final class Awaited {
    /** No actor has a change of this number: the engine counts in 31 bits. */
    private static final long NEVER = Integer.MAX_VALUE + 1L;

    private final Map<WriterId, AwaitedHashes> asOwn = new HashMap<>();
    private final NavigableMap<ChangeRef, ChangeId> apart = new TreeMap<>();
    private final Map<ChangeId, ChangeRef> byName = new HashMap<>();
    private boolean misnamed;

    /** The name of a change that may come as one of the next of its writer's only line. */
    ChangeId asOwn(WriterId writer, long seq, long hash8) {
        boolean only =
                asOwn.computeIfAbsent(writer, unknown -> new AwaitedHashes()).note(seq, hash8);
        return only ? new ChangeId(History.actor(writer), seq) : apart(writer, seq, hash8);
    }

    /** The name of a change that is on a branch which is not here so far. */
    ChangeId apart(WriterId writer, long seq, long hash8) {
        ChangeRef change = new ChangeRef(writer, seq, hash8);
        ChangeId former = apart.get(change);
        if (former != null) {
            return former;
        }
        ChangeId name = new ChangeId(new ActorId(-1, apart.size()), NEVER);
        apart.put(change, name);
        byName.put(name, change);
        return name;
    }

    /** What the engine waits for under a name of {@link #apart}. */
    Optional<ChangeRef> reference(ChangeId name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Compares changes of a line, which the engine gets next, with what was awaited. */
    void come(LineState line, ChangeRun run) {
        if (!apart.isEmpty()) {
            ChangeRef from = new ChangeRef(run.writer(), run.firstSeq(), 0);
            ChangeRef to = new ChangeRef(run.writer(), run.lastSeq(), -1);
            misnamed |= apart.subMap(from, true, to, true).keySet().stream()
                    .anyMatch(change -> run.hash8((int) (change.seq() - run.firstSeq())) == change.hash8());
        }
        AwaitedHashes own = asOwn.isEmpty() || line.isBranch() ? null : asOwn.get(run.writer());
        if (own != null) {
            misnamed |= own.differs(run);
            if (own.greatest() <= run.lastSeq()) {
                asOwn.remove(run.writer());
            }
        }
    }

    /** Whether changes that came have other names than those under which the engine waits for them. */
    boolean misnamed() {
        return misnamed;
    }
}
