package dev.cairn.replica.store;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.log.Seen;
import java.util.ArrayList;
import java.util.List;

/**
 * The head with the greatest counter ever seen of a writer.
 *
 * @param writer the writer
 * @param device its device
 * @param counter its counter
 * @param lastSeq the last change it announces
 * @param lastChain the chain hash of that change
 * @param timeMillis its author's clock
 * @param deviceName the name its device gives itself
 * @param seen what the writer had in its own store: per writer 16 bytes, 8 bytes of sequence number, 8 bytes of chain
 */
public record KnownHead(
        WriterId writer,
        DeviceId device,
        long counter,
        long lastSeq,
        Bytes lastChain,
        long timeMillis,
        String deviceName,
        Bytes seen) {
    private static final int SEEN_BYTES = WriterId.SIZE + 2 * Long.BYTES;

    /** The form of {@link #seen} for a list of them. */
    public static Bytes encode(List<Seen> seen) {
        ByteWriter out = new ByteWriter(seen.size() * SEEN_BYTES);
        for (Seen entry : seen) {
            out.bytes(entry.writer().bytes()).u64(entry.seq()).u64(entry.hash8());
        }
        return out.toBytes();
    }

    /** What the writer had of others. */
    public List<Seen> seenList() {
        List<Seen> list = new ArrayList<>(seen.size() / SEEN_BYTES);
        for (int at = 0; at < seen.size(); at += SEEN_BYTES) {
            WriterId of = new WriterId(seen.getLong(at), seen.getLong(at + 8));
            list.add(new Seen(of, seen.getLong(at + 16), seen.getLong(at + 24)));
        }
        return list;
    }
}
