package dev.cairn.format.checkpoint;

import static dev.cairn.format.checkpoint.CheckpointBody.require;
import static dev.cairn.format.checkpoint.CheckpointBody.requireAscending;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.TooNewException;
import java.util.List;

/**
 * What a retirement list says: these files of one writer hold nothing that the checkpoint does not hold.
 *
 * @param device who signs
 * @param writer whose files are listed: one of the device's own writers, or one of a retired device
 * @param checkpoint the digest of the checkpoint's manifest, 32 bytes
 * @param cut the checkpoint's cut, strictly ascending; a member which has all of it can do without the files
 * @param files the segments, strictly ascending
 */
public record RetirementBody(
        DeviceId device, WriterId writer, Bytes checkpoint, List<CutPoint> cut, List<ListedFile> files) {
    /** Copies the lists and checks ranges and orders. */
    public RetirementBody {
        cut = List.copyOf(cut);
        files = List.copyOf(files);
        require(checkpoint.size() == PartRef.DIGEST_SIZE, "size of the checkpoint's digest", checkpoint.size());
        require(!cut.isEmpty() && cut.size() <= Limits.CUT_MAX, "size of the cut", cut.size());
        require(!files.isEmpty() && files.size() <= Limits.RETIRED_FILES_MAX, "number of files", files.size());
        requireAscending(cut, "the cut");
        requireAscending(files, "files");
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
    public static RetirementBody parse(Bytes encoded) throws MalformedException {
        try {
            return CompactionCodec.retirement(encoded);
        } catch (TooNewException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    /** The last of the writer's changes which the checkpoint holds on whichever branch goes furthest, or 0. */
    public long through() {
        return cut.stream()
                .filter(point -> point.writer().equals(writer))
                .mapToLong(CutPoint::seq)
                .max()
                .orElse(0);
    }
}
