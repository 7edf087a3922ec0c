package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointWriter;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.checkpoint.ListedFile;
import dev.cairn.format.checkpoint.RetirementBody;
import dev.cairn.format.file.SealedFile;
import dev.cairn.replica.outbox.Author;
import dev.cairn.replica.store.FileContents;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownCheckpoint.Verdict;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which files could go because a checkpoint holds what is in them: makes the lists on which all others must agree. */
final class Proposals {
    private final CompactionHost host;
    private final Reliance reliance;

    Proposals(CompactionHost host, Reliance reliance) {
        this.host = host;
        this.reliance = reliance;
    }

    /** Proposes what can be proposed of this device's own writers; returns whether anything was. */
    boolean propose(Author author, Fellows fellows, long now) {
        Set<WriterId> underWay = new HashSet<>();
        for (KnownList list : host.store().lists().all()) {
            if (list.state() != KnownList.State.FOREIGN) {
                underWay.add(list.body().writer());
            }
        }
        List<KnownCheckpoint> usable = reliance.newestFirst().stream()
                .filter(known -> known.verdict() != Verdict.REFUSED)
                .filter(known -> reliance.verified(known, fellows).isPresent())
                .filter(reliance::whole)
                .toList();
        boolean any = false;
        for (WriterId writer : host.writers()) {
            if (!underWay.contains(writer)) {
                any |= usable.stream().anyMatch(checkpoint -> propose(author, writer, checkpoint, now));
            }
        }
        return any;
    }

    /**
     * Proposes to clean the directories of retired devices whose changes a checkpoint holds; inside a transaction. Only
     * segments that are taken in here are named, and only when nothing of their writer is waited for.
     *
     * @return how many lists were made
     */
    int forRetired(Author author, Fellows fellows, long now) {
        Set<WriterId> underWay = new HashSet<>();
        host.store().lists().all().forEach(list -> underWay.add(list.body().writer()));
        int made = 0;
        for (DeviceId device : host.membership().retired()) {
            for (WriterId writer : host.history().overview().writers(device)) {
                boolean mine = device.equals(host.device()) || underWay.contains(writer);
                if (!mine && !host.store().runs().waitingWriters().contains(writer)) {
                    made += proposeFor(author, writer, fellows, now) ? 1 : 0;
                }
            }
        }
        return made;
    }

    private boolean proposeFor(Author author, WriterId writer, Fellows fellows, long now) {
        List<ListedFile> files = returned(writer).stream().sorted().toList();
        Optional<KnownCheckpoint> checkpoint = reliance.newestFirst().stream()
                .filter(known -> reliance.verified(known, fellows).isPresent())
                .filter(reliance::whole)
                .filter(known -> known.body()
                        .end(writer)
                        .filter(end -> end.seq() == host.history().overview().stored(writer))
                        .filter(end -> host.history().has(writer, end.seq(), end.chain()))
                        .isPresent())
                .findFirst();
        if (files.isEmpty() || checkpoint.isEmpty() || host.history().ends(writer) > 1) {
            return false;
        }
        List<ListedFile> listed = files.subList(0, Math.min(files.size(), Limits.RETIRED_FILES_MAX));
        publish(
                author,
                new RetirementBody(
                        host.device(),
                        writer,
                        checkpoint.get().digest(),
                        checkpoint.get().body().cut(),
                        listed),
                now);
        return true;
    }

    private boolean propose(Author author, WriterId writer, KnownCheckpoint checkpoint, long now) {
        Optional<CutPoint> end = checkpoint.body().end(writer);
        if (end.isEmpty()
                || host.history().ends(writer) > 1
                || !host.history().has(writer, end.get().seq(), end.get().chain())) {
            return false;
        }
        TreeSet<ListedFile> files = new TreeSet<>();
        for (OwnFile file : host.store().own().in(OwnFile.State.PUBLISHED)) {
            if (file.writer().equals(writer)
                    && file.name().kind() == FileKind.SEGMENT
                    && file.lastSeq() <= end.get().seq()) {
                files.add(new ListedFile(file.ordinal(), file.digest()));
            }
        }
        if (files.isEmpty()) {
            return false;
        }
        files.addAll(returnedAndCovered(writer, end.get()));
        List<ListedFile> listed = List.copyOf(files).subList(0, Math.min(files.size(), Limits.RETIRED_FILES_MAX));
        publish(
                author,
                new RetirementBody(
                        host.device(),
                        writer,
                        checkpoint.digest(),
                        checkpoint.body().cut(),
                        listed),
                now);
        return true;
    }

    /**
     * Of those only what the cut reaches: after a rollback, or beside a copied machine, a segment that is not known to
     * be this device's may hold changes which no checkpoint has.
     */
    private List<ListedFile> returnedAndCovered(WriterId writer, CutPoint end) {
        Set<Bytes> covered = host.store().contents().runs().stream()
                .filter(run -> run.writer().equals(writer) && run.last() <= end.seq())
                .filter(run -> host.history().has(writer, run.last(), run.chain()))
                .map(FileContents.OfRun::file)
                .collect(Collectors.toSet());
        return returned(writer).stream()
                .filter(file -> covered.contains(file.digest()))
                .toList();
    }

    /** Segments in a writer's own place which it has deleted before and which came back. */
    private List<ListedFile> returned(WriterId writer) {
        List<ListedFile> files = new ArrayList<>();
        String place = FileName.DEVICES + "/" + writer + "/";
        for (KnownFile known : host.inbox().known()) {
            boolean there = known.path().startsWith(place)
                    && known.digest().isPresent()
                    && reliance.listed(known.digest().get());
            if (there
                    && FileName.parsePath(known.path())
                            .filter(found -> found.name().kind() == FileKind.SEGMENT)
                            .filter(found -> host.store()
                                    .own()
                                    .find(writer, found.name())
                                    .isEmpty())
                            .isPresent()) {
                files.add(new ListedFile(known.ordinal(), known.digest().get()));
            }
        }
        return files;
    }

    private void publish(Author author, RetirementBody body, long now) {
        LocalStore store = host.store();
        long ordinal = Math.max(store.number("list-ordinal", 0), store.own().greatestOrdinal(author.writer(), "r")) + 1;
        store.setNumber("list-ordinal", ordinal);
        SealedFile file = new CheckpointWriter(author.sealer(), author.signatory()).retirement(ordinal, body);
        host.outbox().add(file);
        store.lists().add(new KnownList(file.digest(), ordinal, body, KnownList.State.PROPOSED, now));
    }
}
