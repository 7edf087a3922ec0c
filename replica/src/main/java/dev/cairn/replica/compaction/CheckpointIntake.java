package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Limits;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.replica.history.ForeignDocuments;
import dev.cairn.replica.history.History;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import dev.cairn.replica.store.image.CheckedImage;
import dev.cairn.replica.store.image.ImageCheck;
import dev.cairn.replica.store.image.ImageException;
import dev.cairn.replica.store.image.ImageFile;
import dev.cairn.replica.store.image.ImageLine;
import dev.cairn.replica.store.image.ImageMeta;
import dev.cairn.replica.store.image.ImageReader;
import dev.cairn.replica.store.image.ImageVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * Reads the checkpoints that the folder brings, each once: takes over what is missing here, and finds out whether it
 * can be relied on.
 *
 * <p>The parts are put together outside of the space's lock in a file of this device's own, checked there as a whole,
 * and only then linked in one transaction. A checkpoint of which something is missing waits; one which is refused is
 * named in the status, and never stands in the way of the others.
 */
public final class CheckpointIntake {
    private final CompactionHost host;

    /** The intake of an open space. */
    public CheckpointIntake(CompactionHost host) {
        this.host = host;
    }

    /**
     * Reads what is new and whole, the one with the most changes first.
     *
     * @param executor decodes changes of different writers at the same time
     * @param heads keeps what is to be known before it is decided who relies on a checkpoint; runs in the transaction
     *     in which that is decided, which may be none or several
     */
    public void run(Executor executor, Runnable heads) {
        List<KnownCheckpoint> unread = host.locked(() -> host.store().checkpoints().all().stream()
                .filter(known -> known.verdict() == Verdict.UNREAD)
                .sorted(Comparator.comparingLong(CheckpointIntake::weight).reversed())
                .toList());
        for (KnownCheckpoint checkpoint : unread) {
            if (host.locked(() -> worthReading(checkpoint))) {
                host.alone(() -> readUnlessRead(checkpoint, executor, heads));
            }
        }
    }

    private static long weight(KnownCheckpoint checkpoint) {
        return checkpoint.body().cut().stream().mapToLong(point -> point.seq()).sum();
    }

    private boolean worthReading(KnownCheckpoint checkpoint) {
        boolean whole = host.inbox().listed(checkpoint.digest()).isPresent()
                && checkpoint.body().parts().stream()
                        .allMatch(part -> host.inbox().listed(part.file()).isPresent());
        if (!whole || !checkpoint.body().features().isEmpty()) {
            return false;
        }
        if (checkpoint.body().device().equals(host.device())) {
            return madeByAnother(checkpoint) || isConfirmed(checkpoint);
        }
        return host.store().checkpoints().all().stream()
                .noneMatch(other -> other.verdict().sound()
                        && host.inbox().listed(other.digest()).isPresent()
                        && Coverage.covers(host.history(), other.body(), checkpoint.body()));
    }

    /**
     * A device's word for its own checkpoint is worth something only when a later process has read it from the disk.
     */
    private boolean madeByAnother(KnownCheckpoint checkpoint) {
        return host.store().number("made/" + checkpoint.digest().toHex(), 0) != host.instance();
    }

    private boolean isConfirmed(KnownCheckpoint checkpoint) {
        return host.store()
                .meta(Retirement.ALONE)
                .filter(checkpoint.digest()::equals)
                .isPresent();
    }

    /** Another process may have read it while this one waited for its turn. */
    private boolean readUnlessRead(KnownCheckpoint checkpoint, Executor executor, Runnable heads) {
        boolean unread = host.locked(() -> host.store()
                .checkpoints()
                .find(checkpoint.digest())
                .filter(known -> known.verdict() == Verdict.UNREAD)
                .isPresent());
        if (unread) {
            read(checkpoint, executor, heads);
        }
        return unread;
    }

