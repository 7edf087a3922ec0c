package dev.cairn.replica.compaction;

import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.replica.history.History;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which checkpoint holds what another holds. */
final class Coverage {
    private Coverage() {}

    /**
     * Whether one cut, all of which is known here, reaches everywhere as far as the other. Of a writer which is known
     * here to have branches the larger one must name every end that the smaller one names, or as many as there are: a
     * number alone does not tell which branch it is on, nor whether it is on one that is not known here at all.
     */
    static boolean covers(History history, CheckpointBody larger, CheckpointBody smaller) {
        Set<CutPoint> points = new HashSet<>(larger.cut());
        Map<WriterId, Integer> ends = new HashMap<>();
        Map<WriterId, Long> least = new HashMap<>();
        for (CutPoint point : larger.cut()) {
            ends.merge(point.writer(), 1, Integer::sum);
            least.merge(point.writer(), point.seq(), Math::min);
        }
        return smaller.cut().stream().allMatch(point -> {
            boolean allBranches = ends.getOrDefault(point.writer(), 0) >= history.ends(point.writer());
            boolean reaches = allBranches && least.getOrDefault(point.writer(), 0L) >= point.seq();
            return points.contains(point) || (reaches && history.has(point.writer(), point.seq(), point.chain()));
        });
    }
}
