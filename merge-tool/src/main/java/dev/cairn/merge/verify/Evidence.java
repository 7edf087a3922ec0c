package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.membership.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the whole files of a folder say; immutable. Without keys only which files there are. */
public final class Evidence {
    private final List<WholeFile> files;
    private final Map<WriterId, Heartbeat> heads = new HashMap<>();
    private final List<RetirementList> lists = new ArrayList<>();
    private final Set<CutPoint> cuts = new HashSet<>();
    private final Set<Bytes> digests = new HashSet<>();
    private final Optional<Membership> members;

    /** A head: its counter, and what it says. */
    public record Heartbeat(long counter, HeadBody body) {}

    /**
     * A file whose envelope is whole.
     *
     * @param path where it was found
     * @param size its size
     * @param digest its SHA-256
     * @param header what it says of itself
     * @param standing what else is known of it
     * @param changes the changes in it, if there are any and they could be read
     */
    public record WholeFile(
            String path,
            long size,
            Bytes digest,
            EnvelopeHeader header,
            Standing standing,
            Optional<Stretch> changes) {}

    /** How far a file was checked. */
    public enum Standing {
        /** All of it is as its writer made it. */
        SOUND,
        /** A key or a member entry is missing, or no keys were given. */
        UNREAD,
        /** It is false, of another space, or too new. */
        REFUSED
    }

    /** Changes of one writer in a row, with what tells them from others of the same numbers. */
    public static final class Stretch {
        private final RunSummary run;

        private Stretch(RunSummary run) {
            this.run = run;
        }

        /** Whose changes. */
        public WriterId writer() {
            return run.writer();
        }

        /** Whether the other's chain goes through these changes, as far as both reach. */
        private boolean agreesWith(RunSummary other) {
            long point = Math.min(run.last(), other.last());
            return point >= run.first() - 1 && point >= other.first() - 1 && run.hash(point) == other.hash(point);
        }
    }

    Evidence(List<Checked> checked, List<Checkpoint> checkpoints, boolean withKeys, Optional<Membership> members) {
        this.members = members;
        List<WholeFile> whole = new ArrayList<>();
        for (Checked file : checked) {
            if (file.header().isPresent() && file.digest().isPresent()) {
                EnvelopeHeader header = file.header().get();
                whole.add(new WholeFile(
                        file.path(),
                        file.size(),
                        file.digest().get(),
                        header,
                        standing(file, withKeys),
                        run(file).map(Stretch::new)));
                digests.add(file.digest().get());
                said(file, header);
            }
        }
        checkpoints.forEach(checkpoint -> cuts.addAll(checkpoint.body().cut()));
        files = List.copyOf(whole);
    }

    private void said(Checked file, EnvelopeHeader header) {
        if (file.holds() instanceof Checked.Holds.Heartbeat head) {
            heads.merge(
                    header.writer(),
                    new Heartbeat(header.ordinal(), head.body()),
                    (one, other) -> one.counter() >= other.counter() ? one : other);
        } else if (file.holds() instanceof Checked.Holds.Retired retired) {
            lists.add(retired.list());
        }
    }

    private static Optional<RunSummary> run(Checked file) {
        if (file.holds() instanceof Checked.Holds.Changes changes) {
            return Optional.of(changes.run());
        }
        return file.holds() instanceof Checked.Holds.Heartbeat head ? head.tail() : Optional.empty();
    }

    private static Standing standing(Checked file, boolean withKeys) {
        boolean nothing = file.holds() instanceof Checked.Holds.Nothing;
        boolean fault = file.findings().stream().anyMatch(finding -> finding.level() == VerifyReport.Level.FAULT);
        if (file.holds() instanceof Checked.Holds.Waiting || (nothing && !withKeys && !fault)) {
            return Standing.UNREAD;
        }
        return nothing ? Standing.REFUSED : Standing.SOUND;
    }

    /** The files whose envelopes are whole, by path. */
    public List<WholeFile> files() {
        return files;
    }

    /** Whether a file with this SHA-256 is there, under whatever name. */
    public boolean has(Bytes digest) {
        return digests.contains(digest);
    }

    /** Whether all of these changes are in the checkpoints of this folder, and in those other changes. */
    public boolean covers(Stretch changes, Collection<Stretch> others) {
        RunSummary wanted = changes.run;
        long next = wanted.first();
        for (CutPoint cut : cuts) {
            boolean through = cut.writer().equals(wanted.writer())
                    && cut.seq() >= wanted.first() - 1
                    && cut.seq() <= wanted.last()
                    && wanted.hash(cut.seq()) == cut.hash8();
            next = through ? Math.max(next, cut.seq() + 1) : next;
        }
        List<RunSummary> runs = others.stream()
                .filter(other -> other.writer().equals(wanted.writer()) && changes.agreesWith(other.run))
                .map(other -> other.run)
                .sorted(Comparator.comparingLong(RunSummary::first))
                .toList();
        for (RunSummary run : runs) {
            next = run.first() <= next ? Math.max(next, run.last() + 1) : next;
        }
        return next > wanted.last();
    }

    /** The newest heartbeat of each writer; none without keys. */
    public Map<WriterId, Heartbeat> heads() {
        return Map.copyOf(heads);
    }

    /** The retirement lists; none without keys. */
    public List<RetirementList> lists() {
        return List.copyOf(lists);
    }

    /** Who belongs to the space; nothing without keys. */
    public Optional<Membership> members() {
        return members;
    }
}
