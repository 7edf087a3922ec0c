package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.CheckpointWriter;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.replica.history.History;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.store.HeadNote;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.image.CheckedImage;
import dev.cairn.replica.store.image.ImageCheck;
import dev.cairn.replica.store.image.ImageException;
import dev.cairn.replica.store.image.ImageFile;
import dev.cairn.replica.store.image.ImageReader;
import dev.cairn.replica.store.image.ImageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a checkpoint of what is in this device's store and puts its files into the outbox, the manifest last.
 *
 * <p>Before anything is sealed the image is read back and checked as if somebody else had made it: what nobody can read
 * must never be what others' files are withdrawn for. A part which an earlier checkpoint has already is named again.
 */
public final class CheckpointMaker {
    private final CompactionHost host;

    /** A maker for an open space. */
    public CheckpointMaker(CompactionHost host) {
        this.host = host;
    }

    /**
     * What was made.
     *
     * @param digest the digest of the manifest
     * @param changes how many changes are in it
     * @param imageBytes the size of the image
     * @param parts its parts
     * @param reused how many of them were published before
     * @param leftOut writers whose chains have no signed end in this store yet, or of whose device nothing counts
     * @param fresh whether it is a new one: the newest own checkpoint may say it all already
     */
    public record Made(
            Bytes digest, long changes, long imageBytes, int parts, int reused, Set<WriterId> leftOut, boolean fresh) {}

    /** Told how many of the image's bytes are sealed. */
    @FunctionalInterface
    public interface Listener {
        /** That many of that many bytes. */
        void sealed(long done, long total);
    }

    /**
     * Makes a checkpoint, unless the store has no change that one can hold.
     *
     * @throws IllegalStateException if this device has no key to write under
     */
    public Optional<Made> make(Listener listener) {
        return make(false, listener);
    }

    /**
     * Makes a checkpoint which names no part that was published before, even if an own one says the same already, and
     * keeps it: for members whom the files in the folder do not reach.
     *
     * @throws IllegalStateException if this device has no key to write under
     */
    public Optional<Made> makeAnew() {
        Optional<Made> made = make(true, (done, total) -> {});
        made.ifPresent(checkpoint -> host.locked(() -> host.store().write(() -> {
            Unreached.keep(host.store(), checkpoint.digest());
            return true;
        })));
        return made;
    }

    private Optional<Made> make(boolean anew, Listener listener) {
        Author author = host.locked(host::author)
                .orElseThrow(() -> new IllegalStateException("this device has no key to write under yet"));
        DeviceDirectory directory = host.directory();
        SortedMap<WriterId, Long> retired = host.locked(() -> {
            host.history().saveCheckpoint();
            TreeMap<WriterId, Long> map = new TreeMap<>();
            host.store().headNotes().all().stream()
                    .filter(note -> note.retiredThrough() > 0)
                    .forEach((HeadNote note) -> map.put(note.writer(), note.retiredThrough()));
            return map;
        });
        Set<DeviceId> counting = host.locked(() -> host.history().counting());
        try (ImageFile scratch = ImageFile.in(host.workDirectory(), "scratch.db");
                ImageFile image = ImageFile.in(host.workDirectory(), "out.db")) {
            Set<WriterId> leftOut = ImageWriter.write(
                    new ImageWriter.Source(host.store().file(), author.signatory(), counting::contains),
                    new ImageWriter.Files(scratch.path(), image.path()),
                    host.space(),
                    History.documentsForm(),
                    retired);
            scratch.close();
            CheckedImage checked = check(image, directory);
            if (checked.cut().isEmpty()) {
                return Optional.empty();
            }
            Optional<Made> same = anew ? Optional.empty() : same(checked, leftOut);
            return same.or(() -> {
                Map<Bytes, PartRef> known = anew ? Map.of() : host.locked(() -> ownParts(author.writer()));
                return Optional.of(publish(author, image, checked, leftOut, known, listener));
            });
        }
    }

