package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What compaction has done in a space, and what holds it back, as far as this device knows. A value.
 *
 * @param checkpoints the checkpoints in the folder, the one with the most changes first
 * @param lists this device's retirement lists under way
 * @param retiredThrough up to which of its changes this device has withdrawn its segments; 0 for none
 * @param segments this device's segments in the folder
 * @param segmentBytes their size
 * @param deleting files of this device which are about to be deleted
 * @param alone whether no other device is a member
 * @param holds one line each: what is waited for
 */
public record CompactionStatus(
        List<Checkpoint> checkpoints,
        List<RetirementList> lists,
        long retiredThrough,
        int segments,
        long segmentBytes,
        int deleting,
        boolean alone,
        List<String> holds) {

    public CompactionStatus {
        checkpoints = List.copyOf(checkpoints);
        lists = List.copyOf(lists);
        holds = List.copyOf(holds);
    }

    /**
     * A checkpoint.
     *
     * @param digest by which it is acknowledged
     * @param device who made it
     * @param deviceName the name of that device
     * @param time its clock
     * @param changes how many changes it reaches to, over all writers
     * @param bytes the size of its image
     * @param whole whether all its parts are in the folder
     * @param verdict {@code unread}, {@code sound}, {@code verified} or {@code refused}, by this device
     * @param relied whether segments may be withdrawn for it
     * @param problem why it is refused, else empty
     */
    public record Checkpoint(
            Bytes digest,
            DeviceId device,
            String deviceName,
            Instant time,
            long changes,
            long bytes,
            boolean whole,
            String verdict,
            boolean relied,
            String problem) {}

    /**
     * A retirement list under way.
     *
     * @param files how many segments it names
     * @param state {@code proposed}, {@code withdrawn} or {@code deleting}
     * @param waitsFor the names of active devices which have not acknowledged it
     * @param remaining how much longer it waits when all have; nothing when its checkpoint is not verified
     */
    public record RetirementList(int files, String state, List<String> waitsFor, Optional<Duration> remaining) {
        public RetirementList {
            waitsFor = List.copyOf(waitsFor);
        }
    }
}
