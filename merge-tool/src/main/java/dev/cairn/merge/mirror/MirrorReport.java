package dev.cairn.merge.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a round did; files which agree with their documents are only counted.
 *
 * @param agreed how many said the same already
 * @param items all others, by name
 */
public record MirrorReport(long agreed, List<Item> items) {
    /** Copies the list. */
    public MirrorReport {
        items = List.copyOf(items);
    }

    /** What became of a file and its document. */
    public enum Outcome {
        /** A document was made of the file. */
        DOCUMENT_MADE(true),
        /** The file was edited, and the document says so now. */
        DOCUMENT_EDITED(true),
        /** The file was deleted, and the document has no text any more. Its history stays. */
        DOCUMENT_REMOVED(true),
        /** A file was made of the document. */
        FILE_MADE(true),
        /** The document was edited, and the file says so now. */
        FILE_EDITED(true),
        /** The document was removed, and the file was deleted. */
        FILE_DELETED(true),
        /** Both were edited, and say the same now, with the edits of both. */
        MERGED(true),
        /** Somebody edited it just now; the next round takes it up. */
        BUSY(true),
        /** They differ, and it is not known what was before: both stay as they are. */
        DIFFERS(false),
        /** It was deleted together with many others: not done without permission. */
        HELD_BACK(false),
        /** It cannot be mirrored. */
        LEFT_OUT(false);

        private final boolean good;

        Outcome(boolean good) {
            this.good = good;
        }

        /** Whether nobody need do anything. */
        public boolean isGood() {
            return good;
        }
    }

    /**
     * One file and its document.
     *
     * @param name the name of the document, and the path of the file
     * @param detail why, or what to do; may be empty
     */
    public record Item(String name, Outcome outcome, String detail) {}

    /** Whether nobody need do anything. */
    public boolean isComplete() {
        return items.stream().allMatch(item -> item.outcome().isGood());
    }

    /** The names which have to be looked at again although neither side may change any more. */
    public List<String> unsettled() {
        return items.stream()
                .filter(item ->
                        item.outcome() == Outcome.BUSY || !item.outcome().isGood())
                .map(Item::name)
                .toList();
    }

    /** How many had that outcome. */
    public long count(Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }

    /** Collects a report. */
    static final class Builder {
        private final List<Item> items = new ArrayList<>();
        private long agreed;

        void agree() {
            agreed++;
        }

        void add(String name, Outcome outcome, String detail) {
            items.add(new Item(name, outcome, detail));
        }

        MirrorReport build() {
            items.sort(Comparator.comparing(Item::name));
            return new MirrorReport(agreed, items);
        }
    }
}
