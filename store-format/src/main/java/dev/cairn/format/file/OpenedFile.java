package dev.cairn.format.file;

import dev.cairn.format.Bytes;
import java.util.List;

/**
 * A file which was decrypted: authentic for everybody who has the epoch key, and not yet for any device.
 *
 * @param header now authenticated
 * @param digest the SHA-256 of the whole file
 * @param payload what was encrypted: the compressed records and their filling
 * @param records all records in their order, those of unknown types included
 */
public record OpenedFile(EnvelopeHeader header, Bytes digest, Bytes payload, List<FileRecord> records) {
    /** Copies the list. */
    public OpenedFile {
        records = List.copyOf(records);
    }
}
