package dev.cairn.crdt.graph;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All integrated changes of a space, run-length encoded: consecutive changes of one actor which have no other parent
 * are one run.
 *
 * <p>A local version ("lv") numbers changes in the order of integration. Changes below the {@link Base} have no place
 * here; the few which are named all the same (by live map entries of a snapshot) get negative local versions, and are
 * in the past of every change.
 */
public final class EventGraph {
    // Runs r, in order of integration:
    //
    //   lv       0 1 2 3 | 4 5 | 6 7 8 | 9
    //   actor    A A A A | B B | A A A | B      runLv = 0,4,6,9   runActor = A,B,A,B
    //   parents  -       | -   | B:2   | A:7    runParents = lvs of the first change's parents, own previous included
    //
    // Inside a run Lamport numbers are consecutive and each change has the one before as its only parent.
    private final Base base;
    private final Actors actors = new Actors();
    private final List<IntList> runsOfActor = new ArrayList<>();
    private final IntList known = new IntList();
    private final IntList baseSeq = new IntList();
    private final LongList lastLamport = new LongList();

    private final IntList runLv = new IntList();
    private final IntList runActor = new IntList();
    private final IntList runSeq = new IntList();
    private final LongList runLamport = new LongList();
    private final LongList runTime = new LongList();
    private final IntList runParents = new IntList();
    private final IntList runDominant = new IntList();

    // the greatest local version among a run's parents, or -1; all those below runComplete are in the run's past
    private final IntList runNewest = new IntList();
    private final IntList runComplete = new IntList();

    private final IntList parentLvs = new IntList();

    // the parents below the base, of the few runs which have such
    private final Map<Integer, List<ChangeId>> parentsBelow = new HashMap<>();

    private final PackedIntList runOfLv = new PackedIntList();
    private final PackedIntList timeDelta = new PackedIntList();
    private final PackedIntList operationsAddress = new PackedIntList();
    private final PackedIntList operationsLength = new PackedIntList();

    private final HeadSet heads = new HeadSet(runOfLv);
    private final Versions versions = new Versions(this, heads);
    private boolean atBase;

    // what was before a local change, which may be taken back
    private long lamportBefore;

    final Ancestry ancestry = new Ancestry(this);
    private final Prefix prefix = new Prefix(this);
    private final NamedBelow below = new NamedBelow();
    private final Branches branches;

    /** Returns a graph on top of that base; none of its actors is a branch of another. */
    public EventGraph(Base base) {
        this(base, List.of());
    }

    /** Returns a graph on top of that base, whose actors have these branches. */
    public EventGraph(Base base, Collection<Branch> branches) {
        this.base = base;
        this.branches = new Branches(this, branches);
        this.atBase = !base.isNone();
        base.version().sequences().forEach((actor, seq) -> {
            int index = actor(actor);
            known.set(index, Math.toIntExact(seq));
            baseSeq.set(index, Math.toIntExact(seq));
            lastLamport.set(index, base.lamports().getOrDefault(actor, 0L));
        });
    }

    /** Returns the version below which single changes are not known. */
    public Base base() {
        return base;
    }

    /** Returns what the ids inside operations mean. */
    public Branches branches() {
        return branches;
    }

    /** Returns the versions of all that is integrated. */
    public Versions versions() {
        return versions;
    }

    /** Tells whether nothing is integrated above the base. */
    boolean isAtBase() {
        return atBase;
    }

    /** Returns the index of the actor, given at first sight. */
    public int actor(ActorId id) {
        if (!actors.isLast(id) && actors.look(id)) {
            runsOfActor.add(new IntList());
            known.add(0);
            baseSeq.add(0);
            lastLamport.add(0);
        }
        return actors.last();
    }

    /** Returns the index of the actor, or -1 if it was never seen. */
    public int findActor(ActorId id) {
        return actors.find(id);
    }

    /** Returns the name of an actor. */
    public ActorId actorId(int actor) {
        return actors.id(actor);
    }

    /** Returns how many actors were seen. */
    public int actorCount() {
        return actors.size();
    }

    /** Returns the highest integrated sequence number of an actor, or 0. */
    public int known(int actor) {
        return known.get(actor);
    }

