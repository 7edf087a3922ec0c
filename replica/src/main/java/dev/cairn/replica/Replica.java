package dev.cairn.replica;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.Padding;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.format.membership.Membership;
import dev.cairn.replica.cache.PastDocuments;
import dev.cairn.replica.compaction.CheckpointIntake;
import dev.cairn.replica.compaction.CompactionHost;
import dev.cairn.replica.compaction.Rescue;
import dev.cairn.replica.compaction.Retirement;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.identity.LocalSecrets;
import dev.cairn.replica.identity.Members;
import dev.cairn.replica.identity.SecretsFile;
import dev.cairn.replica.identity.StateDirectory;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Outbox;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.PublisherLock;
import dev.cairn.replica.store.StoreTrouble;
import dev.cairn.replica.store.image.ImageFile;
import dev.cairn.replica.store.image.KnownEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The parts of an open space and the lock over them.
 *
 * <p>The lock guards the store, the history and the members. It is held for a commit's write to the disk, and never
 * while the folder is read or written: a folder may block for a minute.
 */
final class Replica implements CompactionHost {
    /** Counts the changes of the secrets' file. */
    private static final String SECRETS_STAMP = "secrets-stamp";

    private final ReentrantLock lock = new ReentrantLock();
    private final SpaceOptions options;
    private final SharedFolder folder;
    private final StateDirectory state;
    private final SecretsFile secretsFile;
    private final LocalStore store;
    private final Members members;
    private final History history;
    private final Inbox inbox;
    private final Outbox outbox;
    private final PublisherLock publisherLock;
    private final CheckpointIntake intake;
    private final Retirement retirement;
    private final Rescue rescue;
    private final long instance;
    private final Events events = new Events();
    private final PastDocuments pastDocuments = new PastDocuments();
    private volatile Map<WriterId, Long> needed = Map.of();
    private long secretsStamp;
    private int knownEntries;
    private boolean closed;

    Replica(
            SpaceOptions options,
            SharedFolder folder,
            StateDirectory state,
            SecretsFile secretsFile,
            LocalStore store,
            Members members) {
        this.options = options;
        this.folder = folder;
        this.state = state;
        this.secretsFile = secretsFile;
        this.store = store;
        this.members = members;
        this.history = History.open(store, members.secrets().device().id(), members::membership);
        this.inbox = new Inbox(folder, store);
        this.outbox = new Outbox(folder, store, history, this::locked);
        this.secretsStamp = store.number(SECRETS_STAMP, 0);
        this.knownEntries = store.entryCount();
        this.publisherLock = new PublisherLock(state.path());
        this.instance = options.random().nextLong();
        this.intake = new CheckpointIntake(this);
        this.retirement = new Retirement(this);
        this.rescue = new Rescue(this);
    }

    SpaceOptions options() {
        return options;
    }

    @Override
    public SharedFolder folder() {
        return folder;
    }

    @Override
    public LocalStore store() {
        return store;
    }

