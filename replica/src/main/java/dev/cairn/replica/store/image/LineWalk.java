package dev.cairn.replica.store.image;

import static dev.cairn.replica.store.image.ImageReader.require;
import static dev.cairn.replica.store.image.ImageVerdict.BAD_CHANGES;
import static dev.cairn.replica.store.image.ImageVerdict.WRONG_ROW;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.MalformedException;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.replica.store.DecodedRuns;
import dev.cairn.replica.tasks.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the runs of an image, each at the point where the one before it on its line ended.
 *
 * <p>The rows of one line wait for each other, those of different lines are decoded at the same time:
 *
 * <pre>
 *   rows      1a  2b  3a  4a  5b          as they are read, of lines a and b
 *   line a    1 ──────3───4
 *   line b        2 ──────────5
 * </pre>
 *
 * Whoever needs a row that nobody has begun decodes it itself, so that it makes no difference how many threads there
 * are. What has been read and not been decoded yet is bounded. The fault of the first bad row is the one that is told.
 */
final class LineWalk {
    private static final int PENDING_ROWS_MAX = 64;
    private static final long PENDING_BYTES_MAX = 16L << 20;

    private final Executor executor;
    private final Function<ImageLine, ChainPoint> origin;
    private final Map<Integer, FutureTask<ImageRow>> newest = new HashMap<>();
    private final Map<Integer, ChainPoint> reached = new HashMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<ImageRow> rows = new ArrayList<>();
    private final DecodedRuns decoded = new DecodedRuns();
    private long pendingBytes;

    /** A row that may not be decoded yet. */
    private record Pending(FutureTask<ImageRow> task, int bytes) {}

    /**
     * A walk along the lines of one image.
     *
     * @param origin where the chain of a line's writer starts
     */
    LineWalk(Executor executor, Function<ImageLine, ChainPoint> origin) {
        this.executor = executor;
        this.origin = origin;
    }

    /** Takes the next row of the image, which belongs to that line. */
    void add(long no, ImageLine line, long first, Bytes body) throws ImageException {
        FutureTask<ImageRow> own = newest.get(line.no());
        FutureTask<ImageRow> before = own != null || line.fork() == 0 ? own : newest.get(line.parent());
        require(before != null || line.fork() == 0, WRONG_ROW, "line " + line.no() + " before its parent");
        FutureTask<ImageRow> task = new FutureTask<>(() -> decode(no, line, first, base(line, before), body));
        newest.put(line.no(), task);
        executor.execute(task);
        pending.add(new Pending(task, body.size()));
        pendingBytes += body.size();
        while (pending.size() > PENDING_ROWS_MAX || pendingBytes > PENDING_BYTES_MAX) {
            settleOldest();
        }
    }

    /** Waits for all rows, and returns them. */
    List<ImageRow> finish() throws ImageException {
        while (!pending.isEmpty()) {
            settleOldest();
        }
        return rows;
    }

    /** Where a line ends; when all rows are finished. */
    ChainPoint end(ImageLine line) throws ImageException {
        ChainPoint end = reached.get(line.no());
        if (end != null || line.fork() == 0) {
            return end == null ? origin.apply(line) : end;
        }
        throw new ImageException(WRONG_ROW, "line " + line.no() + " has no change");
    }

    /** The decoded rows, as far as they are kept. */
    DecodedRuns decoded() {
        return decoded;
    }

    private void settleOldest() throws ImageException {
        Pending oldest = pending.remove();
        pendingBytes -= oldest.bytes();
        ImageRow row = result(oldest.task());
        rows.add(row);
        reached.put(row.line().no(), row.last());
    }

    private ChainPoint base(ImageLine line, @Nullable FutureTask<ImageRow> before) throws ImageException {
        if (before == null) {
            return origin.apply(line);
        }
        ImageRow row = result(before);
        require(
                row.line().no() == line.no() || row.last().seq() == line.fork(),
                WRONG_ROW,
                "line " + line.no() + " before its parent");
        return row.last();
    }

    private ImageRow decode(long no, ImageLine line, long first, ChainPoint base, Bytes body) throws ImageException {
        require(first == base.seq() + 1, WRONG_ROW, "run " + no + " begins at " + first);
        try {
            ChangeRun run = RunCodec.decode(line.writer(), base, body);
            require(run.lastSeq() <= line.last(), WRONG_ROW, "run " + no + " goes beyond its line");
            decoded.keep(no, run);
            return new ImageRow(no, line, base, run.after());
        } catch (MalformedException e) {
            throw new ImageException(BAD_CHANGES, "run " + no + ": " + e.getMessage());
        }
    }

    /** The row of a task, which is done here unless another thread has begun it. */
    private static ImageRow result(FutureTask<ImageRow> task) throws ImageException {
        task.run();
        return Tasks.result(task, ImageException.class);
    }
}
