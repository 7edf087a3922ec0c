package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.members.MemberEntry;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a file after it was looked at: not its content.
 *
 * @param path its path
 * @param size its size
 * @param header its header, if it is whole
 * @param digest the SHA-256 of the whole file, if it is whole
 * @param holds what it turned out to hold
 * @param findings what is wrong with the file itself
 */
record Checked(
        String path,
        long size,
        Optional<EnvelopeHeader> header,
        Optional<Bytes> digest,
        Holds holds,
        List<VerifyReport.Finding> findings) {

    /** The content as far as the other files must agree with it. */
    sealed interface Holds {
        /** Nothing that others refer to, or nothing that could be read. */
        record Nothing() implements Holds {}

        /** Not read, because a key or a member entry is missing. */
        record Waiting() implements Holds {}

        /** Changes of a device. */
        record Changes(DeviceId device, RunSummary run) implements Holds {}

        /** A heartbeat, with or without changes. */
        record Heartbeat(HeadBody body, Optional<RunSummary> tail) implements Holds {}

        /** A member entry. */
        record Entry(MemberEntry entry) implements Holds {}

        /** The manifest of a checkpoint. */
        record Manifest(Checkpoint checkpoint) implements Holds {}

        /** A part of a checkpoint, by the digest of what is in it. */
        record Part(Bytes content, int size) implements Holds {}

        /** A retirement list. */
        record Retired(RetirementList list) implements Holds {}
    }
}
