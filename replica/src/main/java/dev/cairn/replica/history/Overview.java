package dev.cairn.replica.history;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known of all writers at one moment; valid until the history moves on. */
public final class Overview {
    private final LocalStore store;
    private final Lines lines;
    private final Chains chains;
    private final ParentNames names;
    private final DocumentSet documents;
    private final List<Integration.Waiting> waiting;
    private final CountedRuns counted;

    Overview(
            LocalStore store,
            Lines lines,
            Chains chains,
            ParentNames names,
            DocumentSet documents,
            List<Integration.Waiting> waiting,
            CountedRuns counted) {
        this.store = store;
        this.lines = lines;
        this.chains = chains;
        this.names = names;
        this.documents = documents;
        this.waiting = waiting;
        this.counted = counted;
    }

    /** All writers of which changes have come. */
    public Collection<WriterId> writers() {
        return List.copyOf(lines.writers());
    }

    /** The writers of a device. */
    public List<WriterId> writers(DeviceId device) {
        return lines.writers(device);
    }

    /** The number up to which a writer's changes are in the store, on whichever of its branches goes furthest. */
    public long stored(WriterId writer) {
        return end(writer).map(ChainPoint::seq).orElse(0L);
    }

    /** The number up to which a writer's changes count, on whichever of its branches goes furthest. */
    public long counting(WriterId writer) {
        return lines.of(writer).stream()
                .mapToLong(line -> counted.through(line, documents.version()))
                .max()
                .orElse(0);
    }

    /** Where a writer's chain ends, on whichever of its branches goes furthest; of one that counts, if any does. */
    public Optional<ChainPoint> end(WriterId writer) {
        return counted.end(writer);
    }

    /** Whether a device is known to have gone on in two ways as that writer. */
    public boolean branched(WriterId writer, DeviceId device) {
        List<LineState> own = lines.of(writer).stream()
                .filter(line -> line.line().device().equals(device))
                .toList();
        return own.stream().filter(line -> isLast(line, own)).count() > 1;
    }

    private boolean isLast(LineState line, List<LineState> among) {
        return lines.children(line).stream().noneMatch(among::contains);
    }

    /** The devices which wrote as that writer: one, unless somebody took another's id. */
    public Set<DeviceId> devices(WriterId writer) {
        return lines.of(writer).stream()
                .map(line -> line.line().device())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether some branch of a writer has that change with that chain hash. */
    public boolean has(WriterId writer, long seq, Bytes hash) {
        return lines.of(writer).stream().anyMatch(line -> chains.has(line, seq, hash));
    }

    /** How many changes are in the store. */
    public long changes() {
        return store.runs().changes();
    }

    /** Per writer and start, what changes wait for: their own predecessor, or one they build on. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (Integration.Waiting entry : waiting) {
            gaps.add(new Gap(reference(entry.first()), reference(entry.missing())));
        }
        store.runs().waitingFrom().forEach((writer, base) -> {
            long missing = Math.max(1, Math.min(base, stored(writer) + 1));
            gaps.add(new Gap(new Reference(writer, base + 1), new Reference(writer, missing)));
        });
        return gaps;
    }

    private Reference reference(ChangeId change) {
        return lines.of(change)
                .map(line -> new Reference(line.line().writer(), line.seqOf(change)))
                .or(() -> names.awaited(change).map(awaited -> new Reference(awaited.writer(), awaited.seq())))
                .orElseGet(() -> new Reference(
                        new WriterId(change.actor().high(), change.actor().low()), change.seq()));
    }

    /** The references to the heads of the documents' version. */
    public List<ChangeRef> heads() {
        return documents.heads().changes().stream().map(names::reference).toList();
    }

    /**
     * A change by writer and number.
     *
     * @param writer its writer
     * @param seq its number
     */
    public record Reference(WriterId writer, long seq) {}

    /**
     * Changes that wait.
     *
     * @param first the first of them
     * @param missing what they wait for
     */
    public record Gap(Reference first, Reference missing) {}
}
