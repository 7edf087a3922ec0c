package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.Utf8;
import dev.cairn.format.WriterId;
import java.util.List;
import java.util.Optional;

/**
 * What a head says about its device, without the tail.
 *
 * @param device who signs
 * @param lastSeq the number of changes the writer has made, those of the tail included
 * @param lastHash the 32 bytes of the chain hash after them
 * @param seen other writers' changes committed to this device's store, ascending by writer
 * @param acknowledged digests of retirement lists and checkpoints this device has verified, ascending, 32 bytes each
 * @param retiredThrough up to which of its own changes the writer has withdrawn its segments, 0 for none
 * @param features names of the format's optional features which this device understands, ascending
 * @param version the software, for display
 * @param timeMillis the wall time of writing, for display only
 * @param deviceName what the user calls the device
 * @param previousWriter the writer id this device used before this incarnation
 */
public record HeadBody(
        DeviceId device,
        long lastSeq,
        Bytes lastHash,
        List<Seen> seen,
        List<Bytes> acknowledged,
        long retiredThrough,
        List<String> features,
        String version,
        long timeMillis,
        String deviceName,
        Optional<WriterId> previousWriter) {
    static final int FEATURES_MAX = 64;
    static final int FEATURE_BYTES_MAX = 32;
    static final int VERSION_BYTES_MAX = 64;
    static final int DIGEST_SIZE = 32;

    /** Copies the lists and checks ranges and orders. */
    public HeadBody {
        seen = List.copyOf(seen);
        acknowledged = List.copyOf(acknowledged);
        features = List.copyOf(features);
        require(lastSeq >= 0 && lastSeq <= Limits.NUMBER_MAX, "last sequence number", lastSeq);
        require(lastHash.size() == ChainPoint.HASH_SIZE, "size of the last hash", lastHash.size());
        require(retiredThrough >= 0 && retiredThrough <= lastSeq, "retired through", retiredThrough);
        require(Math.abs(timeMillis) <= Limits.NUMBER_MAX, "wall time", timeMillis);
        require(seen.size() <= Limits.SEEN_MAX, "number of writers", seen.size());
        require(acknowledged.size() <= Limits.ACKNOWLEDGED_MAX, "number of acknowledgements", acknowledged.size());
        require(features.size() <= FEATURES_MAX, "number of features", features.size());
        requireAscending(seen.stream().map(Seen::writer).toList(), "writers");
        requireAscending(acknowledged, "acknowledgements");
        requireAscending(features, "features");
        for (Bytes digest : acknowledged) {
            require(digest.size() == DIGEST_SIZE, "size of a digest", digest.size());
        }
        for (String feature : features) {
            requireText(feature, FEATURE_BYTES_MAX, "a feature");
        }
        requireText(version, VERSION_BYTES_MAX, "the version");
        requireText(deviceName, Limits.DEVICE_NAME_BYTES_MAX, "the device's name");
    }

    private static void require(boolean good, String what, long value) {
        if (!good) {
            throw new IllegalArgumentException(what + ": " + value);
        }
    }

    private static void requireText(String text, int bytesMax, String what) {
        int size = Utf8.encode(text).size();
        require(size <= bytesMax, "bytes of " + what + ", more than " + bytesMax, size);
    }

    private static <T extends Comparable<T>> void requireAscending(List<T> list, String what) {
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).compareTo(list.get(i)) >= 0) {
                throw new IllegalArgumentException(what + " are not ascending: " + list);
            }
        }
    }
}
