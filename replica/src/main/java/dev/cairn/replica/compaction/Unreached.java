package dev.cairn.replica.compaction;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.replica.history.Way;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownHead;
import dev.cairn.replica.store.LocalStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds members whom changes do not reach although the folder here holds them: a copy of a file may be damaged on
 * another device in a way which its sync tool does not notice, and then nobody but that device sees it.
 *
 * <p>What this device has is written down. If a member lacks some of that after a day and a half although signs of life
 * of it came three times, a checkpoint under new names is due: what a tool has never carried it carries anew. The first
 * sign may be from before the member could have it; whoever is silent, or whose folder is carried about once a week, is
 * not taken for one whom nothing reaches. Should the checkpoint not help, the next one waits twice as long.
 */
final class Unreached {
    private static final long WAIT_MILLIS = Duration.ofHours(36).toMillis();
    private static final long WAIT_MILLIS_MAX = Duration.ofDays(32).toMillis();
    private static final long SIGNS_OF_LIFE = 3;

    private static final long NEVER = -1;
    private static final int DIGEST_BYTES = 32;
    private static final int END_BYTES = WriterId.SIZE + Long.BYTES;
    private static final int SIGNS_BYTES = DeviceId.SIZE + 2 * Long.BYTES;

    private static final String SINCE = "unreached-since";
    private static final String TRIES = "unreached-tries";
    private static final String ENDS = "unreached-ends";
    private static final String SIGNS = "unreached-signs";
    private static final String CHECKPOINTS = "unreached-checkpoints";
    private static final String KEPT = "unreached-checkpoint";

    private final CompactionHost host;

    Unreached(CompactionHost host) {
        this.host = host;
    }

    /**
     * Whether a checkpoint under new names is due; inside a transaction.
     *
     * @param ways what a checkpoint of this device holds
     * @param whole the checkpoints which the folder holds with all their parts
     * @param now this device's running time in milliseconds
     * @param spread by which part of the wait this device waits longer than the first
     */
    boolean isDue(List<Way> ways, List<KnownCheckpoint> whole, long now, double spread) {
        LocalStore store = host.store();
        long since = store.number(SINCE, NEVER);
        if (since == NEVER) {
            beginAnew(ways, whole, now, 0);
            return false;
        }
        Map<DeviceId, Signs> signs = countSigns();
        long tries = store.number(TRIES, 0);
        long wait = (long) (Math.min(WAIT_MILLIS_MAX, WAIT_MILLIS << Math.min(tries, 8)) * (1 + spread));
        if (now - since < wait) {
            return false;
        }
        Map<WriterId, Long> ends = ends();
        List<Missing> missing = missing(now, signs, ends);
        List<Missing> unreached =
                missing.stream().filter(of -> of.signs >= SIGNS_OF_LIFE).toList();
        List<KnownCheckpoint> made = madeMeanwhile(whole, ends);
        boolean due = unreached.stream().anyMatch(of -> made.stream().noneMatch(of::canRead));
        boolean undecided = missing.stream().anyMatch(of -> of.signs > 0);
        if (!unreached.isEmpty() || !undecided || now - since > WAIT_MILLIS_MAX * 2) {
            beginAnew(ways, whole, now, unreached.isEmpty() ? 0 : tries + 1);
            if (unreached.isEmpty()) {
                store.removeMeta(KEPT);
            }
        }
        return due;
    }

    /** The last checkpoint that was made for such a member, as long as there is one; it stays, whatever others hold. */
    static Optional<Bytes> checkpoint(LocalStore store) {
        return store.meta(KEPT);
    }

    /** Keeps a checkpoint in place of the one before. */
    static void keep(LocalStore store, Bytes checkpoint) {
        store.setMeta(KEPT, checkpoint);
    }

    private void beginAnew(List<Way> ways, List<KnownCheckpoint> whole, long now, long tries) {
        LocalStore store = host.store();
        ByteWriter ends = new ByteWriter(ways.size() * END_BYTES);
        ways.forEach(way -> ends.bytes(way.writer().bytes()).u64(way.end().seq()));
        store.setNumber(SINCE, now);
        store.setNumber(TRIES, tries);
        store.setMeta(ENDS, ends.toBytes());
        store.setMeta(
                CHECKPOINTS,
                Bytes.concat(whole.stream().map(KnownCheckpoint::digest).toArray(Bytes[]::new)));
        Map<DeviceId, Signs> signs = signs();
        signs.replaceAll((device, of) -> new Signs(of.last, 0));
        setSigns(signs);
    }

    /**
     * How often a member was heard of.
     *
     * @param last the running time when it was last
     * @param count at how many looks there was something new
     */
    private record Signs(long last, long count) {}

