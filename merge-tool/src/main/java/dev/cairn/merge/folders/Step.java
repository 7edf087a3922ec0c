package dev.cairn.merge.folders;

import java.util.Locale;

/**
 * What is done with one file, and why.
 *
 * @param what what is done
 * @param path where the file was found
 * @param target where it goes; where it was found if it goes nowhere
 * @param size its size
 * @param text why, as the rest of a sentence that begins with the path
 */
public record Step(What what, String path, String target, long size, String text) {
    /** What is done with a file. */
    public enum What {
        /** It is put where its writer would have put it. */
        COPY,
        /** It takes the place of a damaged one. */
        REPAIR,
        /** It is a newer heartbeat and takes the place of an older one, all of whose changes are elsewhere. */
        REPLACE,
        /** It is a newer heartbeat and takes the place of an older one, which is kept beside it. */
        REPLACE_AND_KEEP,
        /** It is an older heartbeat with changes which are nowhere else, and is put beside the newer one. */
        BESIDE,
        /** It, or all that is in it, is there already. */
        KNOWN,
        /** It is not taken: damaged, false, or of another space. */
        REFUSED;

        /** A stable word in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a file is written. */
        public boolean writes() {
            return this != KNOWN && this != REFUSED;
        }
    }
}
