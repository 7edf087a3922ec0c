package dev.cairn.replica.compaction;

import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.Membership;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.outbox.Outbox;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.image.KnownEntries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What compaction needs of an open space. */
public interface CompactionHost {
    LocalStore store();

    History history();

    Inbox inbox();

    Outbox outbox();

    SharedFolder folder();

    SpaceId space();

    DeviceId device();

    /** This device's writers, the current one last. */
    List<WriterId> writers();

    /** This device as an author, once it has a key to write under. */
    Optional<Author> author();

    KeyRing keys();

    DeviceDirectory directory();

    Membership membership();

    /** The directory in which images are put together. */
    Path workDirectory();

    /** This device's clock, which may be wrong. */
    long nowMillis();

    /** How long a list waits although all have acknowledged it. */
    Duration retirementGrace();

    /** Differs in every process that opens the space. */
    long instance();

    /** Runs an action under the space's lock. */
    <T> T locked(Supplier<T> action);

    /** Runs an action while no other process of this device publishes, or makes or reads a checkpoint. */
    <T> T alone(Supplier<T> action);

    /** The member entries here; what is learnt is kept. */
    KnownEntries knownEntries();

    /** The file of an entry for this device's directory. */
    SealedFile seal(MemberEntry entry);

    /** Tells listeners what came. */
    void announce(Progress others, Progress linked);
}
