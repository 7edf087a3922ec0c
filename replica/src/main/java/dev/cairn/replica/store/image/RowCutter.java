package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Puts the changes of a line into rows that are as full as they may be. */
final class RowCutter {
    private final Connection store;
    private final RunSink sink;
    private final List<ChangeRun> open = new ArrayList<>();
    private int bytes;
    private int changes;

    RowCutter(Connection store, RunSink sink) {
        this.store = store;
        this.sink = sink;
    }

    /** Cuts the changes of one line. */
    void cut(SourceLine line) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT base_seq, base_chain, base_lamport, base_time, body"
                        + " FROM run WHERE line=" + line.no + " ORDER BY last_seq")) {
            while (row.next()) {
                add(line.decode(SourceLine.point(row, 1), Bytes.owning(row.getBytes(5))));
            }
        }
        close();
    }

    private void add(ChangeRun run) throws SQLException {
        int from = 0;
        while (from < run.size()) {
            int to = from + fitting(run, from);
            if (to == from) {
                close();
                continue;
            }
            ChangeRun piece = run.slice(from, to);
            open.add(piece);
            bytes += piece.changeBytes();
            changes += piece.size();
            from = to;
            if (from < run.size()) {
                close();
            }
        }
    }

    /** How many changes of a run still fit into the open row; an empty row takes any one. */
    private int fitting(ChangeRun run, int from) {
        int most = Math.min(run.size() - from, Limits.CHANGES_MAX - changes);
        if (most == 0 || fits(run, from, most)) {
            return most;
        }
        int good = 0;
        int bad = most;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (fits(run, from, middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good == 0 && open.isEmpty() ? 1 : good;
    }

    private boolean fits(ChangeRun run, int from, int count) {
        return bytes + run.slice(from, from + count).changeBytes() <= ImageSchema.ROW_BYTES;
    }

    private void close() throws SQLException {
        if (!open.isEmpty()) {
            sink.accept(ChangeRun.concat(open));
            open.clear();
            bytes = 0;
            changes = 0;
        }
    }

    /** Takes the changes of one row. */
    @FunctionalInterface
    interface RunSink {
        void accept(ChangeRun run) throws SQLException;
    }
}
