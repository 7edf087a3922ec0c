package dev.cairn.replica;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.inspect.Inspection;
import dev.cairn.replica.outbox.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * One device's copy of a space: its documents, its outbox and its inbox.
 *
 * <p>All methods may be called from any thread, and several processes of one device may have the same space open: the
 * local store lets one write at a time and each notices what the others committed. Documents and snapshots are
 * immutable values. The synced folder may be missing, read-only, half synced or rolled back at any time; commits and
 * reads go on from the local store.
 *
 * <p>No thread belongs to a space. Something must call {@link #refresh()} to take in what came, and {@link #duties()}
 * to publish what is due: {@code dev.cairn.watcher.FolderWatcher}, or the caller; {@link #close()} publishes the rest.
 */
public final class Space implements AutoCloseable {

    private final Replica replica;
    private final Threads threads;
    private final Committer committer;
    private final Refresher refresher;
    private final Publisher publisher;
    private final Membering membering;
    private final Reading reading;
    private final Reversals reversals;
    private final Waiter waiter = new Waiter();

    Space(Replica replica, Threads threads) {
        this.replica = replica;
        this.threads = threads;
        this.committer = new Committer(replica);
        this.refresher = new Refresher(replica, threads.ingest());
        this.publisher = new Publisher(replica, refresher::refresh);
        this.membering = new Membering(replica);
        this.reading = new Reading(replica);
        this.reversals = new Reversals(replica, committer);
    }

    /**
     * Makes a new space in a folder, with this device as its owner.
     *
     * @param folder an existing directory, empty or not; on any file system
     * @throws SpaceException {@code folder_missing}, {@code already_a_space}, {@code state_inside_folder},
     *     {@code state_unsupported}
     */
    public static Space create(Path folder, SpaceOptions options) {
        return new SpaceSetup(folder, options).create();
    }

    /**
     * Opens the space of a folder with this device's identity. Creates nothing.
     *
     * @throws SpaceException {@code folder_missing} when the folder has never been seen by the state directory,
     *     {@code not_a_space}, {@code no_identity}, {@code awaiting_approval}, {@code state_inside_folder}
     */
    public static Space open(Path folder, SpaceOptions options) {
        return new SpaceSetup(folder, options).open();
    }

    /**
     * Makes this device a member by an invite. Repeatable until it is joined.
     *
     * @throws SpaceException {@code bad_invite}, {@code folder_missing}, {@code already_a_space}
     */
    public static JoinResult join(Path folder, String code, SpaceOptions options) {
        return new SpaceSetup(folder, options).join(code);
    }

    /** The space's id. */
    public SpaceId id() {
        return replica.space();
    }

    /** This device's id. */
    public DeviceId device() {
        return replica.device();
    }

    /** The synced folder. */
    public Path folder() {
        return replica.folder().path();
    }

    /** Where this device keeps what is its own: its keys and its store; never synced. */
    public Path stateDirectory() {
        return replica.state().path();
    }

    /** The newest version on this device. */
    public Version version() {
        return replica.locked(replica::version);
    }

    /**
     * The document of that name as it is now; empty, never absent, when nothing was ever written to it.
     *
     * @throws IllegalArgumentException if the name is not 1 to 1,024 bytes of UTF-8
     */
    public Document document(String name) {
        return reading.document(name);
    }

    /** The names of the documents that exist now. */
    public SortedSet<String> documents() {
        return reading.names();
    }

    /**
     * The conflicts of all documents which have any, by name; also of those in which nothing is left but what was lost.
     * Reads all documents: once at the start, say, after which {@link #onChange} tells what becomes of them.
     */
    public SortedMap<String, List<Conflict>> conflicts() {
        return reading.conflicts();
    }

    /** One atomic change over any number of documents, without a message. See {@link #commit(String, Consumer)}. */
    public Version commit(Consumer<Transaction> edits) {
        return commit("", edits);
    }

    /**
     * Makes one atomic change over any number of documents. It is durable on this device when this returns; listeners
     * are told after that. Commits of several threads share one write to the disk.
     *
     * @param message what to say of it in the log, at most 4,096 bytes of UTF-8
     * @param edits what to do; when it throws, nothing happens and the exception goes to the caller
     * @return the version with this change; the current version when there were no edits
     * @throws SpaceException {@code read_only_role}, {@code limit}
     * @throws java.io.UncheckedIOException if the local store cannot be written; nothing happened then
     */
    public Version commit(String message, Consumer<Transaction> edits) {
        return committer.commit(message, edits);
    }

    /**
     * Makes many changes with one write to the disk, for imports and for edits that come faster than a disk can confirm
     * them. Each commit of the batch is a change of its own; all are durable when this returns, and none before. Other
     * commits, of this process and of others, wait until then, so a batch should not wait for anybody.
     *
     * @param work makes the commits, on this thread; reads of the space see them. When it throws, nothing of the batch
     *     happens and the exception goes to the caller
     * @return the version with all of them; the current version when there were none
     * @throws SpaceException {@code read_only_role}, {@code limit}
     * @throws java.io.UncheckedIOException if the local store cannot be written; nothing of the batch happened then
     */
    public Version batch(Consumer<Batch> work) {
        return committer.batch(work);
    }

    /**
     * Takes in what the folder and this device's other processes have brought. Idempotent; costs a listing when nothing
     * is new.
     */
    public RefreshReport refresh() {
        RefreshReport report = refresher.refresh();
        publisher.looked();
        waiter.wake();
        return report;
    }

    /**
     * Does what is due now: publishes by the profile's pace, notices other processes' commits, looks again at
     * incomplete files, tells listeners.
     *
     * @return how long until the next call is worthwhile; a commit may make it due sooner, see {@link #onDue}
     */
    public Duration duties() {
        return publisher.duties();
    }

    /** Registers a function, which must be quick, to be called when {@link #duties()} became due sooner. */
    public Subscription onDue(Runnable wake) {
        return replica.events().onDue(wake);
    }

    /**
     * Publishes everything committed so far, now, whatever the pace.
     *
     * @return whether all is in the folder; if not, {@link SpaceStatus#outbox()} says why, and it is tried again
     */
    public boolean flush() {
        return publisher.flush(Outbox.Sealing.WHEN_LARGE);
    }

    /**
     * Registers a listener for changes of every origin. It is called on the thread which brought the change, one event
     * at a time; what it throws is passed to that thread's uncaught handler and harms nobody else.
     */
    public Subscription onChange(Consumer<ChangeEvent> listener) {
        return replica.locked(() -> {
            replica.history().documents().watchConflicts();
            return replica.events().listen(listener);
        });
    }

    /**
     * What this device can tell about the bytes of any file, with the keys and the devices it knows. Applies nothing
     * and never shows a key.
     */
    public Inspection inspect(Bytes file) {
        return Inspection.of(file, replica.members().secrets().keyRing(), replica.directory());
    }

    /**
     * The health of the space. Never throws; reads no folder. Of the election's papers, which change with every
     * heartbeat, {@link #electionFolder()} tells.
     */
    public SpaceStatus status() {
        return replica.locked(() -> new StatusReport(replica).make());
    }

    /**
     * Waits until a device has confirmed, by a heartbeat in the folder, that it has a version in its own store.
     * Refreshes and does duties while it waits.
     *
     * @return whether it was confirmed in time
     */
    public boolean awaitSeen(Version version, DeviceId device, Duration timeout) {
        return waiter.await(timeout, () -> {
            refresh();
            duties();
            return replica.locked(() -> new StatusReport(replica).hasSeen(version, device));
        });
    }

    /**
     * The documents as they were at a version.
     *
     * @throws SpaceException {@code unknown_version}
     */
    public Snapshot at(Version version) {
        return new PastSnapshot(replica, version);
    }

    /**
     * The names of the devices whose changes count, by the ids under which versions name these: a writer id, or that of
     * a branch of a writer which went on in two ways, as a device that was copied does.
     */
    public SortedMap<WriterId, String> authors() {
        return reading.log(Log::authors);
    }

    /** All changes, newest first in an order that respects causality. */
    public List<LogEntry> log() {
        return reading.log(Log::all);
    }

    /** The changes of one document, newest first in an order that respects causality. */
    public List<LogEntry> log(String document) {
        return reading.log(log -> log.of(document));
    }

    /**
     * The graph of all changes, also of those which only join what came before them, parents before children. One read
     * of the whole history.
     */
    public List<GraphNode> graph() {
        return reading.log(Log::graph);
    }

    /**
     * The version a change was made on: the space as its author saw it just before.
     *
     * @throws SpaceException {@code unknown_version}
     */
    public Version before(Version.Head change) {
        return reading.log(log -> log.before(change));
    }

    /**
     * The changes which are in one version and not in another, parents before children.
     *
     * @param from the version to leave out; it need not be in the past of the other
     * @param to the version to look at
     * @throws SpaceException {@code unknown_version}
     */
    public List<LogEntry> changesBetween(Version from, Version to) {
        return reading.log(log -> log.between(replica.heads(from), replica.heads(to)));
    }

    /**
     * Hands over the same changes one by one, however many there are. Others wait for the space meanwhile, so the
     * consumer should not wait for anybody.
     *
     * @return how many there were
     * @throws SpaceException {@code unknown_version}
     */
    public long changesBetween(Version from, Version to, Consumer<LogEntry> each) {
        return reading.log(log -> log.eachBetween(replica.heads(from), replica.heads(to), each));
    }

    /**
     * How many changes are in one version and not in another, those which only join what came before them included.
     *
     * @throws SpaceException {@code unknown_version}
     */
    public long countBetween(Version from, Version to) {
        return reading.past(history -> history.countBetween(replica.heads(from), replica.heads(to)));
    }

    /**
     * What one version of a document has and another has not, by the identity of characters and elements. Neither need
     * be in the past of the other.
     *
     * @throws SpaceException {@code unknown_version}
     */
    public Difference.OfMap diff(String document, Version before, Version after) {
        return reading.past(history -> history.diff(document, replica.heads(before), replica.heads(after)));
    }

    /**
     * Who made what is now in the text, list, map or counter at the end of a path. {@link #version(ChangeId)} and
     * {@link #log()} tell more about a change.
     *
     * @param path {@link String} keys and {@link Integer} indexes
     * @throws IllegalArgumentException if there is none
     */
    public Blame blame(String document, Object... path) {
        return reading.past(history -> history.blame(document, path));
    }

    /**
     * Who made what was in the text, list, map or counter at the end of a path.
     *
     * @throws IllegalArgumentException if there was none
     * @throws SpaceException {@code unknown_version}
     */
    public Blame blameAt(String document, Version version, Object... path) {
        return reading.past(history -> history.blameAt(document, replica.heads(version), path));
    }

    /**
     * A place in a text or a list which stays with what is around it, whatever anybody edits.
     *
     * @param index the place as it is now: in UTF-16 code units, or the index of an element
     * @param side what it stays with when something is inserted right there
     * @param path {@link String} keys and {@link Integer} indexes
     * @throws IllegalArgumentException if there is no text or list, or the index is inside a surrogate pair
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public Cursor cursor(String document, int index, Cursor.Side side, Object... path) {
        return reading.past(history -> history.cursor(document, index, side, path));
    }

    /** Where a cursor is now; nothing if its text or list is gone, or has not come. */
    public Optional<Place> locate(Cursor cursor) {
        return reading.past(history -> history.locate(cursor));
    }

    /** The space as the author of a change saw it, that change included. */
    public static Version version(ChangeId change) {
        return Replica.version(Heads.of(List.of(change)));
    }

    /**
     * Takes back this device's newest change that is not taken back yet, by a change of its own: characters and
     * elements it inserted go, those which only it deleted come back, elements and nodes go back to where they would be
     * without it, keys which show what it assigned show what they would without it, counters lose what it added. What
     * others did since stays. Of a device that was copied only what it made under its present writer id; what it made
     * before is taken back by {@link #undo(Version.Head)}.
     *
     * @return the version with this change; nothing if there is no change to take back
     * @throws SpaceException {@code read_only_role}
     */
    public Optional<Version> undo() {
        return undo(left -> {});
    }

    /**
     * Does as {@link #undo()}, and tells which parts of documents had to be left as they are, and why.
     *
     * @param left is told of each of them, on this thread, before the version is returned
     */
    public Optional<Version> undo(Consumer<LeftAlone> left) {
        return reversals.undo(left);
    }

    /**
     * Makes the change again which this device took back last, if it has edited nothing since.
     *
     * @return the version with this change; nothing if there is no change to make again
     * @throws SpaceException {@code read_only_role}
     */
    public Optional<Version> redo() {
        return redo(left -> {});
    }

    /** Does as {@link #redo()}, and tells which parts of documents had to be left as they are, and why. */
    public Optional<Version> redo(Consumer<LeftAlone> left) {
        return reversals.redo(left);
    }

    /**
     * Takes back one change which this device made, whatever came after it; see {@link #undo()}. Taking back a change
     * that took back another makes the other again.
     *
     * @return the version with this change
     * @throws IllegalArgumentException if the change is another device's, or is taken back already
     * @throws SpaceException {@code unknown_version}, {@code read_only_role}
     */
    public Version undo(Version.Head change) {
        return undo(change, left -> {});
    }

    /** Does as {@link #undo(Version.Head)}, and tells which parts of documents had to be left as they are, and why. */
    public Version undo(Version.Head change, Consumer<LeftAlone> left) {
        return reversals.undo(change, left);
    }

    /**
     * Makes a document as it was at a version, by a change with as few edits as there can be, so that what others edit
     * meanwhile merges.
     *
     * @return the version with this change; the current version when the document is so already
     * @throws SpaceException {@code unknown_version}, {@code read_only_role}
     */
    public Version restore(String document, Version version) {
        return reversals.restore(document, version);
    }

    /**
     * Settles a conflict in favour of one of its assignments; see {@link Document#conflicts()}. It is a commit like any
     * other, which supersedes all assignments seen here.
     *
     * @return the version with this change
     * @throws IllegalArgumentException if that assignment is not there any more
     */
    public Version resolve(String document, Conflict.Assignments conflict, Assignment chosen) {
        return commit(tx -> tx.on(document).resolve(conflict, chosen));
    }

    /**
     * Brings back what was removed while others edited it, with their edits; see {@link Document#conflicts()}. Loads
     * the history if it is not in memory, since the last checkpoint may know no more than that something was lost.
     *
     * @return the version with this change
     * @throws IllegalArgumentException if these edits are not lost any more
     */
    public Version restore(String document, Conflict.LostEdits conflict) {
        return reversals.settle(document, editor -> editor.restore(conflict));
    }

    /**
     * Settles that edits inside of what was removed are to stay lost; loads the history as {@link #restore(String,
     * Conflict.LostEdits)} does.
     *
     * @return the version with this change
     * @throws IllegalArgumentException if these edits are not lost any more
     */
    public Version dismiss(String document, Conflict.LostEdits conflict) {
        return reversals.settle(document, editor -> editor.dismiss(conflict));
    }

    /**
     * A collection which only the device that leads may write; empty when nothing was ever written to it.
     *
     * @param name 1 to 512 bytes of UTF-8
     */
    public LeaderOnly leaderOnly(String name) {
        return new LeaderOnly(replica, committer, name);
    }

    /** The names of the leader-only collections to which something was written. */
    public SortedSet<String> leaderOnlyNames() {
        return reading.leaderOnlyNames();
    }

    /** The folder as the election of a leader sees it; see the module {@code leader-election}. */
    public ElectionFolder electionFolder() {
        return new ElectionFolder(replica, refresher);
    }

    /** 64 hexadecimal digits over the visible state and the conflicts of all documents; equal on converged devices. */
    public String stateHash() {
        return reading.stateHash();
    }

    /**
     * Makes a one-time invite and publishes what it needs.
     *
     * @throws SpaceException {@code read_only_role} when this device may not grant the role
     */
    public Invite invite(InviteOptions options) {
        return membering.invite(options);
    }

    /** The devices that ask to join. */
    public List<PendingJoin> pendingJoins() {
        return membering.pendingJoins();
    }

    /** Admits a device whose safety words were compared. */
    public void approve(PendingJoin join) {
        membering.approve(join);
        flush();
    }

    /** Refuses a device. */
    public void decline(PendingJoin join) {
        membering.decline(join);
        flush();
    }

    /** Checkpoints of this space and what lets files go. */
    public Compaction compaction() {
        return new Compaction(replica(), this);
    }

    /** The parts of this space, for this package. */
    Replica replica() {
        return replica;
    }

    /** Publishes what is due, saves what makes the next open fast, and releases the store. Idempotent. */
    @Override
    public void close() {
        if (replica.isClosed()) {
            return;
        }
        try {
            publisher.closing();
        } finally {
            replica.close();
            threads.close();
        }
    }
}
