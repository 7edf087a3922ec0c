package dev.cairn.format.checkpoint;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.TooNewException;
import java.util.List;
import java.util.Optional;

/**
 * What the manifest of a checkpoint says.
 *
 * @param device who made and signed it
 * @param cut the ends of all chains in it, strictly ascending
 * @param content the logical hash of the image (SPEC section "Logical hash"): equal for equal contents, whoever wrote
 *     the bytes
 * @param parts the parts of the image in their order; all but the last have {@link Limits#PART_BYTES} bytes
 * @param features the features of the format which the image uses, ascending
 * @param timeMillis the author's clock, for display only
 */
public record CheckpointBody(
        DeviceId device,
        List<CutPoint> cut,
        Bytes content,
        List<PartRef> parts,
        List<String> features,
        long timeMillis) {
    static final int FEATURES_MAX = 64;
    static final int FEATURE_BYTES_MAX = 32;

    /** Copies the lists and checks ranges and orders. */
    public CheckpointBody {
        cut = List.copyOf(cut);
        parts = List.copyOf(parts);
        features = List.copyOf(features);
        require(!cut.isEmpty() && cut.size() <= Limits.CUT_MAX, "size of the cut", cut.size());
        require(!parts.isEmpty() && parts.size() <= Limits.PARTS_MAX, "number of parts", parts.size());
        require(content.size() == PartRef.DIGEST_SIZE, "size of the logical hash", content.size());
        require(features.size() <= FEATURES_MAX, "number of features", features.size());
        require(Math.abs(timeMillis) <= Limits.NUMBER_MAX, "wall time", timeMillis);
        requireAscending(cut, "the cut");
        requireAscending(features, "features");
        for (int i = 0; i < parts.size() - 1; i++) {
            require(
                    parts.get(i).size() == Limits.PART_BYTES,
                    "size of a part which is not the last",
                    parts.get(i).size());
        }
    }

    /** The form in which it is stored and signed. */
    public Bytes encoded() {
        return CompactionCodec.encode(this);
    }

    /**
     * The body in this form.
     *
     * @throws MalformedException if it is not one, or one of a newer version
     */
    public static CheckpointBody parse(Bytes encoded) throws MalformedException {
        try {
            return CompactionCodec.checkpoint(encoded);
        } catch (TooNewException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    /** The bytes of the image. */
    public long imageBytes() {
        return parts.stream().mapToLong(PartRef::size).sum();
    }

    /** The end of a writer's chain in the cut, if it has exactly one. */
    public Optional<CutPoint> end(WriterId writer) {
        List<CutPoint> ends =
                cut.stream().filter(point -> point.writer().equals(writer)).toList();
        return ends.size() == 1 ? Optional.of(ends.get(0)) : Optional.empty();
    }

    static void require(boolean good, String what, long value) {
        if (!good) {
            throw new IllegalArgumentException(what + ": " + value);
        }
    }

    static <T extends Comparable<? super T>> void requireAscending(List<T> list, String what) {
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).compareTo(list.get(i)) >= 0) {
                throw new IllegalArgumentException(what + " not strictly ascending at " + i);
            }
        }
    }
}
