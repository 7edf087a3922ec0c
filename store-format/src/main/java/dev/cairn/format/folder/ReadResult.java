package dev.cairn.format.folder;

import dev.cairn.format.Bytes;
import java.time.Duration;

/** What came of reading one file of the folder. None of these says anything about the other files. */
public sealed interface ReadResult {
    /** The file's bytes as they were at some moment; whether they are whole and true is not known yet. */
    record Content(Bytes bytes) implements ReadResult {}

    /** A file of somebody else: it does not begin with the magic of a Cairn file. The rest was not read. */
    record Foreign() implements ReadResult {}

    /** The file is not there any more; sync tools remove a file for a moment before they replace it. */
    record Gone() implements ReadResult {}

    /** The file is larger than the caller's limit, by its size or while it was read. Nothing was kept. */
    record TooLarge(long size, long maxBytes) implements ReadResult {}

    /** There is something else under the name: a symbolic link, a directory, a pipe; or a parent is a symbolic link. */
    record NotRegular(String what) implements ReadResult {}

    /** The disk or the sync tool refused; {@code reason} is what it said. */
    record Unreadable(String reason) implements ReadResult {}

    /** The bytes did not come in time: usually a placeholder whose content is still with the provider. */
    record TimedOut(Duration after) implements ReadResult {}
}