    Members members() {
        return members;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    CheckpointIntake intake() {
        return intake;
    }

    Retirement retirement() {
        return retirement;
    }

    Rescue rescue() {
        return rescue;
    }

    @Override
    public List<WriterId> writers() {
        return members.secrets().writers();
    }

    @Override
    public KeyRing keys() {
        return members.secrets().keyRing();
    }

    @Override
    public Membership membership() {
        return members.membership();
    }

    @Override
    public Path workDirectory() {
        return state.path();
    }

    @Override
    public Duration retirementGrace() {
        return options.retireAfter();
    }

    @Override
    public long instance() {
        return instance;
    }

    @Override
    public <T> T alone(Supplier<T> action) {
        return publisherLock.alone(action);
    }

    @Override
    public KnownEntries knownEntries() {
        return new KnownEntries() {
            @Override
            public DeviceDirectory learn(List<MemberEntry> entries) {
                locked(() -> {
                    catchUpMembers();
                    return !entries.isEmpty() && history.write(new Progress(), () -> addEntries(entries));
                });
                return directory();
            }

            @Override
            public boolean has(Bytes digest) {
                return locked(() -> store.hasEntry(digest));
            }
        };
    }

    @Override
    public SealedFile seal(MemberEntry entry) {
        return members.seal(entry, options.random());
    }

    @Override
    public void announce(Progress others, Progress linked) {
        locked(() -> {
            announceOthers(others);
            announce(ChangeEvent.Origin.REMOTE, linked.documents(), linked.changes());
            return true;
        });
    }

    /** Deletes what a process that died has left in the state directory, unless another one is at work. */
    void sweepState() {
        if (!ImageFile.leftOver(state.path()).isEmpty()) {
            publisherLock.ifFree(() -> ImageFile.sweep(state.path()));
        }
    }

    PublisherLock publisherLock() {
        return publisherLock;
    }

    Events events() {
        return events;
    }

    PastDocuments pastDocuments() {
        return pastDocuments;
    }

    @Override
    public SpaceId space() {
        return members.secrets().space();
    }

    @Override
    public DeviceId device() {
        return members.secrets().device().id();
    }

    @Override
    public long nowMillis() {
        return options.clock().millis();
    }

    /** Runs an action under the lock; a closed space refuses. */
    @Override
    public <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the space is closed: " + folder.path());
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread is inside of {@link #locked}. */
    boolean holdsLock() {
        return lock.isHeldByCurrentThread();
    }

    /** Tells listeners what other processes of this device have brought. */
    void announceOthers(Progress progress) {
        announce(ChangeEvent.Origin.OTHER_PROCESS, progress.documents(), progress.changes());
    }

    /** Tells listeners of changes which the documents have; under the lock. */
    void announce(ChangeEvent.Origin origin, SortedSet<String> changed, long changes) {
        if (changes > 0) {
            events.add(new ChangeEvent(
                    origin, version(), changed, changes, history.documents().takeConflicts(changed)));
        }
    }

    /** The newest version; under the lock. */
    Version version() {
        return version(history.documents().heads());
    }

    static Version version(Heads heads) {
        return new Version(heads.changes().stream()
                .map(change -> new Version.Head(
                        new WriterId(change.actor().high(), change.actor().low()), change.seq()))
                .toList());
    }

    /** The engine's names of a version's heads. */
    static List<ChangeId> changes(Version version) {
        return version.heads().stream()
                .map(head -> new ChangeId(
                        new ActorId(head.writer().high(), head.writer().low()), head.seq()))
                .toList();
    }

    /**
     * The engine's name of a version; under the lock.
     *
     * @throws SpaceException {@code unknown_version}
     */
    Heads heads(Version version) {
        return history.heads(changes(version))
                .orElseThrow(() -> new SpaceException(
                        SpaceException.Code.UNKNOWN_VERSION,
                        "this device does not have the version " + version + ": wait until it has arrived"));
    }

    /** This device as an author, once it has a key to write under. */
    @Override
    public Optional<Author> author() {
        LocalSecrets secrets = members.secrets();
        return members.writingKey().map(key -> author(secrets, key));
    }

    private Author author(LocalSecrets secrets, EpochKey key) {
        List<WriterId> writers = secrets.writers();
        Optional<WriterId> previous =
                writers.size() < 2 ? Optional.empty() : Optional.of(writers.get(writers.size() - 2));
        return new Author(
                secrets.writer(),
                previous,
                origin(secrets.writer(), secrets.device().signing().verifyingKey()),
                secrets.sealer(key, options.random()).with(options.padding() ? Padding.PADME : Padding.NONE),
                new Signatory(secrets.device().id(), secrets.device().signing()),
                secrets.deviceName(),
                members.self().map(MemberDevice::mayWrite).orElse(false));
    }

    /** Where the chain of a writer of that device starts. */
    ChainPoint origin(WriterId writer, VerifyingKey deviceKey) {
        return ChainPoint.origin(space(), writer, deviceKey.bytes());
    }

    /** The devices as they are known now; safe from any thread. */
    @Override
    public DeviceDirectory directory() {
        Map<WriterId, Long> taken = needed;
        return members.membership().taking((writer, first) -> first <= taken.getOrDefault(writer, 0L));
    }

    /**
     * Looks which changes are needed of devices that may not write; under the lock. Returns whether these are more than
     * before, so that files which were not taken may be now.
     */
    boolean needMore() {
        Map<WriterId, Long> before = needed;
        needed = history.needed();
        return needed.entrySet().stream().anyMatch(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L));
    }

    /** Makes the secrets durable, and tells the other processes; inside a transaction. */
    void saveSecrets() {
        try {
            secretsFile.write(members.secrets());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + secretsFile.path() + ": " + e.getMessage(), e);
        }
        secretsStamp = store.number(SECRETS_STAMP, 0) + 1;
        store.setNumber(SECRETS_STAMP, secretsStamp);
    }

    /**
     * Keeps new member entries, learns their keys, and takes both up; inside a transaction. Returns whether any is
     * new.
     */
    boolean addEntries(List<MemberEntry> entries) {
        boolean any = StoredEntries.write(store, entries);
        Membership before = members.membership();
        members.take(entries);
        knownEntries = store.entryCount();
        if (members.learnKeys()) {
            saveSecrets();
        }
        forgetFilesOf(before.devices().keySet().stream()
                .filter(device ->
                        before.mayWrite(device) && !members.membership().mayWrite(device))
                .toList());
        return any;
    }

    /** Files of devices which may not write any more were taken and are judged again. */
    private void forgetFilesOf(List<DeviceId> devices) {
        Set<WriterId> writers = new HashSet<>();
        for (DeviceId device : devices) {
            writers.addAll(history.overview().writers(device));
            store.heads().all().stream()
                    .filter(head -> head.device().equals(device))
                    .forEach(head -> writers.add(head.writer()));
        }
        inbox.forget(writers);
    }

    /** Takes up what another process of this device has learnt: member entries, keys, a new incarnation. */
    void catchUpMembers() {
        long stamp = store.number(SECRETS_STAMP, 0);
        if (stamp != secretsStamp) {
            rereadSecrets();
            secretsStamp = stamp;
        }
        int entries = store.entryCount();
        if (entries != knownEntries) {
            members.take(StoredEntries.read(store));
            knownEntries = entries;
        }
    }

    private void rereadSecrets() {
        try {
            if (secretsFile.read() instanceof SecretsFile.Stored.Found found) {
                members.use(found.secrets());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + secretsFile.path() + ": " + e.getMessage(), e);
        }
    }

    /** Saves what makes the next open fast; a full disk only puts that off, since the changes are in the store. */
    void saveDocuments() {
        try {
            history.saveCheckpoint();
        } catch (UncheckedIOException e) {
            if (StoreTrouble.noRoom(e).isEmpty()) {
                throw e;
            }
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Saves what makes the next open fast and lets go of the store. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                saveDocuments();
            } finally {
                store.close();
            }
        } finally {
            lock.unlock();
        }
    }

    StateDirectory state() {
        return state;
    }
}
