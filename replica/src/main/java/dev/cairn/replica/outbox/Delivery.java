package dev.cairn.replica.outbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.folder.DeleteResult;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.PublishResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.replica.inbox.Inbox;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Brings sealed files into the folder and old ones out of it, and finds out which of them have vanished there. */
final class Delivery {
    /** The most files deleted at once; sync tools ask their user when many go. */
    private static final int DELETIONS_MAX = 100;

    private final SharedFolder folder;
    private final LocalStore store;
    private final Outbox.Guard guard;
    private volatile Optional<String> problem = Optional.empty();

    Delivery(SharedFolder folder, LocalStore store, Outbox.Guard guard) {
        this.folder = folder;
        this.store = store;
        this.guard = guard;
    }

    /** Why the last attempt failed. */
    Optional<String> problem() {
        return problem;
    }

    /** An attempt failed before the folder was written to. */
    void failed(String why) {
        problem = Optional.of(why);
    }

    /**
     * Writes what waits, oldest first, and deletes what was replaced. Stops at the first refusal of the folder.
     *
     * @param mayGo which of the files that are to go may go from the folder as it is now
     * @return whether nothing waits any more
     */
    boolean publish(UnaryOperator<List<OwnFile>> mayGo) {
        Optional<String> refused = Optional.empty();
        for (OwnFile file : guard.run(() -> store.own().in(OwnFile.State.TO_PUBLISH))) {
            Optional<Bytes> bytes = guard.run(() -> store.own().bytes(file.id()));
            if (bytes.isEmpty()) {
                continue;
            }
            PublishResult result = folder.own(file.writer()).publish(file.name(), bytes.get());
            if (!result.published()) {
                refused = Optional.of(result.advice());
                break;
            }
            guard.run(() -> store.write(() -> store.own().set(file.id(), OwnFile.State.PUBLISHED)));
        }
        problem = refused;
        if (refused.isEmpty()) {
            deleteRetired(mayGo);
        }
        return refused.isEmpty();
    }

    private void deleteRetired(UnaryOperator<List<OwnFile>> mayGo) {
        List<OwnFile> retired = guard.run(() -> mayGo.apply(store.own().in(OwnFile.State.TO_RETIRE)));
        for (OwnFile file : retired.subList(0, Math.min(DELETIONS_MAX, retired.size()))) {
            DeleteResult result = folder.own(file.writer()).delete(file.name());
            if (result instanceof DeleteResult.Deleted || result instanceof DeleteResult.AlreadyGone) {
                guard.run(() -> store.write(() -> store.own().remove(file.id())));
            }
        }
    }

    /**
     * Compares a listing with what this device has written, and takes into the outbox again what vanished or is not
     * what was written. A folder which is not attached proves nothing.
     *
     * @return how many files will be written again
     */
    int audit(Listing listing, Inbox inbox) {
        if (listing.state() != FolderState.ATTACHED) {
            return 0;
        }
        List<OwnFile> lost = new ArrayList<>();
        for (OwnFile file : store.own().in(OwnFile.State.PUBLISHED)) {
            String path = folder.own(file.writer()).listedPath(file.name());
            Optional<Listing.Entry> entry = listing.find(path);
            if (entry.isEmpty() || entry.get().size() != file.size() || differs(inbox, path, file)) {
                lost.add(file);
            }
        }
        if (!lost.isEmpty()) {
            store.write(() -> {
                lost.forEach(file -> store.own().set(file.id(), OwnFile.State.TO_PUBLISH));
                return lost.size();
            });
        }
        return lost.size();
    }

    /** A file without a digest could be read and is not whole: somebody else has changed it. */
    private static boolean differs(Inbox inbox, String path, OwnFile file) {
        return inbox.known(path)
                .filter(known -> known.state() != KnownFile.State.UNREADABLE)
                .map(known -> !known.digest().equals(Optional.of(file.digest())))
                .orElse(false);
    }
}
