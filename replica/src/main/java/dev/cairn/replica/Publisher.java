package dev.cairn.replica;

import dev.cairn.format.log.Seen;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Outbox;
import dev.cairn.replica.outbox.Outbox.Sealing;
import dev.cairn.replica.store.StoreTrouble;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides when this device writes into the folder.
 *
 * <p>Changes are published a moment after the first of them and then at the profile's pace. What only tells that
 * others' changes have arrived waits a minute and a little more, so that two devices never answer each other's
 * answers. An idle device shows a sign of life twice a day. A folder that refuses is tried again, ever more rarely.
 */
final class Publisher {
    private static final long ACKNOWLEDGE_MILLIS = 60_000;
    private static final long ACKNOWLEDGE_JITTER_MILLIS = 30_000;
    private static final long IDLE_MILLIS = 12 * 3_600_000L;
    private static final long RETRY_MILLIS_MIN = 5_000;
    private static final long RETRY_MILLIS_MAX = 300_000;
    /** Other processes' commits are noticed by asking the store for its stamp, which costs microseconds. */
    private static final Duration NOTICE = Duration.ofSeconds(1);
    /** Changes after which the documents are saved although the space stays open. */
    private static final long CHECKPOINT_CHANGES = 50_000;
    /** In the profile without hot files a head is only a sign of life. */
    private static final long SEALED_ONLY_HEAD_MILLIS = 600_000;

    /** Between two batches of deletions: sync tools ask their user when many files go at once. */
    private static final long DELETE_MILLIS = 60_000;

    private final Replica replica;
    private final Runnable look;
    private boolean looked;
    private long stamp;
    private Optional<Long> firstUnpublished = Optional.empty();
    private Optional<Long> acknowledgeAt = Optional.empty();
    private long retryAt;
    private int failures;
    private long deletedAt;

    /**
     * A publisher.
     *
     * @param look reads the folder
     */
    Publisher(Replica replica, Runnable look) {
        this.replica = replica;
        this.look = look;
    }

    /** The folder was read since this space was opened. */
    void looked() {
        looked = true;
    }

    Duration duties() {
        long now = replica.nowMillis();
        replica.locked(this::notice);
        replica.events().deliver();
        long due = replica.locked(() -> due(now));
        if (due <= now) {
            publish(Sealing.WHEN_LARGE);
            due = replica.locked(() -> due(replica.nowMillis()));
        }
        return clamp(due - replica.nowMillis());
    }

    private static Duration clamp(long millis) {
        return millis >= NOTICE.toMillis() ? NOTICE : Duration.ofMillis(Math.max(1, millis));
    }

    private boolean notice() {
        long now = replica.store().stamp();
        if (now != stamp) {
            stamp = now;
            replica.catchUpMembers();
            replica.announceOthers(replica.history().catchUp());
        }
        if (replica.history().sinceCheckpoint() > CHECKPOINT_CHANGES) {
            replica.saveDocuments();
        }
        return true;
    }

