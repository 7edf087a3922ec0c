package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;

/** The numbers an outbox goes by, durable in the local store and shared by the device's processes. */
final class Ledger {
    private final LocalStore store;

    Ledger(LocalStore store) {
        this.store = store;
    }

    /** The counter of the newest head ever sealed by this device; never used again, whatever happens to the file. */
    long headCounter() {
        return store.number("head-counter", 0);
    }

    void setHeadCounter(long counter) {
        store.setNumber("head-counter", counter);
    }

    /** The last of the writer's changes which a segment holds. */
    long sealedThrough(WriterId writer) {
        return store.number("sealed/" + writer, 0);
    }

    void setSealedThrough(WriterId writer, long seq) {
        store.setNumber("sealed/" + writer, seq);
    }

    /** The last of the writer's changes which the next head may leave out: those sealed before the newest head. */
    long droppedThrough(WriterId writer) {
        return store.number("dropped/" + writer, 0);
    }

    void setDroppedThrough(WriterId writer, long seq) {
        store.setNumber("dropped/" + writer, seq);
    }

    /** The last of the writer's changes which some sealed file holds. */
    long packedThrough(WriterId writer) {
        return store.number("packed/" + writer, 0);
    }

    void setPackedThrough(WriterId writer, long seq) {
        store.setNumber("packed/" + writer, seq);
    }

    /** Up to where the writer's segments of a size class are not to be merged any more. */
    long settledThrough(WriterId writer, int sizeClass) {
        return store.number("settled/" + sizeClass + "/" + writer, 0);
    }

    void setSettledThrough(WriterId writer, int sizeClass, long seq) {
        store.setNumber("settled/" + sizeClass + "/" + writer, seq);
    }

    /** Up to where the newest head says that its writer has withdrawn segments. */
    long headRetired() {
        return store.number("head-retired", 0);
    }

    void setHeadRetired(long seq) {
        store.setNumber("head-retired", seq);
    }

    /** When the newest head was made, by this device's clock; {@link Long#MIN_VALUE} when none was. */
    long headMillis() {
        return store.number("head-millis", Long.MIN_VALUE);
    }

    void setHeadMillis(long millis) {
        store.setNumber("head-millis", millis);
    }

    /** A digest of what the newest head says was seen of others. */
    Bytes headSeen() {
        return store.meta("head-seen").orElse(Bytes.empty());
    }

    void setHeadSeen(Bytes digest) {
        store.setMeta("head-seen", digest);
    }
}
