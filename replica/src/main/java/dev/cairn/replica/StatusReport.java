package dev.cairn.replica;

import dev.cairn.format.DeviceId;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.log.Seen;
import dev.cairn.format.members.NamedDevice;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.format.membership.Membership;
import dev.cairn.replica.SpaceStatus.Alarm;
import dev.cairn.replica.SpaceStatus.Device;
import dev.cairn.replica.SpaceStatus.FileState;
import dev.cairn.replica.SpaceStatus.FileStatus;
import dev.cairn.replica.SpaceStatus.FolderState;
import dev.cairn.replica.SpaceStatus.Outbox;
import dev.cairn.replica.SpaceStatus.Waiting;
import dev.cairn.replica.history.Overview;
import dev.cairn.replica.store.KnownFile;
import dev.cairn.replica.store.KnownHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts together what is known into a status; under the lock. */
final class StatusReport {
    private final Replica replica;
    private final Overview overview;
    private final Map<WriterId, KnownHead> heads;
    private final List<WriterId> own;

    StatusReport(Replica replica) {
        this.replica = replica;
        this.overview = replica.history().overview();
        this.heads = replica.store().heads().all().stream()
                .collect(Collectors.toMap(KnownHead::writer, Function.identity()));
        this.own = replica.members().secrets().writers();
    }

    SpaceStatus make() {
        Optional<Listing> listing = replica.inbox().listing();
        List<Device> others = others();
        List<Waiting> waiting = waiting();
        Outbox outbox = outbox();
        return new SpaceStatus(
                replica.space(),
                replica.folder().path(),
                Refresher.folderState(replica.folder().state()),
                replica.version(),
                overview.changes(),
                replica.history().documents().documentNames().size(),
                device(
                        replica.device(),
                        replica.members().secrets().deviceName(),
                        replica.members().self()),
                others,
                waiting,
                files(),
                outbox,
                alarms(listing, others),
                advice(others, waiting, outbox));
    }

    private List<Device> others() {
        return replica.members().membership().devices().values().stream()
                .filter(device -> !device.id().equals(replica.device()))
                .map(device -> device(device.id(), device.name(), Optional.of(device)))
                .sorted(Comparator.comparing(Device::name).thenComparing(Device::id))
                .toList();
    }

    private Device device(DeviceId id, String name, Optional<MemberDevice> member) {
        List<WriterId> writers = writers(id);
        Optional<KnownHead> newest = writers.stream()
                .map(heads::get)
                .filter(java.util.Objects::nonNull)
                .max(Comparator.comparingLong(KnownHead::timeMillis));
        long stored = writers.stream().mapToLong(overview::stored).sum();
        long behind = writers.stream().mapToLong(this::behind).sum();
        boolean self = id.equals(replica.device());
        return new Device(
                id,
                name,
                member.map(device -> device.role().name().toLowerCase(Locale.ROOT))
                        .orElse("none"),
                writers,
                newest.map(head -> Instant.ofEpochMilli(head.timeMillis())),
                stored,
                self ? 0 : behind,
                self ? 0 : lacks(writers, newest),
                flagged(id));
    }

    /** The writers of a device, the one with the newest head last. */
    private List<WriterId> writers(DeviceId device) {
        TreeSet<WriterId> writers = new TreeSet<>(overview.writers(device));
        heads.values().stream()
                .filter(head -> head.device().equals(device))
                .forEach(head -> writers.add(head.writer()));
        if (device.equals(replica.device())) {
            return own;
        }
        List<WriterId> sorted = new ArrayList<>(writers);
        sorted.sort(Comparator.comparingLong(
                writer -> heads.containsKey(writer) ? heads.get(writer).counter() : 0));
        return sorted;
    }

    private long behind(WriterId writer) {
        KnownHead head = heads.get(writer);
        return head == null ? 0 : Math.max(0, head.lastSeq() - overview.stored(writer));
    }

    /** What counts in this store and is not confirmed by the device's newest head. */
    private long lacks(List<WriterId> writers, Optional<KnownHead> newest) {
        Map<WriterId, Long> seen = new HashMap<>();
        newest.ifPresent(head -> head.seenList().forEach(entry -> seen.put(entry.writer(), entry.seq())));
        long lacks = 0;
        for (WriterId writer : overview.writers()) {
            if (!writers.contains(writer)) {
                lacks += Math.max(0, overview.counting(writer) - seen.getOrDefault(writer, 0L));
            }
        }
        return lacks;
    }

    /** Of this device, too, by all that it ever wrote as: a copy of it goes on as a writer which is not its own. */
    private Optional<String> flagged(DeviceId device) {
        return overview.writers(device).stream().anyMatch(writer -> overview.branched(writer, device))
                ? Optional.of("wrote two different changes under one number: it was copied or restored from a backup;"
                        + " both are kept")
                : Optional.empty();
    }

    private List<Waiting> waiting() {
        return overview.gaps().stream()
                .map(gap -> new Waiting(
                        gap.first().writer(),
                        gap.first().seq(),
                        gap.missing().writer(),
                        gap.missing().seq()))
                .toList();
    }

    private List<FileStatus> files() {
        return replica.inbox().notable().stream().map(StatusReport::file).toList();
    }

    private static FileStatus file(KnownFile file) {
        return new FileStatus(file.path(), FileState.valueOf(file.state().name()), file.reason(), file.text());
    }

