package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.util.List;

/**
 * What the newest head of a writer says about files that may go, and when it came.
 *
 * @param writer the writer
 * @param device its device
 * @param acknowledged the checkpoints and lists it acknowledges
 * @param retiredThrough up to where the writer has withdrawn its segments
 * @param movedAt this device's running time when the counter was seen to move last, in milliseconds
 */
public record HeadNote(WriterId writer, DeviceId device, List<Bytes> acknowledged, long retiredThrough, long movedAt) {
    /** Copies the list. */
    public HeadNote {
        acknowledged = List.copyOf(acknowledged);
    }
}
