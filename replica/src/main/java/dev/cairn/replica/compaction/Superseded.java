package dev.cairn.replica.compaction;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Own checkpoints, and parts of them, that need not stay: newer ones hold everything. */
final class Superseded {
    /** Checkpoints that stay although newer ones hold as much. */
    private static final int CHECKPOINTS_KEPT = 2;

    private final CompactionHost host;
    private final Reliance reliance;

    Superseded(CompactionHost host, Reliance reliance) {
        this.host = host;
        this.reliance = reliance;
    }

    /** Gives up own checkpoints of which enough newer ones hold everything. */
    boolean clearCheckpoints(Fellows fellows) {
        boolean any = false;
        Optional<Bytes> kept = Unreached.checkpoint(host.store());
        for (KnownCheckpoint old : superfluous(fellows)) {
            any |= kept.filter(old.digest()::equals).isEmpty() && giveUp(old);
        }
        any |= clearParts();
        return any;
    }

    /** The digests of the known checkpoints which are not superfluous in the folder as it is now. */
    Set<Bytes> stillNeeded(Fellows fellows) {
        Set<Bytes> needed = new HashSet<>();
        host.store().checkpoints().all().forEach(known -> needed.add(known.digest()));
        superfluous(fellows).forEach(known -> needed.remove(known.digest()));
        return needed;
    }

    /**
     * The checkpoints of anybody of which enough newer ones in the folder hold everything, and which no list names. All
     * devices order checkpoints alike, or two which were made at once would be given up for each other.
     */
    private List<KnownCheckpoint> superfluous(Fellows fellows) {
        Set<Bytes> needed = new HashSet<>();
        host.store().lists().all().forEach(list -> needed.add(list.body().checkpoint()));
        List<KnownCheckpoint> newer = new ArrayList<>();
        List<KnownCheckpoint> superfluous = new ArrayList<>();
        for (KnownCheckpoint old : reliance.newestFirst()) {
            boolean usable = reliance.verified(old, fellows).isPresent() && reliance.whole(old);
            long covering = newer.stream()
                    .filter(known -> Coverage.covers(host.history(), known.body(), old.body()))
                    .count();
            boolean enough = covering >= CHECKPOINTS_KEPT || (covering > 0 && !usable);
            if (enough && !needed.contains(old.digest())) {
                superfluous.add(old);
            }
            if (usable) {
                newer.add(old);
            }
        }
        return superfluous;
    }

    private boolean giveUp(KnownCheckpoint old) {
        Optional<OwnFile> row = OwnFileNames.of(host.store(), old);
        if (row.isPresent()) {
            host.store().own().set(row.get().id(), OwnFile.State.TO_RETIRE);
            return true;
        }
        if (!reliance.listed(old.digest())) {
            host.store().checkpoints().remove(old.digest());
        }
        return false;
    }

    /** Gives up own parts which no manifest names any more; those of a checkpoint in the making are not settled yet. */
    private boolean clearParts() {
        Set<Bytes> named = new HashSet<>();
        for (KnownCheckpoint known : host.store().checkpoints().all()) {
            if (OwnFileNames.of(host.store(), known).isPresent()) {
                known.body().parts().forEach(part -> named.add(part.file()));
            }
        }
        long settled = host.store().number("parts-settled", 0);
        boolean any = false;
        for (OwnFile file : host.store().own().in(OwnFile.State.PUBLISHED)) {
            if (file.name().kind() == FileKind.CHECKPOINT_PART
                    && file.ordinal() <= settled
                    && !named.contains(file.digest())) {
                host.store().own().set(file.id(), OwnFile.State.TO_RETIRE);
                any = true;
            }
        }
        return any;
    }
}
