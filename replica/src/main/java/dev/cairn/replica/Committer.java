package dev.cairn.replica;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.replica.Changing.Preparation;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.outbox.Author;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes commits durable, those of several threads with one write to the disk.
 *
 * <p>A thread puts its request into the queue. If nobody leads, it leads one group: under the lock it does all requests
 * that wait, one after another, each on top of those before it, in one transaction of the store. The others sleep until
 * theirs is done, or until the leader has left and it is their turn; meanwhile the next group gathers.
 */
final class Committer {
    /** Requests done in one transaction; bounds how long the first of them waits. */
    private static final int GROUP_MAX = 4096;

    private final Replica replica;
    private final Changing changing;
    private final ConcurrentLinkedDeque<Request> queue = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean led = new AtomicBoolean();

    Committer(Replica replica) {
        this.replica = replica;
        this.changing = new Changing(replica);
    }

    Version commit(String message, Consumer<Transaction> edits) {
        return commit(message, Changing.of(edits));
    }

    Version commit(String message, Preparation edits) {
        Changing.requireShort(message);
        requireOutside();
        Request request = new Request(message, edits, Thread.currentThread());
        queue.add(request);
        boolean wake = leadOrSleep(request);
        replica.events().deliver();
        if (wake) {
            replica.events().wake();
        }
        return request.result();
    }

    /** Returns when the request is done; the result is whether this thread has brought changes to be published. */
    private boolean leadOrSleep(Request request) {
        boolean any = false;
        boolean interrupted = false;
        while (!request.isDone()) {
            if (led.compareAndSet(false, true)) {
                any |= lead(request);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return any;
    }

    private boolean lead(Request own) {
        try {
            return replica.locked(this::doGroup);
        } catch (RuntimeException | Error e) {
            queue.remove(own);
            own.fail(e);
            return false;
        } finally {
            led.set(false);
            Request next = queue.peek();
            if (next != null) {
                LockSupport.unpark(next.thread);
            }
        }
    }

    private boolean doGroup() {
        Deque<Request> group = new ArrayDeque<>();
        for (Request next = queue.poll(); next != null; next = queue.poll()) {
            group.add(next);
            if (group.size() == GROUP_MAX) {
                break;
            }
        }
        try {
            return group.isEmpty() ? false : write(group);
        } catch (SpaceException e) {
            group.forEach(request -> request.fail(e));
            return false;
        } catch (RuntimeException | Error e) {
            replica.history().discardUnstored();
            group.forEach(request -> request.fail(e));
            return false;
        }
    }

    private boolean write(Deque<Request> group) {
        Progress others = new Progress();
        Group done = replica.history().write(others, () -> edit(writer(), group));
        if (done.tooLarge != null) {
            replica.history().discardUnstored();
        }
        replica.announceOthers(others);
        Version version = replica.version();
        for (Request request : group) {
            request.finish(version);
        }
        replica.announce(ChangeEvent.Origin.LOCAL, done.documents, done.changes);
        done.postponed.forEach(queue::addFirst);
        return done.changes > 0;
    }

    /** This device under the writer id which is current in the transaction, whichever process has set it. */
    private Author writer() {
        replica.catchUpMembers();
        return replica.author()
                .filter(Author::mayWrite)
                .orElseThrow(() -> new SpaceException(
                        SpaceException.Code.READ_ONLY_ROLE,
                        "this device may only read the space: ask an admin for the role of a writer"));
    }

    /** Does the requests of a group; those after one that exceeds a limit are left for the next group. */
    private Group edit(Author author, Deque<Request> group) {
        History history = replica.history();
        int joins = joinHeads(author);
        ChainPoint end = history.end(author.writer(), author.origin());
        ChangeRun.Builder changes = ChangeRun.builder(author.writer(), end);
        Group done = new Group();
        for (Request request : List.copyOf(group)) {
            if (done.tooLarge != null) {
                group.remove(request);
                done.postponed.add(0, request);
            } else {
                edit(author, request, changes, done);
            }
        }
        if (changes.size() > 0) {
            history.appendOwn(author.device(), changes.build(), author.origin());
        }
        done.changes = (long) joins + changes.size();
        return done;
    }

    private void edit(Author author, Request request, ChangeRun.Builder changes, Group done) {
        long seq = changes.after().seq() + 1;
        LocalChange change;
        try {
            change = changing.make(request.edits, History.actor(author.writer()), seq);
        } catch (RuntimeException | Error e) {
            request.fail(e);
            return;
        }
        if (change.isEmpty()) {
            return;
        }
        try {
            changing.append(changes, change, request.message);
            request.version = new Version(List.of(new Version.Head(author.writer(), seq)));
            done.documents.addAll(change.documents());
        } catch (SpaceException e) {
            done.tooLarge = request;
            request.fail(e);
        }
    }

    /** Does a batch in one transaction; see {@link Space#batch}. */
    Version batch(Consumer<Batch> work) {
        requireOutside();
        Version version = replica.locked(() -> {
            Progress others = new Progress();
            OpenBatch done;
            try {
                done = replica.history().write(others, () -> run(work));
            } catch (RuntimeException | Error e) {
                replica.history().discardUnstored();
                throw e;
            }
            replica.announceOthers(others);
            Version now = replica.version();
            replica.announce(ChangeEvent.Origin.LOCAL, done.documents(), done.changes());
            return now;
        });
        replica.events().deliver();
        replica.events().wake();
        return version;
    }

    private OpenBatch run(Consumer<Batch> work) {
        Author author = writer();
        int joins = joinHeads(author);
        OpenBatch batch = new OpenBatch(changing, replica.history(), author, joins);
        try {
            work.accept(batch);
            batch.store();
            return batch;
        } finally {
            batch.end();
        }
    }

    private int joinHeads(Author author) {
        return replica.history().joinHeads(author.device(), author.writer(), author.origin(), replica.nowMillis());
    }

    private void requireOutside() {
        if (replica.holdsLock()) {
            throw new IllegalStateException("a commit inside the edits of another");
        }
    }

    /** What a transaction did. */
    private static final class Group {
        private final SortedSet<String> documents = new TreeSet<>();
        private final List<Request> postponed = new ArrayList<>();
        private @Nullable Request tooLarge;
        private long changes;

        private Group() {}
    }

    /** One thread's commit. Written by the leader, read by its thread once it is done. */
    private static final class Request {
        private final String message;
        private final Preparation edits;
        private @Nullable Version version;
        private @Nullable Throwable failure;
        private final Thread thread;
        private volatile boolean done;

        private Request(String message, Preparation edits, Thread thread) {
            this.message = message;
            this.edits = edits;
            this.thread = thread;
        }

        private boolean isDone() {
            return done;
        }

        private void fail(Throwable cause) {
            if (!done) {
                failure = cause;
                end();
            }
        }

        private void finish(Version otherwise) {
            if (!done) {
                version = version == null ? otherwise : version;
                end();
            }
        }

        private void end() {
            done = true;
            LockSupport.unpark(thread);
        }

        private Version result() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (version == null) {
                throw new IllegalStateException("a commit without a result");
            }
            return version;
        }
    }
}