    private Outbox outbox() {
        long changes = replica.author()
                .map(author -> replica.outbox().unpublished(author))
                .orElse(0L);
        return new Outbox(changes, replica.outbox().pending(), replica.outbox().problem());
    }

    private List<Alarm> alarms(Optional<Listing> listing, List<Device> others) {
        List<Alarm> alarms = new ArrayList<>();
        listing.filter(listed -> Refresher.folderState(listed.state()) == FolderState.ATTACHED)
                .ifPresent(listed -> heads.values().stream()
                        .filter(head -> rolledBack(head, listed))
                        .forEach(head -> alarms.add(new Alarm(
                                "FOLDER_ROLLBACK",
                                "the folder shows an older state of \"" + head.deviceName()
                                        + "\" than was seen before: it was restored from a backup, or its provider"
                                        + " withholds files; nothing is lost here"))));
        for (Device device : others) {
            device.flagged()
                    .ifPresent(reason -> alarms.add(new Alarm("EQUIVOCATION", "\"" + device.name() + "\" " + reason)));
        }
        for (WriterId writer : overview.writers()) {
            Set<DeviceId> devices = overview.devices(writer);
            if (devices.size() > 1) {
                alarms.add(new Alarm(
                        "SHARED_WRITER",
                        names(devices) + " wrote under one writer id, " + writer
                                + ": one of them took it from the other; what both wrote is kept"));
            }
        }
        return alarms;
    }

    private String names(Set<DeviceId> devices) {
        Membership membership = replica.members().membership();
        return devices.stream()
                .map(id -> membership
                        .device(id)
                        .map(device -> "\"" + device.name() + "\"")
                        .orElseGet(id::toString))
                .collect(Collectors.joining(" and "));
    }

    /** Whether a slot of a writer is listed and known, and none of its slots is as new as what was seen. */
    private boolean rolledBack(KnownHead head, Listing listing) {
        long newest = 0;
        for (int slot = 0; slot < 2; slot++) {
            String path = new FileName.HeadSlot(slot).path(head.writer());
            Optional<Listing.Entry> entry = listing.find(path);
            Optional<KnownFile> known =
                    replica.inbox().known(path).filter(file -> file.state().verified());
            if (entry.isPresent() && known.isEmpty()) {
                return false;
            }
            if (entry.isPresent()) {
                newest = Math.max(newest, known.get().ordinal());
            }
        }
        return newest > 0 && newest < head.counter();
    }

    private List<String> advice(List<Device> others, List<Waiting> waiting, Outbox outbox) {
        List<String> advice = new ArrayList<>();
        outbox.problem().ifPresent(problem -> advice.add("not published yet: " + outbox.changes() + "; " + problem));
        if (!others.isEmpty()) {
            long unconfirmed = unconfirmed();
            if (unconfirmed > 0) {
                advice.add("nobody has my last " + unconfirmed
                        + (unconfirmed == 1 ? " change" : " changes")
                        + " yet: keep this device on until another one has been online");
            }
        }
        if (replica.members().membership().isRetired(replica.device())) {
            advice.add("another device has retired this one, and nothing waits for it any more: nothing is lost; 'cairn"
                    + " devices return' brings it back");
        }
        if (replica.members().self().isEmpty()) {
            advice.add("this device is not a member any more, since another one has used the same invite: what it wrote"
                    + " is kept here, and others see only what they have built on; join again with a new invite");
        }
        replica.history()
                .uncounted()
                .forEach((device, changes) -> advice.add(changes + (changes == 1 ? " change" : " changes") + " of "
                        + named(device) + ", which may not write, " + (changes == 1 ? "is" : "are")
                        + " kept and not shown: invite it if it is one of yours"));
        if (!waiting.isEmpty()) {
            Waiting first = waiting.get(0);
            advice.add(first.text() + ": let the device which wrote it, or one that has it, synchronise");
        }
        long remote = replica.inbox().notable().stream()
                .filter(file -> file.reason().equals("NOT_DOWNLOADED"))
                .count();
        if (remote > 0) {
            advice.add("not downloaded: " + remote + "; tell the sync tool to keep this folder on this device");
        }
        return advice;
    }

    private String named(DeviceId device) {
        NamedDevice named = replica.members().membership().named().get(device);
        return named == null ? "device " + device : "\"" + named.name() + "\"";
    }

    /** Own changes which no other device has confirmed. */
    private long unconfirmed() {
        WriterId writer = replica.members().secrets().writer();
        long confirmed = heads.values().stream()
                .filter(head -> !head.device().equals(replica.device()))
                .flatMap(head -> head.seenList().stream())
                .filter(seen -> seen.writer().equals(writer))
                .mapToLong(Seen::seq)
                .max()
                .orElse(0);
        return Math.max(0, overview.stored(writer) - confirmed);
    }

    /** Whether a device has confirmed a version. */
    boolean hasSeen(Version version, DeviceId device) {
        return writers(device).stream()
                .map(heads::get)
                .filter(java.util.Objects::nonNull)
                .anyMatch(head -> version.heads().stream().allMatch(wanted -> has(head, wanted)));
    }

    private static boolean has(KnownHead head, Version.Head wanted) {
        if (head.writer().equals(wanted.writer())) {
            return head.lastSeq() >= wanted.seq();
        }
        return head.seenList().stream()
                .anyMatch(seen -> seen.writer().equals(wanted.writer()) && seen.seq() >= wanted.seq());
    }
}
