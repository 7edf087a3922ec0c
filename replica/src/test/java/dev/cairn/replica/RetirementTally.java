package dev.cairn.replica;

import dev.cairn.format.FileKind;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.OwnFile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Counts what has happened in random histories, so that none of it is believed to have been tried and was not. */
final class RetirementTally {
    /** What is done to a fleet, and how often beside the others. */
    enum Event {
        COMMIT(16),
        SEAL(6),
        DAYS(12),
        CHECKPOINT(10),
        SOME_FILES(5),
        RESTART(4),
        SOME_ONLINE(6),
        FILE_LOST(4),
        FILES_BACK(4),
        TWO_LEADERS(4),
        RETIRED(5),
        RETURNED(4),
        BACKUP(5),
        STATE_ROLLED_BACK(4),
        MACHINE_ROLLED_BACK(3),
        FOLDER_ROLLED_BACK(3),
        FOLDER_RESURRECTED(3),
        CLONED(3),
        MONTHS_AWAY(3),
        BACK_AFTER_MONTHS(6),
        POWER_LOST(8);

        private final int weight;

        Event(int weight) {
            this.weight = weight;
        }

        static Event any(Random random) {
            int at = random.nextInt(
                    Stream.of(values()).mapToInt(event -> event.weight).sum());
            for (Event event : values()) {
                at -= event.weight;
                if (at < 0) {
                    return event;
                }
            }
            throw new IllegalStateException("weights do not add up");
        }
    }

    /** What came of it. */
    enum Outcome {
        /** A list of segments that may go was published. */
        PROPOSED,
        /** A writer has said that it withdraws segments. */
        WITHDRAWN,
        /** Segments are gone because a checkpoint holds their changes. */
        SEGMENTS_GONE,
        /** The segments of a device which is not waited for were taken on by another. */
        CLEANED,
        /** A device goes on as a new writer, after a rollback or beside a copied machine. */
        NEW_WRITER,
        /** A device came back after months, and its unsent changes reached another. */
        LATE_CHANGES_ARRIVED,
        /** The power went in the middle of a device's work on its folder. */
        POWER_LOST_AT_WORK,
        /** What was not forced was not there afterwards. */
        DISK_FORGOT
    }

    /** What a device is like between two events. */
    record Look(Device device, int lists, int foreign, long withdrawnThrough, int segments, int writers) {
        Look(Device device) {
            this(device, device.space.replica());
        }

        private Look(Device device, Replica replica) {
            this(
                    device,
                    replica.locked(() -> ownLists(replica)).size(),
                    (int) replica.locked(() -> ownLists(replica)).stream()
                            .filter(list -> !replica.members()
                                    .secrets()
                                    .writers()
                                    .contains(list.body().writer()))
                            .count(),
                    replica.locked(() -> replica.members().secrets().writers().stream()
                            .mapToLong(replica.outbox()::withdrawnThrough)
                            .sum()),
                    replica.locked(() -> (int) replica.store().own().in(OwnFile.State.PUBLISHED).stream()
                            .filter(file -> file.name().kind() == FileKind.SEGMENT)
                            .count()),
                    replica.locked(() -> replica.members().secrets().writers().size()));
        }

        private static List<KnownList> ownLists(Replica replica) {
            return replica.store().lists().all().stream()
                    .filter(list -> list.state() != KnownList.State.FOREIGN)
                    .toList();
        }
    }

    private final Map<Event, Integer> events = new EnumMap<>(Event.class);
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    void happened(Event event) {
        events.merge(event, 1, Integer::sum);
    }

    private void came(Outcome outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    void came() {
        came(Outcome.LATE_CHANGES_ARRIVED);
    }

    void crashed(boolean atWork, boolean forgot) {
        if (atWork) {
            came(Outcome.POWER_LOST_AT_WORK);
        }
        if (forgot) {
            came(Outcome.DISK_FORGOT);
        }
    }

    /** Counts what an event has changed at a device. */
    void compare(Look before, Look after) {
        if (after.lists() > before.lists()) {
            came(Outcome.PROPOSED);
        }
        if (after.foreign() > before.foreign()) {
            came(Outcome.CLEANED);
        }
        if (after.withdrawnThrough() > before.withdrawnThrough()) {
            came(Outcome.WITHDRAWN);
        }
        if (after.segments() < before.segments() && after.withdrawnThrough() > 0) {
            came(Outcome.SEGMENTS_GONE);
        }
        if (after.writers() > before.writers()) {
            came(Outcome.NEW_WRITER);
        }
    }

    /** What was never seen. */
    List<String> missing() {
        return Stream.concat(
                        Arrays.stream(Event.values()).filter(event -> !events.containsKey(event)),
                        Arrays.stream(Outcome.values()).filter(outcome -> !outcomes.containsKey(outcome)))
                .map(Enum::name)
                .toList();
    }

    @Override
    public String toString() {
        return events + "\n" + outcomes;
    }
}
