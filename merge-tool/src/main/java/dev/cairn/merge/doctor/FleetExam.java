package dev.cairn.merge.doctor;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.merge.verify.Evidence;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.LocalFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What devices say in the folder, beside what this device remembers of them. */
final class FleetExam {
    /** Clocks which differ by less are not worth a word. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(25);
    /** A device that says nothing for so long holds up what waits for it. */
    private static final Duration SILENT_AFTER = Duration.ofDays(7);

    private final VerifyReport report;
    private final LocalFacts.Known known;
    private final Set<String> listed;
    private final Instant now;
    private final List<Diagnosis> found = new ArrayList<>();

    FleetExam(VerifyReport report, LocalFacts.Known known, Set<String> listed, Instant now) {
        this.report = report;
        this.known = known;
        this.listed = listed;
        this.now = now;
    }

    List<Diagnosis> run() {
        missing();
        rolledBack();
        clocks();
        report.evidence().lists().stream()
                .filter(list -> list.body().device().equals(known.device()))
                .forEach(this::blocked);
        return found;
    }

    /** Files of this device which no place of the folder holds, under whatever name. */
    private void missing() {
        for (LocalFacts.OwnPlace own : known.published()) {
            if (!listed.contains(own.path()) && !report.evidence().has(own.digest())) {
                found.add(new Diagnosis(Cause.OWN_FILE_MISSING, own.path(), "was written by this device and has gone"));
            }
        }
    }

    private void rolledBack() {
        for (LocalFacts.Heartbeat remembered : known.heads()) {
            Evidence.Heartbeat shown = report.evidence().heads().get(remembered.writer());
            if (shown != null && shown.counter() < remembered.counter() && isReadable(remembered.writer())) {
                found.add(new Diagnosis(
                        Cause.FOLDER_ROLLED_BACK,
                        "devices/" + remembered.writer(),
                        "shows an older state of \"" + remembered.deviceName() + "\" than was seen before (heartbeat "
                                + shown.counter() + ", seen was " + remembered.counter()
                                + "): the folder was restored, or its provider withholds files"));
            }
        }
    }

    /** Whether the newest heartbeat is not just one that is damaged, or has not been downloaded. */
    private boolean isReadable(WriterId writer) {
        String head = FileName.DEVICES + "/" + writer + "/head-";
        return report.findings().stream()
                .noneMatch(finding -> finding.level() == VerifyReport.Level.FAULT
                        && finding.path().startsWith(head));
    }

    /** The newest heartbeat of each device, whatever its writers. */
    private Map<DeviceId, Evidence.Heartbeat> newest() {
        Map<DeviceId, Evidence.Heartbeat> newest = new HashMap<>();
        for (Evidence.Heartbeat head : report.evidence().heads().values()) {
            newest.merge(
                    head.body().device(),
                    head,
                    (one, other) -> one.body().timeMillis() >= other.body().timeMillis() ? one : other);
        }
        return newest;
    }

    private void clocks() {
        List<Evidence.Heartbeat> ahead = newest().values().stream()
                .filter(head -> time(head).isAfter(now.plus(CLOCK_TOLERANCE)))
                .toList();
        Set<DeviceId> devices = ahead.stream().map(head -> head.body().device()).collect(Collectors.toSet());
        boolean here = devices.contains(known.device()) || devices.size() > 1;
        if (!ahead.isEmpty() && here) {
            found.add(new Diagnosis(
                    Cause.CLOCK,
                    "this device",
                    "has a clock " + days(ahead.get(0)) + " behind what was written before, by it or by "
                            + counted(devices.size(), "device")));
        } else {
            ahead.forEach(head -> found.add(new Diagnosis(
                    Cause.CLOCK,
                    "\"" + head.body().deviceName() + "\"",
                    "has a clock " + days(head) + " ahead of this device's")));
        }
    }

    private String days(Evidence.Heartbeat head) {
        return counted(Duration.between(now, time(head)).toDays(), "day");
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static Instant time(Evidence.Heartbeat head) {
        return Instant.ofEpochMilli(head.body().timeMillis());
    }

    private void blocked(RetirementList list) {
        Map<DeviceId, Evidence.Heartbeat> newest = newest();
        report.evidence().members().ifPresent(members -> {
            for (MemberDevice member : members.devices().values()) {
                Evidence.Heartbeat head = newest.get(member.id());
                boolean silent = head == null || time(head).isBefore(now.minus(SILENT_AFTER));
                boolean waitedFor = !member.id().equals(known.device()) && !members.isRetired(member.id());
                if (waitedFor && silent && !acknowledges(member.id(), list.digest())) {
                    found.add(new Diagnosis(
                            Cause.RETIREMENT_BLOCKED,
                            "\"" + member.name() + "\"",
                            "has not acknowledged that "
                                    + counted(list.body().files().size(), "segment")
                                    + " of this device may go, and gave its last sign of life "
                                    + (head == null
                                            ? "never"
                                            : Duration.between(time(head), now).toDays() + " days ago")));
                }
            }
        });
    }

    private boolean acknowledges(DeviceId device, Bytes digest) {
        return report.evidence().heads().values().stream()
                .filter(head -> head.body().device().equals(device))
                .anyMatch(head -> head.body().acknowledged().contains(digest));
    }
}
