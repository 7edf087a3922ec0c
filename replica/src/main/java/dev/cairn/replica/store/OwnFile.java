package dev.cairn.replica.store;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;

/**
 * A file this device has made for the folder.
 *
 * @param id the row number
 * @param writer in whose directory it belongs
 * @param name its name there
 * @param ordinal its number among the files of its kind
 * @param firstSeq the first change in it; 0 in files without changes
 * @param lastSeq the last change in it; 0 in files without changes
 * @param size its size in bytes
 * @param digest its SHA-256
 * @param state how far it is
 */
public record OwnFile(
        long id,
        WriterId writer,
        FileName name,
        long ordinal,
        long firstSeq,
        long lastSeq,
        int size,
        Bytes digest,
        State state) {

    /** The way of a file. */
    public enum State {
        /** Durable here, to be written into the folder. */
        TO_PUBLISH,
        /** Written into the folder; written again when it vanishes. */
        PUBLISHED,
        /** Replaced by a published and re-read file; to be deleted from the folder. */
        TO_RETIRE
    }
}
