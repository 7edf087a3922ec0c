package dev.cairn.system.mutant;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.system.mutant.Mutant.Fault;
import dev.cairn.system.mutant.Mutant.Fault.Instead;
import dev.cairn.system.mutant.Mutant.Fault.Without;
import dev.cairn.system.mutant.Mutant.Stage;
import java.util.List;
import java.util.Set;

/** The faults which the fleets must find, from the disk to the election. */
final class Mutants {
    private static final String WRITER = "format.folder.AtomicWriter";
    private static final String OUTBOX = "replica.outbox.Outbox";
    private static final String DELIVERY = "replica.outbox.Delivery";
    private static final String SEGMENT_MERGING = "replica.outbox.SegmentMerging";
    private static final String RESCUE = "replica.compaction.Rescue";
    private static final String REFRESH = "replica.FileKeeper";

    static final List<Mutant> ALL = List.of(
            // files
            of("a file of equal size is taken for equal", WRITER, "equal", Instead.returning(true)),
            of("a file may be older than the one it replaces", WRITER, "makeNewer", Instead.nothing()),
            of("a full disk counts as success", "format.folder.PublishResult", "published", Instead.returning(true))
                    .and(OUTBOX, "audit", Instead.returning(0)),
            of("half a file is taken for whole", "format.file.Envelope", "whole", new Without("equals")),

            // what this device writes
            of("own files are never looked after", OUTBOX, "audit", Instead.returning(0)),
            of("a damaged own file is left as it is", DELIVERY, "differs", Instead.returning(false))
                    .and(RESCUE, "step", Instead.returning(false)),
            of("a segment which nothing covers is given up", SEGMENT_MERGING, "isCovered", Instead.returning(true)),
            of("nothing is sealed", OUTBOX, "sealTail", Instead.nothing()).in(Company.SEALED, Company.COMPACTING),
            of("no head is made", OUTBOX, "sealHead", Instead.nothing()),
            of("a copy of this device is not noticed", OUTBOX, "isForeign", Instead.returning(false))
                    .and(REFRESH, "showsTakeover", Instead.returning(false))
                    .and(REFRESH, "isShared", Instead.returning(false))
                    .and(REFRESH, "link", new Without("equals"))
                    .on(Stage.COPIES),
            of("a cloned device goes on with its old name", REFRESH, "goOnAsNewWriter", Instead.nothing()),
            of("what was written under an old name is not published", OUTBOX, "sealEverything", Instead.nothing())
                    .on(Stage.COPIES),
            of("a restored device writes before it reads", "replica.Publisher", "lookFirst", Instead.nothing())
                    .on(Stage.COPIES),

            // what others write
            of("a changed file is not read again", "replica.inbox.Inbox", "same", Instead.returning(true)),
            of(
                    "half a file is never read again",
                    "replica.store.KnownFile",
                    "worthAnotherLook",
                    Instead.returning(false)),
            of("new keys open nothing that waits", "replica.inbox.Inbox", "reconsider", Instead.returning(false)),
            of("heads are not taken in", REFRESH, "keepHead", Instead.returning(false)),
            of("what came too early waits for ever", "replica.history.Linker", "linkWaiting", Instead.returning(0L))
                    .in(Company.SEALED),
            of("two branches are one", "replica.history.Linker", "agreesAt", Instead.returning(true)),
            of("a run may start anywhere", "replica.history.Linker", "startsOn", Instead.returning(true))
                    .in(Company.HOSTILE),
            of("any member entry counts as signed", "format.membership.Roster", "signed", Instead.returning(true))
                    .in(Company.HOSTILE),
            of("what was lost is not written again", RESCUE, "step", Instead.returning(false))
                    .in(Company.HOSTILE),
            of("lost changes are not put into a checkpoint", RESCUE, "lacksChanges", Instead.returning(false))
                    .in(Company.HOSTILE),
            of(
                            "changes of a displaced device go on to count",
                            "replica.history.Held",
                            "holds",
                            Instead.returning(false))
                    .on(Stage.STRANGERS),
            of(
                            "what a member built on does not count",
                            "replica.history.CountedRuns",
                            "wanted",
                            Instead.returningNone())
                    .on(Stage.STRANGERS),
            of("files of a displaced device are not judged again", "replica.inbox.Inbox", "forget", Instead.nothing())
                    .on(Stage.STRANGERS),

            // the engine
            of("changes are applied before their parents", "crdt.Timeline", "parentsReady", Instead.returning(true)),
            of("every change knows all others", "crdt.graph.EventGraph", "inPast", Instead.returning(true)),
            of("no change knows another", "crdt.graph.EventGraph", "inPast", Instead.returning(false)),
            of("the newest arrival wins", "crdt.graph.EventGraph", "compare", Instead.returning(1)),

            // compaction
            of("nobody is waited for", "replica.compaction.Fellows", "missing", Instead.returningNone())
                    .in(Company.COMPACTING),
            inScenes("a checkpoint need not be whole", "replica.compaction.Reliance", "whole", Instead.returning(true)),
            inScenes(
                    "a checkpoint need not be attested",
                    "replica.compaction.Fellows",
                    "attest",
                    Instead.returning(true)),
            of("files go before the head says so", OUTBOX, "announced", Instead.returning(true))
                    .in(Company.LEADER, Company.SEALED),
            inScenes(
                    "a device acknowledges what it lacks",
                    "replica.compaction.Retirement",
                    "has",
                    Instead.returning(true)),
            inScenes(
                    "a lost checkpoint is not noticed",
                    "replica.compaction.Withdrawing",
                    "publishUncovered",
                    Instead.returning(false)),
            inScenes(
                    "any checkpoint covers any other",
                    "replica.compaction.Coverage",
                    "covers",
                    Instead.returning(true)),
            inScenes(
                    "a listed file goes whatever is in the folder",
                    "replica.compaction.Withdrawing",
                    "isCovered",
                    Instead.returning(true)),

            // election
            of("one vote is enough", "election.protocol.Poll", "hasQuorum", Instead.returning(true))
                    .and("election.protocol.Tenure", "quorumUntil", Instead.returning(Long.MAX_VALUE / 4))
                    .on(Stage.NIGHTS),
            of("a lease never ends", "election.protocol.Tenure", "until", Instead.returning(Long.MAX_VALUE / 4))
                    .on(Stage.NIGHTS),
            of("a device votes for whoever asks", "election.protocol.Allegiance", "isFreeFor", Instead.returning(true))
                    .and("election.protocol.Voting", "mayVote", Instead.returning(true))
                    .on(Stage.NIGHTS),

            // what can be seen from outside
            of("segments are never merged", OUTBOX, "merge", Instead.returning(false))
                    .on(Stage.BUSY),
            of("nothing is said of files that are damaged", "replica.StatusReport", "files", Instead.returningNone()),
            of("a signature of anybody will do", "format.crypto.VerifyingKey", "verify", Instead.returning(true))
                    .in(Company.HOSTILE));

    private Mutants() {}

    private static Mutant of(String name, String type, String method, Fault fault) {
        return Mutant.of(name, type, method, fault);
    }

    private static Mutant inScenes(String name, String type, String method, Fault fault) {
        return of(name, type, method, fault).on(Stage.SCENES);
    }

    /** Those which a few fleets find in a moment, a sample for each check. */
    static List<Mutant> quick() {
        return ALL.stream().filter(mutant -> QUICK.contains(mutant.name())).toList();
    }

    private static final Set<String> QUICK = Set.of(
            "own files are never looked after",
            "a changed file is not read again",
            "changes are applied before their parents");
}
