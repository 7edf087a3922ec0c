package dev.cairn.replica;

import dev.cairn.replica.Fleet.Device;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The end of a device's process in the middle of its work on the folder, and its start afterwards.
 *
 * <p>The local store is copied as it is at that moment: each of its transactions is forced when it is committed.
 */
final class PowerCut {
    private final Device device;
    private final FaultyFileSystem disk;

    /**
     * Lets the power go at an operation on the folder.
     *
     * @param operation how many go well before
     */
    PowerCut(Device device, int operation) {
        this.device = device;
        this.disk = device.disk.orElseThrow();
        disk.writeBack();
        int[] left = {operation};
        disk.set((what, path) -> {
            if (left[0]-- == 0) {
                disk.cutPower();
                throw new PowerCutError(what + " of " + path);
            }
        });
    }

    /** Whether the power goes during some work; if not, it goes right after it. */
    boolean ends(Runnable work) {
        boolean during = isCut(work);
        disk.cutPower();
        return during;
    }

    /**
     * Starts the device again.
     *
     * @return what the disk has lost
     */
    List<String> startAgain(PowerLoss loss, RandomGenerator random, int number) {
        Space dead = device.space;
        device.moveState(device.name + "-after" + number);
        isCut(dead::close);
        try {
            List<String> losses = disk.restorePower(loss, random);
            device.open();
            return losses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCut(Runnable action) {
        try {
            action.run();
            return false;
        } catch (PowerCutError cut) {
            return true;
        }
    }
}
