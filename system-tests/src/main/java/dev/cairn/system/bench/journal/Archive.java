package dev.cairn.system.bench.journal;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Segment;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.format.log.SegmentWriter;
import dev.cairn.format.log.Signatory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;

/**
 * Changes as a folder holds them: signed, compressed and encrypted segments of each writer, and the way back.
 *
 * <p>Every actor is a writer, and one device signs for all of them. Keys come from a fixed seed.
 */
public final class Archive {
    /** Bytes of changes in a segment before compression, as in a replica's own segments. */
    private static final int SEGMENT_BYTES_MAX = 8 << 20;

    private static final RandomGenerator RANDOM = new SplittableRandom(20);
    private static final SpaceId SPACE = SpaceId.of(random(SpaceId.SIZE));
    private static final DeviceId DEVICE = DeviceId.of(random(DeviceId.SIZE));
    private static final SigningKey KEY = SigningKey.random(RANDOM);
    private static final EpochKey EPOCH = EpochKey.random(1, RANDOM);
    private static final HedgedSalt SALT = new HedgedSalt(Secret.random(32, RANDOM), RANDOM);
    private static final SegmentReader READER = new SegmentReader(SPACE, KeyRing.of(EPOCH), new OneDevice());

    private final List<Bytes> files;
    private final long encodedBytes;

    private Archive(List<Bytes> files, long encodedBytes) {
        this.files = files;
        this.encodedBytes = encodedBytes;
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    /**
     * Seals changes, parents before children, in as few segments as the limits allow.
     *
     * @throws IllegalArgumentException if a change exceeds a limit of the format
     */
    public static Archive seal(List<LocalChange> changes) {
        Map<ActorId, Line> lines = new HashMap<>();
        for (LocalChange change : changes) {
            Line line = lines.computeIfAbsent(change.change().actor(), Line::new);
            line.add(change, lines);
        }
        List<Bytes> files = new ArrayList<>();
        long encodedBytes = 0;
        for (Line line : lines.values()) {
            line.cut();
            encodedBytes += line.encodedBytes;
            files.addAll(line.files);
        }
        return new Archive(List.copyOf(files), encodedBytes);
    }

    /** How many files there are. */
    public int files() {
        return files.size();
    }

    /** The bytes of all files, with padding, encryption, digests and signatures. */
    public long fileBytes() {
        return files.stream().mapToLong(Bytes::size).sum();
    }

    /** The bytes of the encoded changes, compressed, before they are padded and encrypted. */
    public long encodedBytes() {
        return encodedBytes;
    }

    /** Reads every file: digest, decryption, decompression, decoding with the chain of hashes, signature. */
    public List<dev.cairn.crdt.ChangeRun> open() {
        List<dev.cairn.crdt.ChangeRun> runs = new ArrayList<>(files.size());
        for (Bytes file : files) {
            ReadOutcome<Segment> outcome = READER.read(file);
            Segment segment = outcome.content()
                    .orElseThrow(() -> new IllegalStateException("a segment just sealed " + outcome.text()));
            runs.add(new OpenedRun(segment.changes()));
        }
        return runs;
    }

    /** The changes of one writer on their way into segments. */
    private static final class Line {
        private final WriterId writer;
        private final List<Long> hashes = new ArrayList<>();
        private final List<Bytes> files = new ArrayList<>();
        private ChangeRun.Builder builder;
        private long encodedBytes;

        private Line(ActorId actor) {
            writer = new WriterId(actor.high(), actor.low());
            builder = ChangeRun.builder(
                    writer, ChainPoint.origin(SPACE, writer, KEY.verifyingKey().bytes()));
        }

        private void add(LocalChange change, Map<ActorId, Line> lines) {
            int size = change.operations().remaining();
            if (builder.size() == Limits.CHANGES_MAX
                    || (builder.size() > 0 && builder.changeBytes() + size > SEGMENT_BYTES_MAX)) {
                cut();
            }
            List<ChangeRef> parents = new ArrayList<>();
            for (ChangeId parent : change.parents()) {
                Line line = lines.get(parent.actor());
                if (line == null || line.hashes.size() < parent.seq()) {
                    throw new IllegalArgumentException("the parent " + parent + " comes after " + change.change());
                }
                long hash = line.hashes.get(Math.toIntExact(parent.seq() - 1));
                parents.add(new ChangeRef(line.writer, parent.seq(), hash));
            }
            builder.add(new Change(
                    change.lamport(),
                    change.timeMillis(),
                    parents,
                    Optional.empty(),
                    Bytes.copyOf(change.operations().duplicate())));
            hashes.add(builder.after().hash8());
        }

        private void cut() {
            if (builder.size() == 0) {
                return;
            }
            ChangeRun run = builder.build();
            SegmentWriter segments =
                    new SegmentWriter(Sealer.of(SPACE, writer, EPOCH, SALT), new Signatory(DEVICE, KEY));
            files.add(segments.seal(files.size() + 1L, run).content());
            encodedBytes += deflated(RunCodec.encode(run).toArray());
            builder = ChangeRun.builder(writer, run.after());
        }

        private static long deflated(byte[] raw) {
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            try {
                deflater.setInput(raw);
                deflater.finish();
                byte[] out = new byte[8192];
                while (!deflater.finished()) {
                    deflater.deflate(out);
                }
                return deflater.getBytesWritten();
            } finally {
                deflater.end();
            }
        }
    }

    private static final class OneDevice implements DeviceDirectory {
        @Override
        public Optional<VerifyingKey> key(DeviceId device) {
            return device.equals(DEVICE) ? Optional.of(KEY.verifyingKey()) : Optional.empty();
        }

        @Override
        public boolean mayWrite(DeviceId device) {
            return device.equals(DEVICE);
        }
    }
}
