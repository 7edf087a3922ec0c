package dev.cairn.format.folder;

/** What came of deleting one own file. */
public sealed interface DeleteResult {
    /** The file was there and is not any more. */
    record Deleted() implements DeleteResult {}

    /** There was no such file. */
    record AlreadyGone() implements DeleteResult {}

    /** The folder is missing or detached, so absence would mean nothing; see {@link FolderState}. */
    record FolderMissing(FolderState state) implements DeleteResult {}

    /** The file is still there; {@code reason} names it and what the disk said. */
    record Failed(String reason) implements DeleteResult {}
}
