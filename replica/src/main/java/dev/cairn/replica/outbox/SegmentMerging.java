package dev.cairn.replica.outbox;

import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes few large segments of many small ones, so that the files in the folder grow with the logarithm of changes.
 *
 * <p>A segment's class goes by its size in the folder and its limit by the changes before compression, so that a full
 * one may be of any class. What turns out to be full, or to have neighbours with which it would not become much fewer,
 * is left alone in that class from then on. What is small enough to stay in its class is merged again with the next
 * seven.
 */
final class SegmentMerging {
    /** Files of one size class that are merged into one of the next. */
    private static final int MERGE_FILES = 8;
    /** The sizes at which a segment belongs to the next class, in bytes. */
    private static final int[] CLASS_BYTES = {128 << 10, 1 << 20, 8 << 20};

    private final LocalStore store;
    private final History history;
    private final Ledger ledger;
    private final Segments segments;

    SegmentMerging(LocalStore store, History history, Ledger ledger, Segments segments) {
        this.store = store;
        this.history = history;
        this.ledger = ledger;
        this.segments = segments;
    }

    /**
     * Merges eight published segments of one size class, neighbours in the chain, into one of the next class, or into
     * as few as can hold them. The old ones are deleted when the outbox is published, after the new ones were written
     * and read back.
     *
     * @return whether anything was merged
     */
    boolean merge(Author author, Progress progress) {
        if (!author.mayWrite() || store.own().count(OwnFile.State.TO_PUBLISH) > 0) {
            return false;
        }
        retireMerged(author.writer());
        for (int sizeClass = 0; sizeClass < CLASS_BYTES.length; sizeClass++) {
            List<OwnFile> files = neighbours(author.writer(), sizeClass);
            if (files.size() >= MERGE_FILES && merge(author, sizeClass, files, progress)) {
                return true;
            }
        }
        return false;
    }

    private List<OwnFile> neighbours(WriterId writer, int sizeClass) {
        long settled = ledger.settledThrough(writer, sizeClass);
        List<OwnFile> row = new ArrayList<>();
        for (OwnFile file : published(writer)) {
            boolean joins = row.isEmpty() || row.get(row.size() - 1).lastSeq() + 1 == file.firstSeq();
            boolean wanted = sizeClass(file) == sizeClass && file.lastSeq() > settled;
            if (!wanted || !joins) {
                row.clear();
            }
            if (wanted) {
                row.add(file);
            }
            if (row.size() == MERGE_FILES) {
                return row;
            }
        }
        return row;
    }

    private static int sizeClass(OwnFile file) {
        int sizeClass = 0;
        while (sizeClass < CLASS_BYTES.length && file.size() >= CLASS_BYTES[sizeClass]) {
            sizeClass++;
        }
        return sizeClass;
    }

    private List<OwnFile> published(WriterId writer) {
        return store.own().in(OwnFile.State.PUBLISHED).stream()
                .filter(file -> file.writer().equals(writer) && file.name().kind() == FileKind.SEGMENT)
                .sorted((a, b) -> Long.compare(a.firstSeq(), b.firstSeq()))
                .toList();
    }

    private boolean merge(Author author, int sizeClass, List<OwnFile> files, Progress progress) {
        WriterId writer = author.writer();
        long first = files.get(0).firstSeq();
        long last = files.get(files.size() - 1).lastSeq();
        return history.write(progress, () -> {
            List<Long> ends = segments.ends(writer, first, last);
            int full = leftAsTheyAre(files, ends);
            if (2 * (ends.size() - full) > files.size() - full) {
                ledger.setSettledThrough(
                        writer, sizeClass, files.get(files.size() - 2).lastSeq());
                return false;
            }
            List<Long> merged = segments.sealAgain(author, files.get(full).firstSeq(), last);
            if (merged.size() > 1) {
                ledger.setSettledThrough(writer, sizeClass, merged.get(merged.size() - 2));
            } else if (full > 0) {
                ledger.setSettledThrough(writer, sizeClass, files.get(full - 1).lastSeq());
            }
            return true;
        });
    }

    /** How many files, from the first one on, would become the same again since they are full. */
    private static int leftAsTheyAre(List<OwnFile> files, List<Long> ends) {
        int full = 0;
        while (full < Math.min(files.size(), ends.size()) - 1 && files.get(full).lastSeq() == ends.get(full)) {
            full++;
        }
        return full;
    }

    /** Gives up the published segments whose changes all lie in later published ones. */
    private void retireMerged(WriterId writer) {
        List<OwnFile> published = published(writer);
        List<OwnFile> covered =
                published.stream().filter(file -> isCovered(file, published)).toList();
        if (!covered.isEmpty()) {
            store.write(() -> {
                covered.forEach(file -> store.own().set(file.id(), OwnFile.State.TO_RETIRE));
                return true;
            });
        }
    }

    /** Whether segments with greater numbers, in the order of their first changes, together hold those of a file. */
    private static boolean isCovered(OwnFile file, List<OwnFile> published) {
        long next = file.firstSeq();
        for (OwnFile later : published) {
            if (later.ordinal() > file.ordinal() && later.firstSeq() <= next) {
                next = Math.max(next, later.lastSeq() + 1);
            }
        }
        return next > file.lastSeq();
    }
}
