package dev.cairn.format.membership;

import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries whose past is complete, numbered so that each comes after all it builds on.
 *
 * <p>The number of an entry follows from the set alone: by true height (longest way from the genesis entry), then by
 * id. Entries with a missing ancestor are {@link #waiting}. The past of each entry is kept as a bit set; member logs
 * are small.
 */
final class EntryGraph {
    private final List<MemberEntry> entries = new ArrayList<>();
    private final List<BitSet> pasts = new ArrayList<>();
    private final List<Long> heights = new ArrayList<>();
    private final Map<EntryId, Integer> numbers = new HashMap<>();
    private final SortedMap<EntryId, SortedSet<EntryId>> waiting = new TreeMap<>();

    EntryGraph(Collection<MemberEntry> all) {
        Map<EntryId, MemberEntry> byId = new HashMap<>();
        all.forEach(entry -> byId.put(entry.id(), entry));
        Map<EntryId, Long> linked = heightsOf(byId);
        linked.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<EntryId, Long>::getValue).thenComparing(Map.Entry::getKey))
                .forEach(found -> number(at(byId, found.getKey()), found.getValue()));
        for (MemberEntry entry : all) {
            if (!linked.containsKey(entry.id())) {
                waiting.put(entry.id(), missing(entry, linked));
            }
        }
    }

    /** The true heights of all entries with a complete past. */
    private static Map<EntryId, Long> heightsOf(Map<EntryId, MemberEntry> byId) {
        Map<EntryId, List<MemberEntry>> children = new HashMap<>();
        Map<EntryId, Integer> unlinkedParents = new HashMap<>();
        Map<EntryId, Long> heights = new HashMap<>();
        Deque<MemberEntry> ready = new ArrayDeque<>();
        for (MemberEntry entry : byId.values()) {
            List<EntryId> parents = entry.content().parents();
            parents.forEach(parent ->
                    children.computeIfAbsent(parent, key -> new ArrayList<>()).add(entry));
            unlinkedParents.put(entry.id(), parents.size());
            if (parents.isEmpty()) {
                ready.add(entry);
            }
        }
        while (!ready.isEmpty()) {
            MemberEntry entry = ready.remove();
            heights.put(entry.id(), 1 + highest(entry, heights));
            for (MemberEntry child : children.getOrDefault(entry.id(), List.of())) {
                if (unlinkedParents.merge(child.id(), -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        return heights;
    }

    private static long highest(MemberEntry entry, Map<EntryId, Long> heights) {
        return entry.content().parents().stream()
                .mapToLong(parent -> heights.getOrDefault(parent, 0L))
                .max()
                .orElse(0);
    }

    private static MemberEntry at(Map<EntryId, MemberEntry> byId, EntryId id) {
        MemberEntry entry = byId.get(id);
        if (entry == null) {
            throw new IllegalStateException("no entry " + id);
        }
        return entry;
    }

    private void number(MemberEntry entry, long height) {
        BitSet past = new BitSet();
        for (EntryId parent : entry.content().parents()) {
            int number = numberOf(parent).orElseThrow();
            past.or(pasts.get(number));
            past.set(number);
        }
        numbers.put(entry.id(), entries.size());
        entries.add(entry);
        pasts.add(past);
        heights.add(height);
    }

    private static SortedSet<EntryId> missing(MemberEntry entry, Map<EntryId, Long> linked) {
        SortedSet<EntryId> missing = new TreeSet<>(entry.content().parents());
        missing.removeAll(linked.keySet());
        return missing;
    }

    int size() {
        return entries.size();
    }

    MemberEntry entry(int number) {
        return entries.get(number);
    }

    /** The number of an entry whose past is complete. */
    Optional<Integer> numberOf(EntryId id) {
        return Optional.ofNullable(numbers.get(id));
    }

    /** Whether {@code earlier} belongs to the past of {@code later}. */
    boolean before(int earlier, int later) {
        return pasts.get(later).get(earlier);
    }

    /** 1 + the greatest height of the parents. */
    long height(int number) {
        return heights.get(number);
    }

    /** Those of {@code chosen} which are in the past of no other of them. */
    BitSet maximal(BitSet chosen) {
        BitSet maximal = (BitSet) chosen.clone();
        chosen.stream().forEach(number -> maximal.andNot(pasts.get(number)));
        return maximal;
    }

    /** The entries which cannot be placed, with those of their parents that are missing or wait themselves. */
    SortedMap<EntryId, SortedSet<EntryId>> waiting() {
        return waiting;
    }
}
