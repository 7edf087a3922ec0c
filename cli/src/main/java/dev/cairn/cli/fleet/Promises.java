package dev.cairn.cli.fleet;

import dev.cairn.format.WriterId;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The changes which were acknowledged to users, numbered in the order of their acknowledgement. */
public final class Promises {

    /**
     * An acknowledged change.
     *
     * @param device who made it
     * @param version what the commit returned
     * @param seen which changes its author saw, by number
     */
    public record Promise(String device, Version version, BitSet seen) {}

    private final List<Promise> promises = new ArrayList<>();
    private final BitSet doubtful = new BitSet();
    private final SortedMap<String, List<Integer>> reused = new TreeMap<>();
    private final Map<Version.Head, Integer> byId = new TreeMap<>();

    int next() {
        return promises.size();
    }

    /** A change has begun which is not acknowledged yet; it may stay so, since a process may die in it. */
    void skip(String device) {
        doubtful.set(promises.size());
        promises.add(new Promise(device, Version.empty(), new BitSet()));
    }

    /** It is acknowledged. */
    void keep(int number, Promise promise) {
        doubtful.clear(number);
        promises.set(number, promise);
        // a change builds on all its author has, so that it is the only head just after its commit
        promise.version().heads().stream().limit(1).forEach(head -> {
            Integer before = byId.putIfAbsent(head, number);
            if (before != null) {
                reused.put(head.toString(), List.of(before, number));
            }
        });
    }

    /** Takes a promise back: a backup without the change was put back before anybody else had it. */
    void doubt(int number) {
        doubtful.set(number);
    }

    /** The number of the change with this id, if it was acknowledged. */
    Optional<Integer> numberOf(Version.Head id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many there are. */
    public int size() {
        return promises.size();
    }

    /** How many of them must be kept. */
    public int kept() {
        return promises.size() - doubtful.cardinality();
    }

    /** Whether the change may be missing, everywhere alike. */
    public boolean isDoubtful(int number) {
        return doubtful.get(number);
    }

    /** Whether a change of a writer, of that number or later, must be kept. */
    boolean anyKept(WriterId writer, long seq) {
        return byId.entrySet().stream()
                .filter(entry ->
                        entry.getKey().writer().equals(writer) && entry.getKey().seq() >= seq)
                .anyMatch(entry -> !isDoubtful(entry.getValue()));
    }

    /** Whether a device was promised a change by a writer since so many were. */
    boolean anySince(int number, String device, WriterId writer) {
        return promises.subList(number, promises.size()).stream()
                .filter(promise -> promise.device().equals(device))
                .anyMatch(promise -> promise.version().heads().stream()
                        .limit(1)
                        .anyMatch(head -> head.writer().equals(writer)));
    }

    /** The one of a number. */
    public Promise get(int number) {
        return promises.get(number);
    }

    /** Ids of changes which were given to two of them, with the numbers of both. */
    public SortedMap<String, List<Integer>> reused() {
        return reused;
    }
}
