package dev.cairn.replica.outbox;

import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.List;

/** Makes few large segments of many small ones, so that the files in the folder grow with the logarithm of changes. */
final class SegmentMerging {
    /** Files of one size class that are merged into one of the next. */
    private static final int MERGE_FILES = 8;
    /** The sizes at which a segment belongs to the next class, in bytes. */
    private static final int[] CLASS_BYTES = {128 << 10, 1 << 20, 8 << 20};

    private final LocalStore store;
    private final History history;
    private final Segments segments;

    SegmentMerging(LocalStore store, History history, Segments segments) {
        this.store = store;
        this.history = history;
        this.segments = segments;
    }

    /**
     * Merges eight published segments of one size class, neighbours in the chain, into one of the next class. The old
     * ones are deleted when the outbox is published, after the new one was written and read back.
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
            if (files.size() >= MERGE_FILES) {
                merge(author, files, progress);
                return true;
            }
        }
        return false;
    }

    private List<OwnFile> neighbours(WriterId writer, int sizeClass) {
        List<OwnFile> row = new ArrayList<>();
        for (OwnFile file : published(writer)) {
            boolean joins = row.isEmpty() || row.get(row.size() - 1).lastSeq() + 1 == file.firstSeq();
            if (sizeClass(file) != sizeClass || !joins) {
                if (row.size() >= MERGE_FILES) {
                    return row;
                }
                row.clear();
            }
            if (sizeClass(file) == sizeClass) {
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

    private void merge(Author author, List<OwnFile> files, Progress progress) {
        long first = files.get(0).firstSeq();
        long last = files.get(files.size() - 1).lastSeq();
        history.write(progress, () -> {
            segments.sealAgain(author, first, last);
            return true;
        });
    }

    /** Gives up the published segments whose changes all lie in one other, larger published segment. */
    private void retireMerged(WriterId writer) {
        List<OwnFile> published = published(writer);
        List<OwnFile> covered = published.stream()
                .filter(small -> published.stream().anyMatch(large -> covers(large, small)))
                .toList();
        if (!covered.isEmpty()) {
            store.write(() -> {
                covered.forEach(file -> store.own().set(file.id(), OwnFile.State.TO_RETIRE));
                return true;
            });
        }
    }

    private static boolean covers(OwnFile large, OwnFile small) {
        return large.firstSeq() <= small.firstSeq()
                && small.lastSeq() <= large.lastSeq()
                && large.ordinal() > small.ordinal();
    }
}
