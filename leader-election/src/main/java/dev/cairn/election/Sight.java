package dev.cairn.election;

import dev.cairn.election.protocol.ForeignClaim;
import dev.cairn.election.protocol.Papers;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.replica.ElectionFolder;
import dev.cairn.replica.SpaceStatus.FileStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What lies in the folder, look by look; the newest paper of each kind and writer is never forgotten. */
final class Sight {
    private final ElectionFolder folder;
    private final SortedMap<WriterId, Papers> papers = new TreeMap<>();
    private final SortedMap<WriterId, Papers> present = new TreeMap<>();
    private List<ForeignClaim> foreign = List.of();
    private List<FileStatus> problems = List.of();
    private List<FileStatus> lasting = List.of();

    Sight(ElectionFolder folder) {
        this.folder = folder;
    }

    /** Takes in what lies there now; whether the folder is there. */
    boolean look() {
        ElectionFolder.Look look = folder.look();
        if (look.attached()) {
            present.clear();
            for (ElectionFile file : look.files()) {
                keep(papers, file);
                keep(present, file);
            }
            foreign = ForeignClaim.of(look.foreign());
            lasting = new ArrayList<>(look.problems());
            lasting.retainAll(Set.copyOf(problems));
            problems = look.problems();
        }
        return look.attached();
    }

    private static void keep(SortedMap<WriterId, Papers> all, ElectionFile file) {
        Papers known = all.getOrDefault(file.writer(), Papers.of(file.device()));
        all.put(file.writer(), known.with(file));
    }

    /** The newest papers that were ever seen. */
    SortedMap<WriterId, Papers> papers() {
        return Collections.unmodifiableSortedMap(papers);
    }

    /** What lay there of this device's writer at the last look. */
    Papers present(WriterId own) {
        return present.getOrDefault(own, Papers.of(folder.device()));
    }

    List<ForeignClaim> foreign() {
        return foreign;
    }

    /** Papers that say nothing now. */
    List<FileStatus> problems() {
        return problems;
    }

    /** Problems which were there at the look before, too: a file that is just arriving is none. */
    List<FileStatus> lasting() {
        return Collections.unmodifiableList(lasting);
    }
}
