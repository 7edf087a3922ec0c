package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.trace.EditingHistory.Edits;

/** The edits of a span, taken from the front by numbers of single edits: a deletion counts before an insertion. */
final class SpanPieces {
    private final Edits operations;
    private int next;
    private int taken;

    /** Checks that the edits are as many single ones as the span says. */
    SpanPieces(RawTransaction raw, int length) {
        if (raw.operations == null) {
            throw new IllegalArgumentException("the span " + raw.span + " has no ops");
        }
        operations = raw.operations;
        long units = operations.units();
        if (units != length) {
            throw new IllegalArgumentException("the span " + raw.span + " has ops of " + units + " single edits");
        }
    }

    /** Moves that many single edits to the end of the others. */
    void take(int count, Edits to) {
        int left = count;
        while (left > 0) {
            int deleted = operations.deleted(next);
            String inserted = operations.inserted(next);
            int whole = deleted + inserted.codePointCount(0, inserted.length());
            int part = Math.min(left, whole - taken);
            slice(operations.position(next), deleted, inserted, taken, taken + part, to);
            left -= part;
            taken += part;
            if (taken == whole) {
                taken = 0;
                next++;
            }
        }
    }

    private static void slice(int position, int deleted, String inserted, int from, int to, Edits out) {
        int deletes = Math.max(0, Math.min(to, deleted) - from);
        int start = Math.max(from - deleted, 0);
        int end = Math.max(to - deleted, 0);
        String text = inserted.substring(inserted.offsetByCodePoints(0, start), inserted.offsetByCodePoints(0, end));
        out.add(position + start, deletes, text);
    }
}
