package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.replica.store.DecodedRuns;
import java.util.List;
import java.util.Map;

/**
 * What is known of an image all of whose changes are what their writers signed. The changes themselves and the states
 * of documents are still in the image.
 *
 * @param lines the lines, parents before branches
 * @param rows the runs, per line in order
 * @param cut where the lines end
 * @param retired up to where writers had withdrawn their segments
 * @param documents the rows of the documents, by name
 * @param meta the named values
 * @param content the logical hash
 * @param decoded changes of some of the rows, to spare decoding them again
 */
public record CheckedImage(
        List<ImageLine> lines,
        List<ImageRow> rows,
        List<CutPoint> cut,
        Map<WriterId, Long> retired,
        Map<String, Long> documents,
        Map<String, Bytes> meta,
        Bytes content,
        DecodedRuns decoded) {
    /** Copies the collections. */
    public CheckedImage {
        lines = List.copyOf(lines);
        rows = List.copyOf(rows);
        cut = List.copyOf(cut);
    }

    /** How many changes there are. */
    public long changes() {
        return rows.stream()
                .mapToLong(row -> row.last().seq() - row.base().seq())
                .sum();
    }
}