    /** Returns the highest sequence number of an actor below the base, or 0. */
    int baseSeq(int actor) {
        return baseSeq.get(actor);
    }

    /** Returns the Lamport number of the actor's last integrated change, or 0. */
    public long lastLamport(int actor) {
        return lastLamport.get(actor);
    }

    /** Returns how many changes are integrated, those below the base not counted. */
    public int size() {
        return runOfLv.size();
    }

    /** Returns how many runs there are. */
    int runCount() {
        return runLv.size();
    }

    /**
     * Returns the greatest Lamport number among the parents of the actor's next change, or -1 if that change is
     * concurrent with the base, so that nothing can be said without the history.
     */
    public long parentLamport(int actor, List<ChangeId> parents) {
        long greatest = lastLamport.get(actor);
        boolean above = known.get(actor) > baseSeq.get(actor) || base.isNone();
        for (int i = 0; i < parents.size(); i++) {
            ChangeId parent = parents.get(i);
            int lv = lvOf(actor(parent.actor()), (int) parent.seq());
            if (lv >= 0) {
                above = true;
                greatest = Math.max(greatest, lamport(lv));
            } else {
                greatest = Math.max(greatest, base.lamportOfHead(parent));
            }
        }
        return above || seesBase(actor, parents) ? greatest : -1;
    }

    private boolean seesBase(int actor, List<ChangeId> parents) {
        for (ChangeId head : base.heads().changes()) {
            if (!parents.contains(head) && !head.actor().equals(actors.id(actor))) {
                return false;
            }
        }
        return true;
    }

    /** Appends the actor's next change, all of whose parents are integrated, and returns its local version. */
    public int add(int actor, List<ChangeId> parents, long lamport, long time, int address, int length) {
        int lv = runOfLv.size();
        if (!extendsRun(actor, parents, time)) {
            startRun(actor, parents, lamport, time, lv);
        } else {
            heads.continued(lv);
        }
        int run = runLv.size() - 1;
        runOfLv.add(run);
        timeDelta.add((int) (time - runTime.get(run)));
        operationsAddress.add(address);
        operationsLength.add(length);
        known.set(actor, known.get(actor) + 1);
        lastLamport.set(actor, lamport);
        atBase = false;
        return lv;
    }

    /**
     * Appends the next change of an actor who knows everything, as yet without operations; it may be taken back with
     * {@link #removeLocal} until another one is added.
     *
     * @param parents the {@link Versions#headsOfOthers}
     */
    public int addLocal(int actor, List<ChangeId> parents, long time) {
        heads.remember();
        lamportBefore = lastLamport.get(actor);
        return add(actor, parents, parentLamport(actor, parents) + 1, time, 0, 0);
    }

    private boolean extendsRun(int actor, List<ChangeId> parents, long time) {
        int run = runLv.size() - 1;
        if (run < 0 || !parents.isEmpty() || runActor.get(run) != actor) {
            return false;
        }
        long delta = time - runTime.get(run);
        return delta == (int) delta;
    }

    private void startRun(int actor, List<ChangeId> parents, long lamport, long time, int lv) {
        runParents.add(parentLvs.size());
        int own = lvOf(actor, known.get(actor));
        if (own >= 0) {
            parentLvs.add(own);
        }
        for (int i = 0; i < parents.size(); i++) {
            ChangeId parent = parents.get(i);
            int parentLv = lvOf(actor(parent.actor()), (int) parent.seq());
            if (parentLv >= 0) {
                parentLvs.add(parentLv);
            } else {
                parentsBelow
                        .computeIfAbsent(runLv.size(), run -> new ArrayList<>())
                        .add(parent);
            }
        }
        joinParents(runParents.last());
        runDominant.add(heads.size() == 0 ? 1 : 0);
        heads.started(lv);
        runsOfActor.get(actor).add(runLv.size());
        runLv.add(lv);
        runActor.add(actor);
        runSeq.add(known.get(actor) + 1);
        runLamport.add(lamport);
        runTime.add(time);
        ancestry.started();
    }

