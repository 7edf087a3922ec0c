package dev.cairn.replica.store.image;

import static dev.cairn.replica.store.image.ImageReader.require;
import static dev.cairn.replica.store.image.ImageVerdict.BAD_ENTRY;
import static dev.cairn.replica.store.image.ImageVerdict.BAD_SIGNATURE;
import static dev.cairn.replica.store.image.ImageVerdict.CHAIN_DIFFERS;
import static dev.cairn.replica.store.image.ImageVerdict.CONTENT_DIFFERS;
import static dev.cairn.replica.store.image.ImageVerdict.CUT_DIFFERS;
import static dev.cairn.replica.store.image.ImageVerdict.WRONG_ROW;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.tasks.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Checks an image against its manifest and against the keys of the devices (SPEC section "What a reader verifies").
 *
 * <p>One pass over the runs ({@link LineWalk}): each is decoded at the point where the one before it ended, so that the
 * chain hash of every line comes out at its end, and there one signature of the writer's device stands for all of it.
 * Who made the image need not be trusted for a single change.
 */
public final class ImageCheck {
    private final SpaceId space;
    private final KnownEntries known;
    private final Map<Integer, ImageLine> byNo = new HashMap<>();
    private final Set<Integer> parents = new HashSet<>();
    private final Executor executor;

    /**
     * A check of one image.
     *
     * @param known takes the image's member entries, each in its right form, and knows the devices then
     * @param executor decodes changes of different lines at the same time; the calling thread may be all it has
     */
    public ImageCheck(SpaceId space, KnownEntries known, Executor executor) {
        this.space = space;
        this.known = known;
        this.executor = executor;
    }

    /** What an image is. */
    public sealed interface Outcome {}

    /** All of it can be relied on but for the documents. */
    public record Sound(CheckedImage image) implements Outcome {}

    /** A device which has changes in it is not known yet. */
    public record Waiting(DeviceId device) implements Outcome {}

    /** Whether a line's end is signed, which takes longer than anything else and is found out beside it. */
    private record Proof(ImageLine line, FutureTask<Boolean> task) {
        /** Finds it out here unless another thread has begun. */
        boolean holds() {
            task.run();
            return Tasks.result(task, RuntimeException.class);
        }
    }

    /** Checks an image which a manifest describes. */
    public Outcome check(ImageReader reader, CheckpointBody manifest) throws ImageException {
        Outcome outcome = check(reader);
        if (outcome instanceof Sound sound) {
            require(
                    sound.image().cut().equals(manifest.cut()),
                    CUT_DIFFERS,
                    sound.image().cut().size() + " ends");
            require(sound.image().content().equals(manifest.content()), CONTENT_DIFFERS, "logical hash");
        }
        return outcome;
    }

    /** Checks an image for itself. */
    public Outcome check(ImageReader reader) throws ImageException {
        List<ImageLine> lines = reader.lines();
        List<Bytes> entries = reader.entries();
        DeviceDirectory devices = known.learn(parse(entries));
        for (ImageLine line : lines) {
            if (devices.named(line.device()).isEmpty()) {
                return new Waiting(line.device());
            }
        }
        fit(lines);
        LineWalk walk = new LineWalk(executor, line -> origin(line, devices));
        reader.runs((no, line, first, body) -> walk.add(no, line(no, line), first, body));
        List<ImageRow> rows = walk.finish();
        List<CutPoint> cut = new ArrayList<>();
        List<Proof> proofs = new ArrayList<>();
        for (ImageLine line : lines) {
            ChainPoint end = walk.end(line);
            if (ends(line, end)) {
                cut.add(new CutPoint(line.writer(), end.seq(), end.hash()));
                proofs.add(new Proof(line, new FutureTask<>(() -> proves(line, end, devices))));
            }
        }
        cut.sort(null);
        proofs.forEach(proof -> executor.execute(proof.task()));
        reader.hash(lines);
        reader.hashEntries(entries);
        Map<WriterId, Long> retired = reader.retired();
        Map<String, Long> documents = reader.documents();
        Map<String, Bytes> meta = reader.meta();
        for (Proof proof : proofs) {
            require(proof.holds(), BAD_SIGNATURE, "line " + proof.line().no());
        }
        return new Sound(
                new CheckedImage(lines, rows, cut, retired, documents, meta, reader.content(), walk.decoded()));
    }

