package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;

/**
 * A file which its writer wants to withdraw.
 *
 * @param ordinal its number among the writer's segments
 * @param digest the SHA-256 of the whole file
 */
public record ListedFile(long ordinal, Bytes digest) implements Comparable<ListedFile> {
    /** Checks the ranges. */
    public ListedFile {
        if (ordinal < 1 || ordinal > Limits.ORDINAL_MAX || digest.size() != PartRef.DIGEST_SIZE) {
            throw new IllegalArgumentException("file " + ordinal + " with a digest of " + digest.size() + " bytes");
        }
    }

    /** The name of the file in its writer's directory. */
    public FileName.Numbered name() {
        return new FileName.Numbered(
                FileKind.SEGMENT, ordinal, digest.toHex().substring(0, FileName.Numbered.DIGEST_DIGITS));
    }

    /** By number, then digest. */
    @Override
    public int compareTo(ListedFile other) {
        int byOrdinal = Long.compare(ordinal, other.ordinal);
        return byOrdinal != 0 ? byOrdinal : digest.compareTo(other.digest);
    }
}
