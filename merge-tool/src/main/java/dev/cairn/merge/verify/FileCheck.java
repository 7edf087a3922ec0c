package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.Segment;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.format.membership.Membership;
import dev.cairn.merge.verify.Checked.Holds;
import dev.cairn.merge.verify.VerifyReport.Finding;
import dev.cairn.replica.FolderKeys;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at one file after another. Thread-safe; never throws for what a file holds. */
final class FileCheck {
    private final SharedFolder folder;
    private final Optional<SpaceId> space;
    private final Optional<FolderKeys.Reading> reading;

    FileCheck(SharedFolder folder, Optional<SpaceId> space, Optional<FolderKeys.Reading> reading) {
        this.folder = folder;
        this.space = space;
        this.reading = reading;
    }

    Checked check(Listing.Entry entry) {
        ReadResult result = folder.read(entry, Limits.FILE_BYTES_MAX);
        if (result instanceof ReadResult.Content content) {
            return content(entry, content.bytes());
        }
        List<Finding> findings = new ArrayList<>();
        notContent(entry, result).ifPresent(findings::add);
        return new Checked(
                entry.path(), entry.size(), Optional.empty(), Optional.empty(), new Holds.Nothing(), findings);
    }

    private static Optional<Finding> notContent(Listing.Entry entry, ReadResult result) {
        String path = entry.path();
        if (result instanceof ReadResult.Foreign) {
            boolean named = FileName.parsePath(path).isPresent();
            return named
                    ? Optional.of(
                            Finding.fault("damaged", path, "is named like a Cairn file and does not begin like one"))
                    : Optional.of(Finding.note("not_ours", path, "is not a Cairn file and is left alone"));
        }
        if (result instanceof ReadResult.TooLarge large) {
            return Optional.of(
                    Finding.fault("too_large", path, "has " + large.size() + " bytes, more than a file may"));
        }
        if (result instanceof ReadResult.TimedOut) {
            return Optional.of(Finding.fault("not_downloaded", path, "did not answer: let the sync tool download it"));
        }
        if (result instanceof ReadResult.Unreadable unreadable) {
            return Optional.of(Finding.fault("unreadable", path, unreadable.reason()));
        }
        return Optional.of(Finding.note("gone", path, "went away while it was read, or is no regular file"));
    }

    private Checked content(Listing.Entry entry, Bytes bytes) {
        ReadOutcome<Envelope.Identity> inspected = Envelope.inspect(bytes);
        Optional<EnvelopeHeader> header = inspected.content().map(Envelope.Identity::header);
        Optional<Bytes> digest = inspected.content().map(Envelope.Identity::digest);
        List<Finding> findings = new ArrayList<>();
        Holds holds = new Holds.Nothing();
        if (header.isEmpty()) {
            findings.add(Finding.fault(inspected.code(), entry.path(), inspected.text()));
        } else {
            place(entry.path(), header.get(), bytes).ifPresent(findings::add);
            holds = inside(entry.path(), bytes, header.get(), findings);
        }
        return new Checked(entry.path(), bytes.size(), header, digest, holds, findings);
    }

    /** Whether the file has its own name; heads and election files elsewhere are copies. */
    private static Optional<Finding> place(String path, EnvelopeHeader header, Bytes bytes) {
        FileKind kind = header.kind();
        FileName name = kind.numbered()
                ? FileName.Numbered.of(kind, header.ordinal(), bytes)
                : kind.election() ? new FileName.Election(kind) : new FileName.HeadSlot((int) (header.ordinal() & 1));
        boolean rescued =
                path.startsWith(FileName.DEVICES + "/") && path.endsWith("/" + FileName.RESCUE + "/" + name.text());
        String home = name.path(header.writer());
        return path.equals(home) || rescued
                ? Optional.empty()
                : Optional.of(Finding.note(
                        folded(path).equals(folded(home)) ? "renamed" : "misplaced", path, "belongs to " + home));
    }

    /** What is left of a path where neither case nor Unicode form matter. */
    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private Holds inside(String path, Bytes bytes, EnvelopeHeader header, List<Finding> findings) {
        if (space.isPresent() && !space.get().equals(header.space())) {
            findings.add(Finding.fault("foreign_space", path, "is of another space, " + header.space()));
            return new Holds.Nothing();
        }
        if (reading.isEmpty()) {
            return new Holds.Nothing();
        }
        FolderKeys.Reading keys = reading.get();
        ReadOutcome<Holds> outcome =
                Envelope.open(bytes, header.space(), keys.keys()).then(opened -> holds(bytes, opened, keys));
        if (outcome instanceof ReadOutcome.Waiting) {
            findings.add(Finding.fault(outcome.code(), path, outcome.text()));
            return new Holds.Waiting();
        }
        if (outcome.content().isEmpty()) {
            findings.add(Finding.fault(outcome.code(), path, outcome.text()));
        }
        outcome.content()
                .flatMap(found -> author(found, keys.members()))
                .filter(device -> !keys.members().mayWrite(device))
                .ifPresent(device -> findings.add(Finding.note(
                        "not_a_writer",
                        path,
                        "is genuine, of device " + device + ", which may not write: of its changes count those on"
                                + " which members have built")));
        return outcome.content().orElseGet(Holds.Nothing::new);
    }

    /** Who made the changes in a file; of a head without any only who is no member. */
    private static Optional<DeviceId> author(Holds holds, Membership members) {
        if (holds instanceof Holds.Changes changes) {
            return Optional.of(changes.device());
        }
        return holds instanceof Holds.Heartbeat head
                ? Optional.of(head.body().device())
                        .filter(device -> head.tail().isPresent()
                                || members.device(device).isEmpty())
                : Optional.empty();
    }

    private static ReadOutcome<Holds> holds(Bytes bytes, OpenedFile file, FolderKeys.Reading reading) {
        SpaceId space = file.header().space();
        CheckpointReader checkpoints = new CheckpointReader(space, reading.keys(), reading.members());
        return switch (file.header().kind()) {
            case SEGMENT ->
                new SegmentReader(space, reading.keys(), reading.members().takingAll())
                        .read(file)
                        .then(FileCheck::changes);
            case HEAD ->
                new HeadReader(space, reading.keys(), reading.members().takingAll())
                        .read(file)
                        .then(FileCheck::heartbeat);
            case MEMBER_ENTRY ->
                MemberEntryFile.read(bytes, space, reading.keys()).then(entry -> verified(new Holds.Entry(entry)));
            case CHECKPOINT -> checkpoints.manifest(file).then(manifest -> verified(new Holds.Manifest(manifest)));
            case CHECKPOINT_PART ->
                checkpoints.part(bytes).then(image -> verified(new Holds.Part(image.sha256(), image.size())));
            case RETIREMENT_LIST -> checkpoints.retirement(file).then(list -> verified(new Holds.Retired(list)));
            default -> verified(new Holds.Nothing());
        };
    }

    private static ReadOutcome<Holds> changes(Segment segment) {
        return verified(new Holds.Changes(segment.device(), RunSummary.of(segment.changes())));
    }

    private static ReadOutcome<Holds> heartbeat(Head head) {
        return verified(new Holds.Heartbeat(head.body(), head.tail().map(RunSummary::of)));
    }

    private static ReadOutcome<Holds> verified(Holds holds) {
        return new ReadOutcome.Verified<>(holds);
    }
}
