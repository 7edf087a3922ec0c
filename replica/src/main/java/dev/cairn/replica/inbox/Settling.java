package dev.cairn.replica.inbox;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.folder.Listing;
import dev.cairn.replica.inbox.FoundFile.Content;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.KnownFile.State;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns what was found into what is remembered of a file. */
final class Settling {
    private Settling() {}

    static KnownFile known(
            FoundFile found,
            Optional<KnownFile> before,
            BiFunction<Bytes, String, Optional<String>> otherPath,
            long nowMillis,
            Delay delay) {
        Content content = found.content();
        if (content instanceof FoundFile.OfSegment segment) {
            return verified(
                    found.entry(), segment.segment().header(), segment.segment().digest(), otherPath);
        }
        if (content instanceof FoundFile.OfHead head) {
            return verified(found.entry(), head.head().header(), head.head().digest(), otherPath);
        }
        if (content instanceof FoundFile.OfEntry entry) {
            return verified(found.entry(), entry.header(), entry.digest(), otherPath);
        }
        if (content instanceof FoundFile.OfCheckpoint manifest) {
            return verified(
                    found.entry(),
                    manifest.checkpoint().header(),
                    manifest.checkpoint().digest(),
                    otherPath);
        }
        if (content instanceof FoundFile.OfRetirement list) {
            return verified(found.entry(), list.list().header(), list.list().digest(), otherPath);
        }
        if (content instanceof FoundFile.OfOther other) {
            return verified(found.entry(), other.header(), other.digest(), otherPath);
        }
        if (content instanceof FoundFile.Copy copy) {
            return verified(found.entry(), copy.header(), copy.digest(), otherPath);
        }
        FoundFile.Nothing nothing = (FoundFile.Nothing) content;
        int attempts = 1
                + before.filter(KnownFile::worthAnotherLook)
                        .filter(known -> (known.state() == State.FOREIGN) == (nothing.state() == State.FOREIGN))
                        .map(KnownFile::attempts)
                        .orElse(0);
        return new KnownFile(
                found.entry().path(),
                found.entry().size(),
                found.entry().modifiedNanos(),
                found.entry().fileKey(),
                nothing.state(),
                0,
                nothing.digest(),
                nothing.reason(),
                nothing.text(),
                attempts,
                nowMillis + delay.millis(nothing.state(), attempts - 1));
    }

    /** How long to wait before another look at a file that was looked at so often in vain. */
    @FunctionalInterface
    interface Delay {
        long millis(State state, int attempts);
    }

    private static KnownFile verified(
            Listing.Entry entry,
            EnvelopeHeader header,
            Bytes digest,
            BiFunction<Bytes, String, Optional<String>> otherPath) {
        State state = State.IMPORTED;
        String text = "";
        String place = place(header, digest);
        Optional<String> other = otherPath.apply(digest, entry.path());
        if (!entry.path().equals(place)) {
            state = other.isPresent() ? State.DUPLICATE : State.MISPLACED;
            text = other.map(path -> "is a copy of " + path + "; it does no harm and can be deleted")
                    .orElse("belongs at " + place + "; it is read all the same");
        }
        return new KnownFile(
                entry.path(),
                entry.size(),
                entry.modifiedNanos(),
                entry.fileKey(),
                state,
                header.ordinal(),
                Optional.of(digest),
                state == State.IMPORTED ? "" : state.name(),
                text,
                0,
                0);
    }

    /** Where a file's writer has put it. */
    private static String place(EnvelopeHeader header, Bytes digest) {
        FileKind kind = header.kind();
        FileName name;
        if (kind.numbered()) {
            name = new FileName.Numbered(
                    kind, header.ordinal(), digest.toHex().substring(0, FileName.Numbered.DIGEST_DIGITS));
        } else if (kind.election()) {
            name = new FileName.Election(kind);
        } else {
            name = new FileName.HeadSlot((int) (header.ordinal() & 1));
        }
        return name.path(header.writer());
    }
}
