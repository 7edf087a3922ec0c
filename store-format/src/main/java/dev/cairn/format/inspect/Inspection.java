package dev.cairn.format.inspect;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.SegmentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that can be told about the bytes of a file: its fields as far as they go, and what a reader makes of it.
 *
 * <p>Torn, foreign and damaged files are shown as far as they can be. Without keys the encrypted part stays closed.
 * Never shows a key.
 *
 * @param fields by layer, and by offset in each
 * @param outcome a stable word, see {@link ReadOutcome#code()}
 * @param explanation the outcome as a line which continues a sentence that begins with the file's name
 */
public record Inspection(List<Field> fields, String outcome, String explanation) {
    /** Copies the list. */
    public Inspection {
        fields = List.copyOf(fields);
    }

    /** Looks at a file without any key. */
    public static Inspection of(Bytes file) {
        return marker(file).orElseGet(() -> new Inspection(EnvelopeFields.of(file), Envelope.inspect(file)));
    }

    /** Looks at a file of any space with what is known about that space's keys and devices. */
    public static Inspection of(Bytes file, KeyRing keys, DeviceDirectory devices) {
        Optional<Inspection> marker = marker(file);
        if (marker.isPresent()) {
            return marker.get();
        }
        List<Field> fields = new ArrayList<>(EnvelopeFields.of(file));
        ReadOutcome<SpaceId> space = Envelope.inspect(file)
                .then(identity -> new ReadOutcome.Verified<>(identity.header().space()));
        ReadOutcome<OpenedFile> opened = space.then(id -> Envelope.open(file, id, keys));
        Optional<OpenedFile> content = opened.content();
        if (content.isEmpty()) {
            return new Inspection(fields, opened);
        }
        fields.addAll(PayloadFields.of(content.get()));
        fields.addAll(RecordFields.of(content.get()));
        return new Inspection(fields, judge(content.get(), keys, devices));
    }

    /** The file at the top of the folder, which is the only one in plain text. */
    private static Optional<Inspection> marker(Bytes file) {
        ReadOutcome<SpaceMarker> marker = SpaceMarker.read(file);
        return EnvelopeHeader.hasMagic(file) || marker instanceof ReadOutcome.NotOurs || file.isEmpty()
                ? Optional.empty()
                : Optional.of(new Inspection(MarkerFields.of(file), marker));
    }

    private Inspection(List<Field> fields, ReadOutcome<?> outcome) {
        this(fields, outcome.code(), outcome.text());
    }

    /** The outcome of the reader of the file's kind; a kind without a reader here is as good as its encryption. */
    private static ReadOutcome<?> judge(OpenedFile file, KeyRing keys, DeviceDirectory devices) {
        EnvelopeHeader header = file.header();
        return switch (header.kind()) {
            case SEGMENT -> new SegmentReader(header.space(), keys, devices).read(file);
            case HEAD -> new HeadReader(header.space(), keys, devices).read(file);
            default -> new ReadOutcome.Verified<>(file);
        };
    }
}
