package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.replica.history.Linked.How;
import dev.cairn.replica.store.Line;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.StoredRun;
import dev.cairn.replica.store.WaitingRun;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts verified runs where they belong in their writers' chains; inside a transaction.
 *
 * <p>A chain hash stands for all changes before it, so one comparison at the end of a line proves that a run which
 * overlaps it agrees with all of it. Only a run that disagrees is walked change by change, to the last one it shares:
 *
 * <pre>
 *                      F                       the writer's own line ends at F, and from there go two
 *   trunk  o--o--o--o--o--o--o  branch a       branches, each with an actor of its own made from the hash
 *                       \                      of its first change, so that every device which knows both
 *                        o--o   branch b       names them alike (SPEC section "Equivocation")
 * </pre>
 *
 * Only the device which made a writer's first change can continue it: a run signed by another one waits for ever.
 */
final class Linker {
    private static final Bytes FORK_LABEL = Bytes.utf8("cairn/v1/fork");
    private static final int ACTOR_BYTES = 16;

    private final LocalStore store;
    private final Lines lines;
    private final Chains chains;
    private final Map<Long, ChangeRun> decoded = new HashMap<>();
    private final Set<WriterId> waiting = new HashSet<>();
    private boolean branched;

    Linker(LocalStore store, Lines lines, Chains chains) {
        this.store = store;
        this.lines = lines;
        this.chains = chains;
        begin();
    }

    /** Begins a transaction: looks for which writers runs wait by now, since other processes let runs wait, too. */
    void begin() {
        waiting.clear();
        store.runs().waitingWriters().forEach(waiting::add);
    }

    /** The decoded form of runs just stored, by row number, to spare decoding them again. */
    Map<Long, ChangeRun> decoded() {
        return decoded;
    }

    /** Whether a branch was found, which gives changes in the engine another name. */
    boolean branched() {
        return branched;
    }

    /**
     * Links a run. When it was new, the caller goes on with {@link #linkWaiting}.
     *
     * @param origin the start of the writer's chain
     */
    Linked link(DeviceId device, ChangeRun run, ChainPoint origin) {
        Linked linked = place(device, run, origin);
        if (linked.how() == How.WAITS) {
            store.runs().keepWaiting(run.writer(), device, run.before(), run.after(), RunCodec.encode(run));
            waiting.add(run.writer());
        }
        return linked;
    }

    /** Links what waited for a writer's line to reach this far, up to the first branch; returns how many are new. */
    long linkWaiting(WriterId writer, ChainPoint origin) {
        long added = 0;
        boolean progress = waiting.contains(writer);
        while (progress && !branched) {
            progress = false;
            for (WaitingRun kept : store.runs().waiting(writer, greatestEnd(writer))) {
                Linked linked = branched
                        ? new Linked(How.WAITS, 0)
                        : place(kept.device(), Chains.decode(writer, kept.base(), kept.body()), origin);
                if (linked.how() != How.WAITS) {
                    store.runs().removeWaiting(kept.id());
                    added += linked.added();
                    progress |= linked.added() > 0;
                }
            }
        }
        return added;
    }

    private long greatestEnd(WriterId writer) {
        return lines.of(writer).stream()
                .mapToLong(line -> line.end().seq())
                .max()
                .orElse(0);
    }

    private Linked place(DeviceId device, ChangeRun run, ChainPoint origin) {
        List<LineState> known = lines.of(run.writer());
        List<LineState> candidates = known.stream()
                .filter(line -> line.line().device().equals(device))
                .toList();
        if (candidates.isEmpty()) {
            return run.before().equals(origin) ? root(device, run, known) : new Linked(How.WAITS, 0);
        }
        Optional<LineState> start = candidates.stream()
                .filter(line ->
                        !line.isBranch() || line.line().fork() < run.before().seq() || isSecondRoot(line))
                .filter(line -> overlapAgrees(line, run) || startsOn(line, run))
                .filter(line -> !isSecondRoot(line) || run.before().seq() > 0 || agreesAt(line, run, 1))
                .findFirst();
        if (start.isPresent()) {
            return follow(start.get(), run);
        }
        // such a device may begin in several ways too, each of which is a branch beside the others
        return run.before().equals(origin) ? root(device, run, known) : new Linked(How.WAITS, 0);
    }

