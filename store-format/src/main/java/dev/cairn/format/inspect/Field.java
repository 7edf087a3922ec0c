package dev.cairn.format.inspect;

/**
 * A stretch of bytes with what it means.
 *
 * @param layer in which bytes it lies
 * @param offset where it begins, in bytes from the start of the layer
 * @param length how many bytes it has
 * @param name what SPEC calls it
 * @param hex its bytes, only the first of them when they are many
 * @param meaning what they say
 */
public record Field(Layer layer, long offset, int length, String name, String hex, String meaning) {
    /** The nested byte sequences of a file. */
    public enum Layer {
        /** The file as it lies in the folder. */
        FILE,
        /** What its encryption protects. */
        PAYLOAD,
        /** The records after decompression. */
        RECORDS,
        /** The changes which the columns of a CHANGES record make, one after another. */
        CHANGES
    }
}
