package dev.cairn.merge.mirror;

import java.util.Optional;

/**
 * What is to be done with a file and its document, by what they said when they last agreed. Deleting loses against
 * editing.
 */
enum Course {
    /** They say the same, or neither is there. */
    AGREED,
    /** Only the file has changed: the document follows. */
    TO_SPACE,
    /** Only the document has changed: the file follows. */
    TO_FILE,
    /** Both have changed, or nobody knows what was before: one text is made of both. */
    MERGE;

    /** The course for these three; nothing stands for what is not there. */
    static Course of(Optional<String> agreed, Optional<String> file, Optional<String> document) {
        if (file.equals(document)) {
            return AGREED;
        }
        if (document.equals(agreed)) {
            return TO_SPACE;
        }
        if (file.equals(agreed)) {
            return TO_FILE;
        }
        if (document.isEmpty()) {
            return TO_SPACE;
        }
        if (file.isEmpty()) {
            return TO_FILE;
        }
        return MERGE;
    }
}