    /** Notes what the parents of a new run mean: they are heads no longer, and what they know, it knows. */
    private void joinParents(int from) {
        int newest = -1;
        int complete = 0;
        for (int i = from; i < parentLvs.size(); i++) {
            int parent = parentLvs.get(i);
            int run = runOfLv.get(parent);
            newest = Math.max(newest, parent);
            complete = Math.max(complete, runDominant.get(run) != 0 ? parent + 1 : runComplete.get(run));
            heads.seen(parent);
        }
        runNewest.add(newest);
        runComplete.add(complete);
    }

    /** Takes back the last change, which was added by {@link #addLocal}. */
    public void removeLocal() {
        int lv = runOfLv.size() - 1;
        int run = runOfLv.last();
        int actor = runActor.get(run);
        if (runLv.get(run) == lv) {
            parentLvs.truncate(runParents.last());
            IntList runs = runsOfActor.get(actor);
            runs.truncate(runs.size() - 1);
            for (IntList column : List.of(runLv, runActor, runSeq, runParents, runDominant, runNewest, runComplete)) {
                column.truncate(run);
            }
            heads.ended(run);
            parentsBelow.remove(run);
            runLamport.truncate(run);
            runTime.truncate(run);
            ancestry.ended(run);
        }
        for (PackedIntList column : List.of(runOfLv, timeDelta, operationsAddress, operationsLength)) {
            column.truncate(lv);
        }
        known.set(actor, known.get(actor) - 1);
        lastLamport.set(actor, lamportBefore);
        heads.restore();
        prefix.ended(lv);
        atBase = lv == 0 && !base.isNone();
    }

    /** Says where the operations of the last change, added with unknown ones, are. */
    public void setOperationsOfLast(int address, int length) {
        operationsAddress.setLast(address);
        operationsLength.setLast(length);
    }

    /** Returns the local version of a change: -1 if it is below the base or not integrated. */
    public int lvOf(int actor, int seq) {
        if (seq <= baseSeq.get(actor) || seq > known.get(actor)) {
            return -1;
        }
        IntList runs = runsOfActor.get(actor);
        int low = 0;
        int high = runs.size() - 1;
        if (runSeq.get(runs.get(high)) <= seq) {
            low = high;
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runSeq.get(runs.get(middle)) <= seq) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int run = runs.get(low);
        return runLv.get(run) + seq - runSeq.get(run);
    }

    /** Returns the run of a change. */
    public int runOf(int lv) {
        return runOfLv.get(lv);
    }

    /** Returns the first local version of a run. */
    public int runStart(int run) {
        return runLv.get(run);
    }

    /** Returns the actor of a run. */
    public int actorOfRun(int run) {
        return runActor.get(run);
    }

    /** Tells whether every change of the run has all changes integrated before it in its past. */
    public boolean runDominates(int run) {
        return runDominant.get(run) != 0;
    }

    /** Returns the greatest local version among the parents of a run's first change, or -1. */
    public int newestParent(int run) {
        return runNewest.get(run);
    }

    /**
     * Returns the greatest local version of another actor's change in the past of a run, or more: whatever the actor
     * did itself since it heard of others is left out. Returns -1 if there is none.
     */
    public int newestParentOfLine(int run) {
        return runNewest.get(ancestry.rootOf(run));
    }

    /** Tells whether an actor heard of nobody else between two of its runs. */
    public boolean havePastInCommon(int run, int other) {
        return ancestry.rootOf(run) == ancestry.rootOf(other);
    }

    /** Returns a local version below which all changes are in the past of a run; not always the greatest such one. */
    int completeBelow(int run) {
        return runDominates(run) ? runLv.get(run) : runComplete.get(run);
    }

    /** Returns per actor the highest sequence number among the changes below a local version. */
    int[] versionBelow(int lv) {
        return prefix.version(lv);
    }

