package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one space which this device knows, and what they mean together.
 *
 * <p>Adding is idempotent and the order does not matter: {@link #membership} is a pure function of the set. Signatures
 * are verified once each. Not thread-safe.
 */
public final class MemberLog {
    private final SpaceId space;
    private final Map<EntryId, List<MemberEntry>> entries = new HashMap<>();
    private final Map<Signature, Boolean> verdicts = new HashMap<>();
    private @Nullable Membership latest;

    /** An empty log of {@code space}. */
    public MemberLog(SpaceId space) {
        this.space = space;
    }

    /** The membership which a set of entries defines. */
    public static Membership evaluate(SpaceId space, Collection<MemberEntry> entries) {
        MemberLog log = new MemberLog(space);
        entries.forEach(log::add);
        return log.membership();
    }

    /** Adds an entry; the result is whether it is new. */
    public boolean add(MemberEntry entry) {
        List<MemberEntry> same = entries.computeIfAbsent(entry.id(), id -> new ArrayList<>());
        if (same.contains(entry)) {
            return false;
        }
        if (!same.isEmpty()) {
            verdicts.keySet().removeIf(signature -> signature.entry().equals(entry.id()));
        }
        same.add(entry);
        latest = null;
        return true;
    }

    /** Whether an entry with this id was added. */
    public boolean contains(EntryId id) {
        return entries.containsKey(id);
    }

    /** The entry with this id. */
    public Optional<MemberEntry> entry(EntryId id) {
        return entries.getOrDefault(id, List.of()).stream().findFirst();
    }

    /** All entries, those without effect included. */
    public List<MemberEntry> entries() {
        return entries.values().stream().map(same -> same.get(0)).toList();
    }

    /** The number of entries, those without effect included. */
    public int size() {
        return entries.size();
    }

    /** Who belongs to the space, by all entries added so far. */
    public Membership membership() {
        Membership known = latest;
        if (known == null) {
            known = new Evaluation(space, new EntryGraph(entries()), this::signed).membership();
            latest = known;
        }
        return known;
    }

    /**
     * The content of a new entry which builds on all that is known.
     *
     * @param answered entries which it must build on although they are no heads: the request or join it answers
     * @throws IllegalArgumentException when one of those was not added
     */
    public EntryContent draft(DeviceId author, long wallMillis, MemberAct act, EntryId... answered) {
        NavigableSet<EntryId> parents = new TreeSet<>(List.of(answered));
        List<EntryId> heads = membership().heads();
        heads.stream().limit(EntryContent.PARENTS_MAX - parents.size()).forEach(parents::add);
        long height = 1 + parents.stream().mapToLong(this::height).max().orElse(0);
        return new EntryContent(Optional.of(space), author, List.copyOf(parents), height, wallMillis, act);
    }

    private long height(EntryId id) {
        return entry(id)
                .orElseThrow(() -> new IllegalArgumentException("no entry " + id))
                .content()
                .height();
    }

    /** Whether the entry has the signature of {@code key} at {@code index}, in any of the copies that came. */
    private boolean signed(MemberEntry entry, int index, VerifyingKey key) {
        return verdicts.computeIfAbsent(
                new Signature(entry.id(), index, key),
                signature -> entries.getOrDefault(entry.id(), List.of()).stream()
                        .anyMatch(copy -> copy.signedBy(index, key)));
    }

    private record Signature(EntryId entry, int index, VerifyingKey key) {}
}
