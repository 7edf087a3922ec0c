package dev.cairn.merge.folders;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.merge.folders.Step.What;
import dev.cairn.merge.verify.Evidence;
import dev.cairn.merge.verify.Evidence.Standing;
import dev.cairn.merge.verify.Evidence.Stretch;
import dev.cairn.merge.verify.Evidence.WholeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which files of one folder another one needs, and where they go. A pure function of what both hold. */
final class Plan {
    private final Evidence into;
    private final Set<String> listed;
    private final Map<String, WholeFile> there = new HashMap<>();
    private final Map<WriterId, List<Stretch>> changes = new HashMap<>();
    private final Set<Bytes> taken = new HashSet<>();

    /**
     * A plan.
     *
     * @param into what the folder holds that is to have everything
     * @param listed the paths of all its files, damaged ones too
     */
    Plan(Evidence into, Set<String> listed) {
        this.into = into;
        this.listed = listed;
        for (WholeFile file : into.files()) {
            there.put(file.path(), file);
            file.changes().ifPresent(this::keep);
        }
    }

    /** Parts go before the manifests that name them, and the newest heartbeat of a slot before older ones. */
    List<Step> of(Evidence from) {
        List<WholeFile> files = new ArrayList<>(from.files());
        files.sort(Comparator.comparing((WholeFile file) -> rank(file.header().kind()))
                .thenComparing(file -> -file.header().ordinal())
                .thenComparing(WholeFile::path));
        List<Step> steps = new ArrayList<>();
        for (WholeFile file : files) {
            Step step = step(file);
            if (step.what().writes()) {
                file.changes().ifPresent(this::keep);
            }
            steps.add(step);
        }
        return steps;
    }

    private void keep(Stretch stretch) {
        changes.computeIfAbsent(stretch.writer(), none -> new ArrayList<>()).add(stretch);
    }

    private static int rank(FileKind kind) {
        return switch (kind) {
            case MEMBER_ENTRY -> 0;
            case CHECKPOINT_PART -> 1;
            case CHECKPOINT -> 2;
            case SEGMENT -> 3;
            case HEAD -> 5;
            default -> 4;
        };
    }

    private Step step(WholeFile file) {
        if (file.standing() == Standing.REFUSED) {
            return nothing(What.REFUSED, file, "is false, of another space, or of a newer version");
        }
        if (into.has(file.digest()) || !taken.add(file.digest())) {
            return nothing(What.KNOWN, file, "is there");
        }
        if (file.header().kind().election()) {
            return nothing(What.KNOWN, file, "is a paper of an election, which its owner writes anew");
        }
        return file.header().kind().numbered() ? numbered(file) : head(file);
    }

    private Step numbered(WholeFile file) {
        String digits = file.digest().toHex().substring(0, FileName.Numbered.DIGEST_DIGITS);
        String target = new FileName.Numbered(
                        file.header().kind(), file.header().ordinal(), digits)
                .path(file.header().writer());
        if (listed.contains(target) && !there.containsKey(target)) {
            return new Step(What.REPAIR, file.path(), target, file.size(), "is whole, and the one in its place is not");
        }
        Optional<Stretch> stretch = file.changes();
        if (stretch.isPresent()
                && into.covers(stretch.get(), changes(file.header().writer()))) {
            return nothing(What.KNOWN, file, "holds changes which are there in other files");
        }
        return there.containsKey(target)
                ? beside(file, "is not there, and another file has its name")
                : new Step(What.COPY, file.path(), target, file.size(), "is not there");
    }

    private Step head(WholeFile file) {
        String slot = new FileName.HeadSlot((int) (file.header().ordinal() & 1))
                .path(file.header().writer());
        if (!listed.contains(slot)) {
            return inSlot(What.COPY, file, slot, "is not there");
        }
        WholeFile present = there.get(slot);
        if (present == null) {
            return inSlot(What.REPAIR, file, slot, "is whole, and the one in its place is not");
        }
        if (file.header().ordinal() > present.header().ordinal()) {
            return elsewhere(present, file)
                    ? inSlot(What.REPLACE, file, slot, "is a newer heartbeat")
                    : inSlot(
                            What.REPLACE_AND_KEEP,
                            file,
                            slot,
                            "is a newer heartbeat, and the older one may hold changes which nothing else does");
        }
        boolean known = file.changes()
                .map(changes -> into.covers(changes, changes(file.header().writer())))
                .orElse(file.standing() == Standing.SOUND);
        return known
                ? nothing(What.KNOWN, file, "is an older heartbeat, and its changes are there")
                : beside(file, "is an older heartbeat with changes which may not be there");
    }

    private static Step beside(WholeFile file, String text) {
        return new Step(What.BESIDE, file.path(), beside(file.header().writer(), file.digest()), file.size(), text);
    }

    /** What the folder holds of a writer when all steps so far are done. */
    private List<Stretch> changes(WriterId writer) {
        return changes.getOrDefault(writer, List.of());
    }

    private Step inSlot(What what, WholeFile file, String slot, String text) {
        WholeFile before = there.get(slot);
        if (what == What.REPLACE && before != null) {
            before.changes().ifPresent(gone -> changes(gone.writer()).remove(gone));
        }
        there.put(slot, file);
        return new Step(what, file.path(), slot, file.size(), text);
    }

    /** Whether what goes with a heartbeat is in the newer one, or in a file of the folder that stays. */
    private boolean elsewhere(WholeFile older, WholeFile newer) {
        if (older.changes().isEmpty()) {
            return older.standing() == Standing.SOUND;
        }
        List<Stretch> staying = new ArrayList<>(changes(older.header().writer()));
        staying.remove(older.changes().get());
        newer.changes().ifPresent(staying::add);
        return into.covers(older.changes().get(), staying);
    }

    /** A name that no writer uses: what is in it is read, and it is nobody's sign of life. */
    static String beside(WriterId writer, Bytes digest) {
        return FileName.DEVICES + "/" + writer + "/merged-"
                + digest.toHex().substring(0, FileName.Numbered.DIGEST_DIGITS) + FileName.EXTENSION;
    }

    private static Step nothing(What what, WholeFile file, String text) {
        return new Step(what, file.path(), file.path(), file.size(), text);
    }
}