    /**
     * Begins a writer's chain. When another device has begun one under the same id, both are branches that part before
     * the first change: whichever comes first, neither is the writer's own.
     */
    private Linked root(DeviceId device, ChangeRun run, List<LineState> known) {
        if (known.isEmpty()) {
            Line line = store.runs().addLine(run.writer(), device, run.writer().bytes(), 0, 0);
            append(new LineState(line, run.before()), run, 0);
            return new Linked(How.EXTENDS, run.size());
        }
        LineState trunk = known.stream()
                .filter(line -> !line.isBranch())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("only branches of writer " + run.writer()));
        if (trunk.end().seq() > 0) {
            split(trunk, 0);
        }
        addBranch(device, trunk, run, 0);
        return new Linked(How.BRANCHES, run.size());
    }

    /** Whether the line is the beginning of the chain of a device which was not the first to use the writer's id. */
    private boolean isSecondRoot(LineState line) {
        return line.line().fork() == 0
                && lines.line(line.line().parent())
                        .filter(parent ->
                                !parent.line().device().equals(line.line().device()))
                        .isPresent();
    }

    /**
     * Whether the line has the very point at which the run says it starts.
     *
     * <p>A chain hash holds neither lamport numbers nor wall times, so a device which lies about those it counts from
     * would have its changes differ from one reader to another: such a run never finds its place.
     */
    private boolean startsOn(LineState line, ChangeRun run) {
        return chains.at(line, run.before().seq()).filter(run.before()::equals).isPresent();
    }

    /** Whether the run reaches over the line's end and has the same change there. */
    private static boolean overlapAgrees(LineState line, ChangeRun run) {
        long end = line.end().seq();
        return run.firstSeq() <= end
                && end <= run.lastSeq()
                && run.pointAfter((int) (end - run.firstSeq())).equals(line.end());
    }

    /** Walks from a line on which the run starts to where the run ends or leaves what is known. */
    private Linked follow(LineState start, ChangeRun run) {
        LineState line = start;
        while (true) {
            long end = Math.min(line.end().seq(), run.lastSeq());
            if (!agreesAt(line, run, end)) {
                return branch(line, run, lastShared(line, run, end));
            }
            if (run.lastSeq() <= line.end().seq()) {
                return new Linked(How.KNOWN, 0);
            }
            Optional<LineState> next = childOn(line, run);
            if (next.isEmpty()) {
                return goBeyond(line, run);
            }
            line = next.get();
        }
    }

    private boolean agreesAt(LineState line, ChangeRun run, long seq) {
        return seq < run.firstSeq() || chains.has(line, seq, run.chainHash((int) (seq - run.firstSeq())));
    }

    private Optional<LineState> childOn(LineState line, ChangeRun run) {
        long first = line.end().seq() + 1;
        Bytes hash = run.chainHash((int) (first - run.firstSeq()));
        return lines.children(line).stream()
                .filter(child -> chains.has(child, first, hash))
                .findFirst();
    }

    private Linked goBeyond(LineState line, ChangeRun run) {
        int from = (int) (line.end().seq() + 1 - run.firstSeq());
        if (lines.children(line).isEmpty()) {
            append(line, run, from);
            return new Linked(How.EXTENDS, run.size() - from);
        }
        addBranch(line.line().device(), line, run, from);
        return new Linked(How.BRANCHES, run.size() - from);
    }

    /** The greatest number at which they agree; agreement at one number implies it at all before. */
    private long lastShared(LineState line, ChangeRun run, long end) {
        // a run that began on the way to this line agrees with it from its fork on; before that the line has nothing
        long agreed = Math.max(run.before().seq(), line.line().fork());
        long differs = end;
        while (differs - agreed > 1) {
            long middle = (agreed + differs) >>> 1;
            if (agreesAt(line, run, middle)) {
                agreed = middle;
            } else {
                differs = middle;
            }
        }
        return agreed;
    }

    /** Splits a line behind the last shared change, and puts the rest of the run beside the line's own rest. */
    private Linked branch(LineState line, ChangeRun run, long shared) {
        split(line, shared);
        int from = (int) (shared + 1 - run.firstSeq());
        addBranch(line.line().device(), line, run, from);
        return new Linked(How.BRANCHES, run.size() - from);
    }

    /** Makes what a line has behind a change a branch of it. */
    private void split(LineState line, long shared) {
        ChainPoint fork = chains.at(line, shared).orElseThrow();
        WriterId writer = line.line().writer();
        List<StoredRun> moved = store.runs().ofLine(line.line().no(), shared);
        Bytes actor = branchActor(writer, firstAfter(line, moved, shared).hash());
        Line rest = store.runs()
                .addLine(writer, line.line().device(), actor, line.line().no(), shared);
        store.runs().adopt(line.line().no(), rest.no());
        moved.forEach(stored -> move(line, stored, rest, fork));
    }

    private ChainPoint firstAfter(LineState line, List<StoredRun> moved, long shared) {
        StoredRun stored = moved.get(0);
        ChangeRun run = Chains.decode(line.line().writer(), stored);
        return run.pointAfter((int) (shared + 1 - run.firstSeq()));
    }

    private void move(LineState line, StoredRun stored, Line rest, ChainPoint fork) {
        store.runs().remove(stored.id());
        if (stored.base().seq() >= fork.seq()) {
            store.runs().append(rest.no(), stored.base(), stored.last(), stored.body());
            return;
        }
        ChangeRun run = Chains.decode(line.line().writer(), stored);
        int cut = (int) (fork.seq() + 1 - run.firstSeq());
        store.runs().append(line.line().no(), stored.base(), fork, RunCodec.encode(run.slice(0, cut)));
        store.runs().append(rest.no(), fork, stored.last(), RunCodec.encode(run.slice(cut, run.size())));
    }

    private void addBranch(DeviceId device, LineState parent, ChangeRun run, int from) {
        ChangeRun rest = run.slice(from, run.size());
        Line line = store.runs()
                .addLine(
                        run.writer(),
                        device,
                        branchActor(run.writer(), rest.chainHash(0)),
                        parent.line().no(),
                        rest.before().seq());
        store.runs().append(line.no(), rest.before(), rest.after(), RunCodec.encode(rest));
        branched = true;
    }

    private void append(LineState line, ChangeRun run, int from) {
        ChangeRun rest = run.slice(from, run.size());
        long id = store.runs().append(line.line().no(), rest.before(), rest.after(), RunCodec.encode(rest));
        decoded.put(id, rest);
        line.extendTo(rest.after());
        if (lines.line(line.line().no()).isEmpty()) {
            lines.add(line);
        }
    }

    /** The first 16 bytes of SHA-256("cairn/v1/fork" || writer || chain hash of the branch's first change). */
    static Bytes branchActor(WriterId writer, Bytes firstHash) {
        MessageDigest sha256 = Bytes.newSha256();
        FORK_LABEL.updateTo(sha256);
        writer.bytes().updateTo(sha256);
        firstHash.updateTo(sha256);
        return Bytes.copyOf(sha256.digest(), 0, ACTOR_BYTES);
    }
}
