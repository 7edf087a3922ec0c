package dev.cairn.replica;

import java.util.SortedSet;

/**
 * What one {@link Space#refresh()} did.
 *
 * @param folder whether the folder could be listed
 * @param filesListed regular files in the folder
 * @param filesRead files opened because they were new or had changed
 * @param filesNotVerified files which are candidates and not verified yet; {@link Space#status()} gives the reasons
 * @param changes changes taken in from other devices or processes
 * @param changesWaiting changes held back because something they build on has not come
 * @param documents names of the documents which changed
 */
public record RefreshReport(
        SpaceStatus.FolderState folder,
        int filesListed,
        int filesRead,
        int filesNotVerified,
        long changes,
        long changesWaiting,
        SortedSet<String> documents) {

    public RefreshReport {
        documents = java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(documents));
    }

    /** Whether documents changed. */
    public boolean changedAnything() {
        return !documents.isEmpty();
    }
}
