package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.ListedFile;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.merge.verify.Checked.Holds;
import dev.cairn.merge.verify.VerifyReport.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every checkpoint has its parts, and everything that was retired is in a checkpoint which is whole. */
final class CheckpointCheck {
    private final Map<Bytes, Holds.Part> parts = new HashMap<>();
    private final Map<Bytes, Checkpoint> whole = new HashMap<>();
    private final Set<Bytes> present = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    CheckpointCheck(List<Checked> files) {
        for (Checked file : files) {
            file.digest().ifPresent(digest -> {
                present.add(digest);
                if (file.holds() instanceof Holds.Part part) {
                    parts.put(digest, part);
                }
            });
        }
        files.forEach(this::manifest);
        files.forEach(this::retired);
    }

    /** The checkpoints all of whose parts are there. */
    List<Checkpoint> whole() {
        return List.copyOf(whole.values());
    }

    List<Finding> findings() {
        return findings;
    }

    private void manifest(Checked file) {
        if (!(file.holds() instanceof Holds.Manifest manifest)) {
            return;
        }
        Checkpoint checkpoint = manifest.checkpoint();
        long missing = 0;
        for (PartRef part : checkpoint.body().parts()) {
            Holds.Part found = parts.get(part.file());
            if (found == null || !found.content().equals(part.content()) || found.size() != part.size()) {
                missing++;
            }
        }
        if (missing == 0) {
            whole.put(checkpoint.digest(), checkpoint);
        } else {
            int all = checkpoint.body().parts().size();
            findings.add(Finding.fault(
                    "checkpoint_incomplete",
                    file.path(),
                    "lacks " + missing + " of " + all + (all == 1 ? " part" : " parts")
                            + ": it is used once all is there"));
        }
    }

    private void retired(Checked file) {
        if (!(file.holds() instanceof Holds.Retired retired)) {
            return;
        }
        boolean covered = whole.containsKey(retired.list().body().checkpoint());
        long gone = retired.list().body().files().stream()
                .map(ListedFile::digest)
                .filter(digest -> !present.contains(digest))
                .count();
        if (gone > 0 && !covered) {
            findings.add(Finding.fault(
                    "retired_uncovered",
                    file.path(),
                    gone == 1
                            ? "lists a file which is gone, and the checkpoint that holds it is not there whole"
                            : "lists " + gone
                                    + " files which are gone, and the checkpoint that holds them is not there whole"));
        }
    }
}
