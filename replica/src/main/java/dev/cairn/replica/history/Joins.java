package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.List;
import java.util.Optional;

/**
 * Changes without operations that join heads, for a writer which sees more of them than one change can name.
 *
 * <p>Each names as many heads as it may, so that they are heads no longer and the next has so many fewer to name (SPEC
 * section 7):
 *
 * <pre>
 *   h1 .. h64   h65 .. h128   h129, h130
 *        \           \             \
 *        join  ----  join  ----  the change which is to be made
 * </pre>
 */
final class Joins {
    private Joins() {}

    /** The joins which a writer whose line ends at {@code end} needs before its next change, if it needs any. */
    static Optional<ChangeRun> needed(
            DocumentSet documents, ParentNames names, WriterId writer, ChainPoint end, long timeMillis) {
        ActorId own = History.actor(writer);
        List<ChangeId> heads = documents.heads().changes().stream()
                .filter(head -> !head.actor().equals(own))
                .toList();
        ChangeRun.Builder joins = ChangeRun.builder(writer, end);
        int joined = 0;
        while (heads.size() - joined > Limits.PARENTS_MAX) {
            List<ChangeId> some = heads.subList(joined, joined + Limits.PARENTS_MAX);
            joins.add(join(documents, names, joins.after().lamport(), some, timeMillis));
            joined += some.size();
        }
        return joined == 0 ? Optional.empty() : Optional.of(joins.build());
    }

    private static Change join(
            DocumentSet documents, ParentNames names, long previousLamport, List<ChangeId> heads, long timeMillis) {
        long greatest = heads.stream()
                .mapToLong(head -> documents.lamportOf(head.actor()))
                .reduce(previousLamport, Math::max);
        List<ChangeRef> parents = heads.stream().map(names::reference).sorted().toList();
        return new Change(Math.addExact(greatest, 1), timeMillis, parents, Optional.empty(), Bytes.empty());
    }
}
