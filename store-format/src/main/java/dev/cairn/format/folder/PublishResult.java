package dev.cairn.format.folder;

import java.nio.file.Path;

/**
 * What came of writing one file. Everything but {@link Published} leaves the folder as it was; trying again is safe.
 */
public sealed interface PublishResult {
    /**
     * The file is under its name, whole, and was read back equal.
     *
     * @param written false when a file with just these bytes was there already and nothing was touched
     */
    record Published(boolean written) implements PublishResult {}

    /**
     * A disk or its permissions do not let this device write.
     *
     * @param place the folder, or the directory in which its files are staged
     * @param reason names the file and what the disk said
     */
    record ReadOnly(Path place, String reason) implements PublishResult {}

    /**
     * No space or no quota is left.
     *
     * @param place the folder, or the directory in which its files are staged
     * @param reason names the file and what the disk said
     */
    record DiskFull(Path place, String reason) implements PublishResult {}

    /** The folder is missing or detached; see {@link FolderState}. */
    record FolderMissing(FolderState state) implements PublishResult {}

    /** Something else went wrong; {@code reason} names the file and what the disk said. */
    record Failed(String reason) implements PublishResult {}

    /** One line: what stands in the way, and what to do about it; what was done when nothing does. */
    default String advice() {
        if (this instanceof ReadOnly refused) {
            return "cannot write into " + refused.place() + ": " + refused.reason()
                    + ": give yourself the right to write there, or mount its disk for writing";
        }
        if (this instanceof DiskFull full) {
            return "no space left on the disk of " + full.place() + ": " + full.reason() + ": make room";
        }
        if (this instanceof FolderMissing missing) {
            return missing.state().advice();
        }
        return this instanceof Failed failed ? failed.reason() : "published";
    }

    /** Whether the file is now under its name. */
    default boolean published() {
        return this instanceof Published;
    }
}