    private Map<DeviceId, Signs> countSigns() {
        Map<DeviceId, Long> moved = new HashMap<>();
        host.store().headNotes().all().forEach(note -> moved.merge(note.device(), note.movedAt(), Math::max));
        Map<DeviceId, Signs> before = signs();
        Map<DeviceId, Signs> signs = new TreeMap<>();
        moved.forEach((device, at) -> {
            Signs of = before.getOrDefault(device, new Signs(NEVER, 0));
            signs.put(device, of.last == at ? of : new Signs(at, of.count + 1));
        });
        if (!signs.equals(before)) {
            setSigns(signs);
        }
        return signs;
    }

    /**
     * An active member whose heads do not say that it has what was here at the beginning.
     *
     * @param has what they say that it has of each writer
     * @param signs how often it was heard of since
     */
    private record Missing(Map<WriterId, Long> has, long signs) {
        /** It may not even know of the author that it is a member. */
        private boolean canRead(KnownCheckpoint checkpoint) {
            return has.containsKey(checkpoint.writer());
        }

        private boolean any(Map<WriterId, Long> ends) {
            return ends.entrySet().stream().anyMatch(end -> has.getOrDefault(end.getKey(), 0L) < end.getValue());
        }
    }

    private List<Missing> missing(long now, Map<DeviceId, Signs> signs, Map<WriterId, Long> ends) {
        Map<DeviceId, List<KnownHead>> heads =
                host.store().heads().all().stream().collect(Collectors.groupingBy(KnownHead::device));
        List<Missing> missing = new ArrayList<>();
        for (DeviceId device : new Fellows(host, now).active()) {
            List<KnownHead> own = heads.getOrDefault(device, List.of());
            // a head that is full does not say what else its author has
            boolean full = own.stream().anyMatch(head -> head.seenList().size() >= Limits.SEEN_MAX);
            Missing of = new Missing(has(own), signs.getOrDefault(device, new Signs(NEVER, 0)).count);
            if (!full && of.any(ends)) {
                missing.add(of);
            }
        }
        return missing;
    }

    private static Map<WriterId, Long> has(List<KnownHead> heads) {
        Map<WriterId, Long> has = new HashMap<>();
        for (KnownHead head : heads) {
            has.merge(head.writer(), head.lastSeq(), Math::max);
            head.seenList().forEach(entry -> has.merge(entry.writer(), entry.seq(), Math::max));
        }
        return has;
    }

    /** What others have made since of all that. */
    private List<KnownCheckpoint> madeMeanwhile(List<KnownCheckpoint> whole, Map<WriterId, Long> ends) {
        Set<Bytes> then = new HashSet<>();
        Bytes digests = host.store().meta(CHECKPOINTS).orElse(Bytes.empty());
        for (int at = 0; at < digests.size(); at += DIGEST_BYTES) {
            then.add(digests.slice(at, at + DIGEST_BYTES));
        }
        return whole.stream()
                .filter(checkpoint -> !checkpoint.body().device().equals(host.device()))
                .filter(checkpoint -> !then.contains(checkpoint.digest()))
                .filter(checkpoint -> holds(checkpoint.body(), ends))
                .toList();
    }

    private static boolean holds(CheckpointBody checkpoint, Map<WriterId, Long> ends) {
        Map<WriterId, Long> cut = new HashMap<>();
        checkpoint.cut().forEach(point -> cut.merge(point.writer(), point.seq(), Math::max));
        return ends.entrySet().stream().allMatch(end -> cut.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<WriterId, Long> ends() {
        Map<WriterId, Long> ends = new HashMap<>();
        Bytes bytes = host.store().meta(ENDS).orElse(Bytes.empty());
        for (int at = 0; at < bytes.size(); at += END_BYTES) {
            ends.merge(WriterId.of(bytes.slice(at, at + WriterId.SIZE)), bytes.getLong(at + WriterId.SIZE), Math::max);
        }
        return ends;
    }

    private Map<DeviceId, Signs> signs() {
        Map<DeviceId, Signs> signs = new TreeMap<>();
        Bytes bytes = host.store().meta(SIGNS).orElse(Bytes.empty());
        for (int at = 0; at < bytes.size(); at += SIGNS_BYTES) {
            int numbers = at + DeviceId.SIZE;
            signs.put(
                    DeviceId.of(bytes.slice(at, numbers)),
                    new Signs(bytes.getLong(numbers), bytes.getLong(numbers + Long.BYTES)));
        }
        return signs;
    }

    private void setSigns(Map<DeviceId, Signs> signs) {
        ByteWriter out = new ByteWriter(signs.size() * SIGNS_BYTES);
        signs.forEach((device, of) -> out.bytes(device.bytes()).u64(of.last).u64(of.count));
        host.store().setMeta(SIGNS, out.toBytes());
    }
}
