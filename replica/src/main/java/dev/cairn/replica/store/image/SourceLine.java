package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A line of the local store on its way into an image. */
final class SourceLine {
    final int no;
    final WriterId writer;
    final DeviceId device;
    final int parent;
    final long fork;
    ChainPoint start;
    ChainPoint end;
    Bytes signed = Bytes.empty();
    int imageNo;

    SourceLine(int no, WriterId writer, DeviceId device, int parent, long fork) {
        this.no = no;
        this.writer = writer;
        this.device = device;
        this.parent = parent;
        this.fork = fork;
        this.start = new ChainPoint(0, Bytes.owning(new byte[ChainPoint.HASH_SIZE]), 0, 0);
        this.end = start;
    }

    /** The point of a chain in four columns from there on. */
    static ChainPoint point(ResultSet row, int from) throws SQLException {
        return new ChainPoint(
                row.getLong(from), Bytes.owning(row.getBytes(from + 1)), row.getLong(from + 2), row.getLong(from + 3));
    }

    /** The changes of a stored run. */
    ChangeRun decode(ChainPoint base, Bytes body) {
        try {
            return RunCodec.decode(writer, base, body);
        } catch (MalformedException e) {
            throw new IllegalStateException(
                    "the local store is damaged: changes of " + writer + " after " + base.seq() + " do not decode", e);
        }
    }
}
