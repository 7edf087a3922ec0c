package dev.cairn.format.file;

/** To which size the payload of a file is filled up, so that its length tells little. */
public enum Padding {
    /** As it is; for folders whose owner is trusted. */
    NONE,
    /** The next size of the Padme series (Nikitin et al., PETS 2019), at least 1 KiB: at most 12 % more. */
    PADME;

    private static final int PADME_MIN = 1 << 10;

    /** The size to which {@code size} bytes are filled up. */
    public int padded(int size) {
        return this == NONE ? size : Math.max(PADME_MIN, padme(size));
    }

    private static int padme(int size) {
        if (size < 2) {
            return size;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(size);
        int significant = 32 - Integer.numberOfLeadingZeros(exponent);
        int mask = (1 << (exponent - significant)) - 1;
        return (size + mask) & ~mask;
    }
}
