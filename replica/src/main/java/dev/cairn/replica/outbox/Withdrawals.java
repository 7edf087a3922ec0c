package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the next head says about files that may go and files that are going, durable in the local store. */
public final class Withdrawals {
    private static final String ACKNOWLEDGED = "acknowledged";
    private static final int DIGEST_BYTES = 32;

    private final LocalStore store;

    /** The withdrawals in a store. */
    public Withdrawals(LocalStore store) {
        this.store = store;
    }

    /** The digests of the checkpoints and lists which this device acknowledges, ascending. */
    public List<Bytes> acknowledged() {
        Bytes digests = store.meta(ACKNOWLEDGED).orElse(Bytes.empty());
        List<Bytes> list = new ArrayList<>();
        for (int at = 0; at < digests.size(); at += DIGEST_BYTES) {
            list.add(digests.slice(at, at + DIGEST_BYTES));
        }
        return list;
    }

    /** Sets them, ascending; returns whether they are others than before. */
    public boolean acknowledge(Collection<Bytes> digests) {
        Bytes all = Bytes.concat(digests.toArray(Bytes[]::new));
        if (all.equals(store.meta(ACKNOWLEDGED).orElse(Bytes.empty()))) {
            return false;
        }
        store.setMeta(ACKNOWLEDGED, all);
        return true;
    }

    /** Up to where a writer of this device has withdrawn its segments. */
    public long through(WriterId writer) {
        return store.number("retired/" + writer, 0);
    }

    /** Sets that. */
    public void setThrough(WriterId writer, long seq) {
        store.setNumber("retired/" + writer, seq);
    }
}
