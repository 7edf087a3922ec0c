package dev.cairn.format.file;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;

/**
 * A finished file which waits to be published.
 *
 * @param writer whose directory it belongs into
 * @param name its name in that directory
 * @param content all bytes
 */
public record SealedFile(WriterId writer, FileName name, Bytes content) {
    /** The path below the folder, with '/' between the components. */
    public String path() {
        return name.path(writer);
    }

    /** The SHA-256 of the whole file, which identifies it wherever it turns up. */
    public Bytes digest() {
        return content.sha256();
    }
}