    /** When the next publication is due, by this device's clock. */
    private long due(long now) {
        Outbox outbox = replica.outbox();
        if (failures > 0 && retryAt - now <= RETRY_MILLIS_MAX && retryAt > now) {
            return retryAt;
        }
        if (outbox.pending() > 0) {
            return now;
        }
        if (outbox.deletable() > 0) {
            return Math.max(now, deletedAt <= now ? deletedAt + DELETE_MILLIS : now);
        }
        Optional<Author> author = replica.author();
        if (author.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long head = sane(outbox.headMillis(), now);
        if (outbox.unpacked(author.get()) > 0) {
            return changesDue(now, head);
        }
        firstUnpublished = Optional.empty();
        return Math.min(acknowledgementDue(author.get(), now), head == Long.MIN_VALUE ? now : head + IDLE_MILLIS);
    }

    private long changesDue(long now, long head) {
        Profile profile = replica.options().profile();
        long first = firstUnpublished.filter(at -> at <= now).orElse(now);
        firstUnpublished = Optional.of(first);
        long soonest = first + profile.firstDelay().toMillis();
        return head == Long.MIN_VALUE
                ? soonest
                : Math.max(soonest, head + profile.interval().toMillis());
    }

    private long acknowledgementDue(Author author, long now) {
        if (!replica.outbox().seenMoved(author.writer(), replica.history().seen(author.writer()))) {
            acknowledgeAt = Optional.empty();
            return Long.MAX_VALUE;
        }
        long latest = now + ACKNOWLEDGE_MILLIS + ACKNOWLEDGE_JITTER_MILLIS;
        long at = acknowledgeAt
                .filter(armed -> armed <= latest)
                .orElseGet(() -> now
                        + ACKNOWLEDGE_MILLIS
                        + (long) (replica.options().random().nextDouble() * ACKNOWLEDGE_JITTER_MILLIS));
        acknowledgeAt = Optional.of(at);
        return at;
    }

    /** A clock that was set back makes things due now rather than in a year. */
    private static long sane(long past, long now) {
        return past > now ? Long.MIN_VALUE : past;
    }

    /** Publishes all there is, now. */
    boolean flush(Sealing sealing) {
        boolean due = replica.locked(() -> {
            notice();
            return replica.outbox().pending() > 0
                    || replica.outbox().deletable() > 0
                    || replica.author()
                            .map(author -> replica.outbox().unpacked(author) > 0
                                    || neverSeen()
                                    || replica.outbox().unannounced(author.writer()))
                            .orElse(false);
        });
        replica.events().deliver();
        return !due || publish(sealing);
    }

    private boolean neverSeen() {
        return replica.outbox().headMillis() == Long.MIN_VALUE;
    }

    /** On close: what is unpublished, and an acknowledgement unless one was just given. */
    void closing() {
        boolean acknowledge = replica.locked(() -> replica.author()
                .filter(author -> replica.outbox()
                        .seenMoved(author.writer(), replica.history().seen(author.writer())))
                .map(author -> replica.nowMillis() - sane(replica.outbox().headMillis(), replica.nowMillis())
                        >= ACKNOWLEDGE_MILLIS)
                .orElse(false));
        if (acknowledge) {
            publish(Sealing.ON_CLOSE);
        } else {
            flush(Sealing.ON_CLOSE);
        }
    }

    private boolean publish(Sealing sealing) {
        lookFirst();
        boolean done;
        try {
            done = replica.publisherLock().alone(() -> packAndWrite(sealing));
        } catch (UncheckedIOException e) {
            // what is to be published is in the store already, and waits there for the disk to have room
            String full = StoreTrouble.noRoom(e).orElseThrow(() -> e);
            replica.outbox().failed(full);
            done = false;
        }
        long now = replica.nowMillis();
        deletedAt = now;
        failures = done ? 0 : Math.min(failures + 1, 16);
        retryAt = now + Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN << Math.max(0, failures - 1));
        replica.events().deliver();
        return done;
    }

    private boolean packAndWrite(Sealing sealing) {
        replica.locked(() -> pack(sealing));
        boolean written = replica.outbox().publish(replica.retirement()::mayGo);
        if (written && replica.locked(this::merge)) {
            written = replica.outbox().publish(replica.retirement()::mayGo);
        }
        return written;
    }

    /**
     * A device whose state comes from a backup may find newer changes of its own in its own head slots, and would
     * overwrite the only copy.
     */
    private void lookFirst() {
        if (!looked) {
            looked = true;
            look.run();
        }
    }

    private boolean pack(Sealing sealing) {
        replica.catchUpMembers();
        Optional<Author> author = replica.author();
        if (author.isEmpty() || !worthPacking(author.get())) {
            return false;
        }
        Progress others = new Progress();
        List<Seen> seen = replica.history().seen(author.get().writer());
        replica.outbox().pack(author.get(), seen, eagerness(sealing), replica.nowMillis(), others);
        replica.announceOthers(others);
        firstUnpublished = Optional.empty();
        acknowledgeAt = Optional.empty();
        return true;
    }

    private boolean worthPacking(Author author) {
        Outbox outbox = replica.outbox();
        long now = replica.nowMillis();
        long head = sane(outbox.headMillis(), now);
        return outbox.unpacked(author) > 0
                || head == Long.MIN_VALUE
                || now - head >= IDLE_MILLIS
                || outbox.seenMoved(author.writer(), replica.history().seen(author.writer()));
    }

    private Sealing eagerness(Sealing sealing) {
        if (replica.options().profile() != Profile.SEALED_ONLY) {
            return sealing;
        }
        long head = sane(replica.outbox().headMillis(), replica.nowMillis());
        boolean headDue = head == Long.MIN_VALUE || replica.nowMillis() - head >= SEALED_ONLY_HEAD_MILLIS;
        return headDue || sealing == Sealing.ON_CLOSE ? Sealing.ALWAYS : Sealing.ALWAYS_WITHOUT_HEAD;
    }

    private boolean merge() {
        Progress others = new Progress();
        boolean merged = replica.author()
                .map(author -> replica.outbox().merge(author, others))
                .orElse(false);
        replica.announceOthers(others);
        return merged;
    }
}
