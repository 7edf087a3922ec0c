package dev.cairn.merge.conflicts;

import java.nio.file.Path;

/**
 * A file whose name looks like a conflict copy's.
 *
 * @param copy the file
 * @param original the file it may be a copy of, there or not
 * @param name what its name says
 */
record Candidate(Path copy, Path original, CopyName name) {}
