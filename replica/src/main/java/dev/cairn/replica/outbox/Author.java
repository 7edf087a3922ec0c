package dev.cairn.replica.outbox;

import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.Signatory;
import java.util.Optional;

/**
 * Who writes: this device under its current writer id.
 *
 * @param writer the current incarnation
 * @param previous the incarnation before, if any
 * @param origin the start of the writer's chain
 * @param sealer encrypts its files under the current epoch's key
 * @param signatory the device that signs them
 * @param deviceName the name the device gives itself
 * @param mayWrite whether the device's role lets it make changes
 */
public record Author(
        WriterId writer,
        Optional<WriterId> previous,
        ChainPoint origin,
        Sealer sealer,
        Signatory signatory,
        String deviceName,
        boolean mayWrite) {

    /** The device. */
    public DeviceId device() {
        return signatory.device();
    }
}
