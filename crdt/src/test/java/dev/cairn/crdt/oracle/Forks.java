package dev.cairn.crdt.oracle;

import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Branch;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What an id inside an operation means where writers went on in two ways (SPEC 15), found by trying every change.
 *
 * @param branches the ways in which they went on
 */
record Forks(List<Branch> branches) {
    static final Forks NONE = new Forks(List.of());

    /** Returns the one change in a past which can be called by that id; nothing if there is none or more than one. */
    Optional<ChangeId> meaning(ChangeId id, Clock past) {
        if (branches.stream().noneMatch(branch -> branch.parent().equals(id.actor()))) {
            return Optional.of(id);
        }
        List<ChangeId> meant = past.seen().entrySet().stream()
                .flatMap(entry ->
                        LongStream.rangeClosed(1, entry.getValue()).mapToObj(seq -> new ChangeId(entry.getKey(), seq)))
                .filter(change -> names(change).contains(id))
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    /** Returns all ids by which a change can be called: its own, and those of its number in the writers before. */
    private List<ChangeId> names(ChangeId change) {
        List<ChangeId> names = new ArrayList<>(List.of(change));
        Optional<Branch> branch = branch(change.actor());
        while (branch.isPresent()) {
            ChangeId last = names.get(names.size() - 1);
            names.add(new ChangeId(
                    branch.get().parent(), last.seq() + branch.get().fork()));
            branch = branch(branch.get().parent());
        }
        return names;
    }

    private Optional<Branch> branch(ActorId actor) {
        return branches.stream().filter(one -> one.actor().equals(actor)).findFirst();
    }
}