    /** Returns the sequence number of the actor's last change below a local version, or 0. */
    int seqBelow(int actor, int lv) {
        IntList runs = runsOfActor.get(actor);
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runLv.get(runs.get(middle)) < lv) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return 0;
        }
        int run = runs.get(low - 1);
        return runSeq.get(run) + Math.min(lv, runEnd(run)) - runLv.get(run) - 1;
    }

    /** Returns the local version behind the last change of a run. */
    int runEnd(int run) {
        return run + 1 < runLv.size() ? runLv.get(run + 1) : size();
    }

    int parentsFrom(int run) {
        return runParents.get(run);
    }

    int parentsTo(int run) {
        return run + 1 < runParents.size() ? runParents.get(run + 1) : parentLvs.size();
    }

    int parentLv(int index) {
        return parentLvs.get(index);
    }

    /** Returns the actor of a change. */
    public int actorOf(int lv) {
        return lv < 0 ? actor(below.id(lv).actor()) : runActor.get(runOfLv.get(lv));
    }

    /** Returns the sequence number of a change. */
    public int seqOf(int lv) {
        if (lv < 0) {
            return (int) below.id(lv).seq();
        }
        int run = runOfLv.get(lv);
        return runSeq.get(run) + lv - runLv.get(run);
    }

    /** Returns the Lamport number of a change. */
    public long lamport(int lv) {
        if (lv < 0) {
            return below.lamport(lv);
        }
        int run = runOfLv.get(lv);
        return runLamport.get(run) + lv - runLv.get(run);
    }

    /** Returns the wall time of a change in milliseconds. */
    public long time(int lv) {
        return lv < 0 ? below.time(lv) : runTime.get(runOfLv.get(lv)) + timeDelta.get(lv);
    }

    /** Returns the name of a change. */
    public ChangeId id(int lv) {
        return lv < 0 ? below.id(lv) : new ChangeId(actors.id(actorOf(lv)), seqOf(lv));
    }

    /** Returns the address of a change's operations. */
    public int operationsAddress(int lv) {
        return operationsAddress.get(lv);
    }

    /** Returns the length of a change's operations. */
    public int operationsLength(int lv) {
        return operationsLength.get(lv);
    }

    /** Returns the parents among other actors of a change, sorted. */
    public List<ChangeId> parents(int lv) {
        int run = runOfLv.get(lv);
        if (runLv.get(run) != lv) {
            return List.of();
        }
        List<ChangeId> parents = new ArrayList<>(parentsBelow.getOrDefault(run, List.of()));
        for (int i = parentsFrom(run); i < parentsTo(run); i++) {
            if (actorOf(parentLvs.get(i)) != runActor.get(run)) {
                parents.add(id(parentLvs.get(i)));
            }
        }
        parents.sort(null);
        return parents;
    }

    /** Gives a change below the base, which is in the past of all others, a negative local version. */
    public int nameBelow(ChangeId id, long lamport, long time) {
        return below.name(id, lamport, time);
    }

    /**
     * Returns per actor the highest sequence number in the past of the first change of a run; missing actors have 0.
     * The number of the run's own actor may be too low: all its earlier changes are in the past anyway. What is below
     * the base counts nothing here, for it is in every past.
     */
    public int[] pastOf(int run) {
        return ancestry.pastOf(run);
    }

    /** Tells whether one change is in the past of another, or the same. */
    public boolean inPast(int earlier, int later) {
        if (earlier < 0 || earlier == later) {
            return true;
        }
        if (earlier > later) {
            return false;
        }
        int run = runOfLv.get(later);
        if (runDominates(run) || earlier < runComplete.get(run) || earlier >= runLv.get(run)) {
            return true;
        }
        if (earlier > runNewest.get(run)) {
            return false;
        }
        int actor = actorOf(earlier);
        if (actor == runActor.get(run)) {
            return true;
        }
        int[] past = pastOf(run);
        return actor < past.length && seqOf(earlier) <= past[actor];
    }

    /** Tells whether a change, integrated or not, is in the past of an integrated one, or the same. */
    boolean inPast(ChangeId change, int later) {
        int actor = findActor(change.actor());
        if (actor < 0 || change.seq() > known.get(actor)) {
            return false;
        }
        return inPast(lvOf(actor, (int) change.seq()), later);
    }

    /** Compares two changes by (Lamport number, actor): the order in which concurrent assignments win. */
    public int compare(int a, int b) {
        int byLamport = Long.compare(lamport(a), lamport(b));
        if (byLamport != 0 || a == b) {
            return byLamport;
        }
        return actors.id(actorOf(a)).compareTo(actors.id(actorOf(b)));
    }
}