    private CheckedImage check(ImageFile image, DeviceDirectory directory) {
        try (ImageReader reader = ImageReader.open(image.path())) {
            ImageCheck check = new ImageCheck(host.space(), entries -> directory, Runnable::run);
            if (check.check(reader) instanceof ImageCheck.Sound sound) {
                return sound.image();
            }
            throw new IllegalStateException("the store has changes of a device that no member entry names");
        } catch (ImageException e) {
            throw new IllegalStateException("the image just made " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + image.path() + ": " + e.getMessage(), e);
        }
    }

    /** The own checkpoint which says all of that already. */
    private Optional<Made> same(CheckedImage checked, Set<WriterId> leftOut) {
        return host.locked(() -> host.store().checkpoints().all().stream()
                .filter(known -> known.body().device().equals(host.device()))
                .filter(known -> known.body().cut().equals(checked.cut()))
                .filter(known -> known.verdict() != KnownCheckpoint.Verdict.REFUSED)
                .filter(known -> isPublished(known))
                .findFirst()
                .map(known -> {
                    CheckpointBody body = known.body();
                    int parts = body.parts().size();
                    return new Made(known.digest(), checked.changes(), body.imageBytes(), parts, parts, leftOut, false);
                }));
    }

    private Made publish(
            Author author,
            ImageFile image,
            CheckedImage checked,
            Set<WriterId> leftOut,
            Map<Bytes, PartRef> known,
            Listener listener) {
        CheckpointWriter writer = new CheckpointWriter(author.sealer(), author.signatory());
        List<PartRef> parts = new ArrayList<>();
        int reused = 0;
        long size = image.size();
        for (long at = 0; at < size; at += Limits.PART_BYTES) {
            Bytes bytes = image.slice(at, (int) Math.min(Limits.PART_BYTES, size - at));
            PartRef old = known.get(bytes.sha256());
            reused += old == null ? 0 : 1;
            parts.add(old == null ? part(author, writer, bytes) : old);
            listener.sealed(at + bytes.size(), size);
        }
        Bytes digest = manifest(author, writer, checked, parts);
        return new Made(digest, checked.changes(), size, parts.size(), reused, leftOut, true);
    }

    private boolean isPublished(KnownCheckpoint known) {
        return OwnFileNames.of(host.store(), known).isPresent();
    }

    /** The parts which this writer's checkpoints name and which it holds itself. */
    private Map<Bytes, PartRef> ownParts(WriterId writer) {
        Map<Bytes, PartRef> parts = new HashMap<>();
        for (KnownCheckpoint checkpoint : host.store().checkpoints().all()) {
            if (checkpoint.writer().equals(writer) && isPublished(checkpoint)) {
                checkpoint.body().parts().forEach(part -> parts.put(part.content(), part));
            }
        }
        return parts;
    }

    private PartRef part(Author author, CheckpointWriter writer, Bytes bytes) {
        return host.locked(() -> host.store().write(() -> {
            SealedFile file = writer.part(nextOrdinal(author.writer(), "part-ordinal", "p"), bytes);
            host.outbox().add(file);
            return new PartRef(file.digest(), bytes.size(), bytes.sha256());
        }));
    }

    private Bytes manifest(Author author, CheckpointWriter writer, CheckedImage checked, List<PartRef> parts) {
        return host.locked(() -> host.store().write(() -> {
            CheckpointBody body = new CheckpointBody(
                    host.device(), checked.cut(), checked.content(), parts, List.of(), host.nowMillis());
            long ordinal = nextOrdinal(author.writer(), "checkpoint-ordinal", "k");
            SealedFile file = writer.manifest(ordinal, body);
            host.outbox().add(file);
            LocalStore store = host.store();
            store.checkpoints().add(file.digest(), author.writer(), ordinal, body);
            store.setNumber("made/" + file.digest().toHex(), host.instance());
            store.setNumber("parts-settled", store.number("part-ordinal", 0));
            return file.digest();
        }));
    }

    private long nextOrdinal(WriterId writer, String counter, String letter) {
        long next =
                Math.max(host.store().number(counter, 0) + 1, host.store().own().greatestOrdinal(writer, letter) + 1);
        host.store().setNumber(counter, next);
        return next;
    }
}
