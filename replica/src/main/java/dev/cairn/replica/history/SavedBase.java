package dev.cairn.replica.history;

import dev.cairn.crdt.EngineCheckpoint;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.replica.history.Checkpoints.HeldLines;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Saved documents from which those of now can be made: they show nothing that does not count any more, and every change
 * by the name which it has now.
 *
 * @param documents the saved version
 * @param names the last change of each line which they show something of, by the numbers of the lines
 */
record SavedBase(EngineCheckpoint documents, Map<Integer, Named> names) {
    /**
     * A change of a line.
     *
     * @param seq its number
     * @param name the engine's name of it
     */
    record Named(long seq, ChangeId name) {}

    SavedBase {
        names = Map.copyOf(names);
    }

    /** The saved documents, if they are of use; of held lines nothing counts from now on but what counted then. */
    static Optional<SavedBase> find(Checkpoints checkpoints, Lines lines, Held held) {
        HeldLines then = checkpoints.held();
        lines.name(then::counts);
        Optional<SavedBase> saved = checkpoints.load().map(found -> new SavedBase(found, names(found, lines)));
        held.countOnly(then.counting());
        lines.name(held::counts);
        Optional<SavedBase> base = saved.filter(
                found -> found.isNamedSo(lines) && held.agrees(found.documents().version(), then.all(), lines));
        if (base.isEmpty()) {
            held.countOnly(Set.of());
            lines.name(held::counts);
        }
        return base;
    }

    private static Map<Integer, Named> names(EngineCheckpoint saved, Lines lines) {
        Map<Integer, Named> names = new HashMap<>();
        for (LineState line : lines.all()) {
            long through = line.through(saved.version());
            if (through > line.line().fork()) {
                names.put(line.line().no(), new Named(through, line.change(through)));
            }
        }
        return names;
    }

    /** Whether the changes which they show have these names still. */
    boolean isNamedSo(Lines lines) {
        return names.entrySet().stream()
                .allMatch(entry -> lines.line(entry.getKey())
                        .filter(line -> line.change(entry.getValue().seq())
                                .equals(entry.getValue().name()))
                        .isPresent());
    }
}
