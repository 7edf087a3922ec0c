package dev.cairn.format.folder;

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

    /** The folder, its disk or its permissions do not let this device write. */
    record ReadOnly(String reason) implements PublishResult {}

    /** No space or no quota is left. */
    record DiskFull(String reason) implements PublishResult {}

    /** The folder is missing or detached; see {@link FolderState}. */
    record FolderMissing(FolderState state) implements PublishResult {}

    /** Something else went wrong; {@code reason} names the file and what the disk said. */
    record Failed(String reason) implements PublishResult {}

    /** Whether the file is now under its name. */
    default boolean published() {
        return this instanceof Published;
    }
}