    /** Those which are new here: most of them are not, and the keys in them are dear to check. */
    private List<MemberEntry> parse(List<Bytes> entries) throws ImageException {
        List<MemberEntry> parsed = new ArrayList<>();
        Bytes before = Bytes.empty();
        for (Bytes entry : entries) {
            Bytes digest = entry.sha256();
            require(before.compareTo(digest) < 0, WRONG_ROW, "entries out of order");
            before = digest;
            if (!known.has(digest)) {
                parsed.add(parse(entry));
            }
        }
        return parsed;
    }

    private static MemberEntry parse(Bytes entry) throws ImageException {
        try {
            return MemberEntry.parse(entry);
        } catch (MalformedException e) {
            throw new ImageException(BAD_ENTRY, String.valueOf(e.getMessage()));
        }
    }

    /** Whether the lines are chains and branches of chains. */
    private void fit(List<ImageLine> lines) throws ImageException {
        ImageLine before = null;
        for (ImageLine line : lines) {
            byNo.put(line.no(), line);
            boolean ascends = before == null || before.writer().compareTo(line.writer()) <= 0;
            boolean sameWriter = before != null && before.writer().equals(line.writer());
            require(ascends && sameWriter == (line.parent() != 0), WRONG_ROW, "line " + line.no());
            require(line.fork() <= line.last(), WRONG_ROW, "line " + line.no() + " ends before it begins");
            if (line.parent() != 0) {
                fit(line, byNo.get(line.parent()));
                require(line.last() > line.fork(), WRONG_ROW, "line " + line.no() + " has no change");
                parents.add(line.parent());
            } else {
                require(line.fork() == 0, WRONG_ROW, "line " + line.no() + " begins at " + line.fork());
            }
            before = line;
        }
    }

    private static void fit(ImageLine line, @Nullable ImageLine parent) throws ImageException {
        boolean fits = parent != null
                && parent.writer().equals(line.writer())
                && parent.last() == line.fork()
                && (line.fork() == 0 || parent.device().equals(line.device()));
        require(fits, WRONG_ROW, "line " + line.no() + " does not branch from its parent");
    }

    private ImageLine line(long no, int lineNo) throws ImageException {
        return Optional.ofNullable(byNo.get(lineNo))
                .orElseThrow(() -> new ImageException(WRONG_ROW, "run " + no + " of no line"));
    }

    private ChainPoint origin(ImageLine line, DeviceDirectory devices) {
        VerifyingKey key = devices.named(line.device()).orElseThrow();
        return ChainPoint.origin(space, line.writer(), key.bytes());
    }

    /** Checks the end of a line but for its signature; a line without branches has one, and a place in the cut. */
    private boolean ends(ImageLine line, ChainPoint end) throws ImageException {
        require(end.seq() == line.last(), WRONG_ROW, "line " + line.no() + " ends at " + end.seq());
        require(end.hash().equals(line.chain()), CHAIN_DIFFERS, "line " + line.no());
        require(
                line.hasBranches() == parents.contains(line.no()),
                WRONG_ROW,
                "line " + line.no() + " and its branches");
        if (line.hasBranches()) {
            return false;
        }
        require(line.last() > line.fork(), WRONG_ROW, "line " + line.no() + " has no change");
        return true;
    }

    private boolean proves(ImageLine line, ChainPoint end, DeviceDirectory devices) {
        try {
            VerifyingKey key = devices.named(line.device()).orElseThrow();
            return new SignedEnd(line.signed()).proves(space, line.writer(), key, end);
        } catch (MalformedException e) {
            return false;
        }
    }
}