    private void read(KnownCheckpoint checkpoint, Executor executor, Runnable heads) {
        try (ImageFile image = ImageFile.in(host.workDirectory(), "in.db")) {
            if (!assemble(checkpoint, image)) {
                return;
            }
            try (ImageReader reader = ImageReader.open(image.path())) {
                ImageCheck check = new ImageCheck(host.space(), host.knownEntries(), executor);
                if (check.check(reader, checkpoint.body()) instanceof ImageCheck.Sound sound) {
                    take(checkpoint, sound.image(), reader, heads);
                }
            }
        } catch (ImageException e) {
            judge(checkpoint, Verdict.REFUSED, e.verdict().code() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot put a checkpoint together: " + e.getMessage(), e);
        }
    }

    private boolean judge(KnownCheckpoint checkpoint, Verdict verdict, String problem) {
        return host.locked(() -> host.store().write(() -> {
            host.store().checkpoints().judge(checkpoint.digest(), verdict, problem);
            return true;
        }));
    }

    /** Puts the parts into one file; false when one cannot be read now. */
    private boolean assemble(KnownCheckpoint checkpoint, ImageFile image) throws ImageException {
        CheckpointReader parts = new CheckpointReader(host.space(), host.keys(), host.directory());
        for (PartRef part : checkpoint.body().parts()) {
            Optional<Listing.Entry> entry = host.inbox().listed(part.file());
            if (entry.isEmpty()
                    || !(host.folder().read(entry.get(), Limits.FILE_BYTES_MAX) instanceof ReadResult.Content found)) {
                return false;
            }
            if (!found.bytes().sha256().equals(part.file())) {
                return false;
            }
            Optional<Bytes> bytes = parts.part(found.bytes()).content();
            boolean same = bytes.isPresent()
                    && bytes.get().size() == part.size()
                    && bytes.get().sha256().equals(part.content());
            if (!same) {
                throw new ImageException(ImageVerdict.PART_DIFFERS, entry.get().path());
            }
            image.append(bytes.get());
        }
        return true;
    }

    private void take(KnownCheckpoint checkpoint, CheckedImage image, ImageReader reader, Runnable heads)
            throws ImageException {
        Optional<ForeignDocuments> saved = documents(image, reader);
        Progress others = new Progress();
        Progress linked = new Progress();
        boolean settled = host.locked(() -> host.history().write(others, linked, () -> {
            heads.run();
            boolean attested = new Fellows(host, 0)
                    .attest(checkpoint.digest(), checkpoint.body().device());
            boolean asGiven = host.history().isEmpty() && attested;
            link(image, reader, attested ? saved : Optional.empty());
            if (asGiven || saved.isEmpty()) {
                host.store().checkpoints().judge(checkpoint.digest(), Verdict.SOUND, "");
                return true;
            }
            return false;
        }));
        host.announce(others, linked);
        if (!settled) {
            compare(checkpoint, saved.orElseThrow());
        }
    }

    /** Looks whether the documents are those which the changes make. */
    private void compare(KnownCheckpoint checkpoint, ForeignDocuments saved) throws ImageException {
        Optional<Boolean> agrees = host.locked(() -> {
            host.history().saveCheckpoint();
            return host.history().agrees(saved);
        });
        if (agrees.isPresent() && !agrees.get()) {
            throw new ImageException(ImageVerdict.STATE_DIFFERS, "state hash");
        }
        judge(checkpoint, agrees.isPresent() ? Verdict.VERIFIED : Verdict.SOUND, "");
    }

    private void link(CheckedImage image, ImageReader reader, Optional<ForeignDocuments> saved) {
        try {
            if (host.history().isEmpty()) {
                host.history().adopt(image, reader::body, this::origin, saved);
            } else {
                host.history().linkMissing(image, reader::body, this::origin);
            }
        } catch (ImageException e) {
            throw new IllegalStateException("an image changed after it was checked: " + e.getMessage(), e);
        }
    }

    private ChainPoint origin(ImageLine line) {
        return ChainPoint.origin(
                host.space(),
                line.writer(),
                host.directory().named(line.device()).orElseThrow().bytes());
    }

    private static Optional<ForeignDocuments> documents(CheckedImage image, ImageReader reader) {
        Bytes form = image.meta().getOrDefault(ImageMeta.FORM, Bytes.empty());
        return Bytes.utf8(History.documentsForm()).equals(form)
                ? Optional.ofNullable(image.meta().get(ImageMeta.VERSION))
                        .map(version -> new Saved(image, reader, version))
                : Optional.empty();
    }

    /** The documents in an image. */
    private record Saved(CheckedImage image, ImageReader reader, Bytes version) implements ForeignDocuments {
        @Override
        public SortedSet<String> names() {
            return new TreeSet<>(image.documents().keySet());
        }

        @Override
        public ByteBuffer state(String name) {
            try {
                return reader.state(image.documents().getOrDefault(name, 0L)).asByteBuffer();
            } catch (ImageException e) {
                throw new IllegalArgumentException("document " + name + ": " + e.getMessage(), e);
            }
        }
    }
}
