package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.Integration;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.ChangeId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What an integration must have reported, by what the oracle knew before and after. */
final class Arrival {
    private final Oracle oracle;
    private final Clock before;
    private final Set<ChangeId> known;
    private final List<ChangeId> arrived;

    /** Remembers what the oracle knows before it gets the changes. */
    Arrival(Oracle oracle, List<Change> arrived) {
        this.oracle = oracle;
        this.before = oracle.clock();
        this.known = Set.copyOf(oracle.waiting());
        this.arrived = arrived.stream().map(Change::id).toList();
    }

    /** Compares the report with what the oracle knows after it got the changes. */
    void check(Integration integration) {
        assertThat(integration.refused()).isEmpty();
        List<ChangeId> applied = integration.applied().stream()
                .flatMap(span ->
                        LongStream.rangeClosed(span.from(), span.to()).mapToObj(seq -> new ChangeId(span.actor(), seq)))
                .toList();
        checkApplied(applied);
        assertThat(List.copyOf(integration.documents())).isEqualTo(documents(applied));
        assertThat(integration.duplicates()).as("duplicates").isEqualTo(duplicates());
        checkWaiting(integration.waiting());
    }

    private void checkApplied(List<ChangeId> applied) {
        Clock reached = before;
        for (ChangeId id : applied) {
            assertThat(reached.contains(id)).as("%s was applied before", id).isFalse();
            assertThat(reached.covers(oracle.change(id).past()))
                    .as("%s comes after its past", id)
                    .isTrue();
            reached = reached.with(id);
        }
        assertThat(reached).isEqualTo(oracle.clock());
    }

    private List<String> documents(List<ChangeId> applied) {
        return applied.stream()
                .flatMap(id -> oracle.change(id).documents().stream())
                .distinct()
                .sorted(Oracle.UTF8)
                .toList();
    }

    private long duplicates() {
        Set<ChangeId> fresh = new HashSet<>(arrived);
        fresh.removeAll(known);
        fresh.removeIf(before::contains);
        return (long) arrived.size() - fresh.size();
    }

    private void checkWaiting(List<Integration.Waiting> waiting) {
        Map<ActorId, List<ChangeId>> expected = oracle.waiting().stream()
                .sorted()
                .collect(Collectors.groupingBy(ChangeId::actor, TreeMap::new, Collectors.toList()));
        assertThat(waiting)
                .extracting(held -> held.first().actor())
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (Integration.Waiting held : waiting) {
            List<ChangeId> ids = expected.getOrDefault(held.first().actor(), List.of());
            assertThat(held.first()).isEqualTo(ids.get(0));
            assertThat(held.count()).isEqualTo(ids.size());
            assertThat(oracle.clock().contains(held.missing())).isFalse();
            assertThat(oracle.waitingFor(held.first())).contains(held.missing());
        }
    }
}
