package dev.cairn.cli.command.space;

import dev.cairn.cli.command.Table;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Printable;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.SpaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A space's status in words and as plain values. */
final class Report {
    private final SpaceStatus status;
    private final Predicate<DeviceId> retired;

    /** A report in which devices are called retired by {@code retired}. */
    Report(SpaceStatus status, Predicate<DeviceId> retired) {
        this.status = status;
        this.retired = retired;
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("space", status.space().toString());
        plain.put("folder", status.folder().toString());
        plain.put("folderState", lower(status.folderState()));
        plain.put("version", status.version().toString());
        plain.put("changes", status.changes());
        plain.put("documents", status.documents());
        plain.put("devices", devices());
        plain.put("waiting", status.waiting().stream().map(Report::plain).toList());
        plain.put("files", status.files().stream().map(Report::plain).toList());
        plain.put("outbox", outbox());
        plain.put(
                "alarms",
                status.alarms().stream()
                        .map(alarm -> Map.of("code", alarm.code(), "text", alarm.text()))
                        .toList());
        plain.put("advice", status.advice());
        return plain;
    }

    List<Map<String, @Nullable Object>> devices() {
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        devices.add(plain(status.self(), true));
        status.others().forEach(device -> devices.add(plain(device, false)));
        return devices;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("space    " + status.space());
        lines.add("folder   " + status.folder() + " (" + lower(status.folderState()) + ")");
        lines.add("content  " + Counted.of(status.documents(), "document") + ", "
                + Counted.of(status.changes(), "change"));
        SpaceStatus.Outbox outbox = status.outbox();
        lines.add("outbox   " + waiting(outbox)
                + outbox.problem()
                        .map(problem -> ": " + Printable.line(problem))
                        .orElse(""));
        lines.add("");
        lines.addAll(deviceLines());
        List<String> more = new ArrayList<>();
        status.waiting().forEach(waiting -> more.add("waiting  " + waiting.text()));
        status.files()
                .forEach(file -> more.add("file     " + Printable.line(file.path()) + ": " + lower(file.state()) + ": "
                        + Printable.line(file.text())));
        status.alarms().forEach(alarm -> more.add("ALARM    " + alarm.code() + ": " + Printable.line(alarm.text())));
        status.advice().forEach(advice -> more.add("advice   " + Printable.line(advice)));
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
        return String.join("\n", lines);
    }

    private static String waiting(SpaceStatus.Outbox outbox) {
        if (outbox.changes() > 0) {
            return "not published yet: " + Counted.of(outbox.changes(), "change");
        }
        return outbox.files() > 0 ? "not published yet: " + Counted.of(outbox.files(), "file") : "empty";
    }

    /** A table with a head line. */
    List<String> deviceLines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DEVICE", "ROLE", "LAST SEEN", "CHANGES", "BEHIND", "LACKS", "ID"));
        rows.add(row(status.self(), "this device"));
        status.others()
                .forEach(device ->
                        rows.add(row(device, device.lastSeen().map(Report::ago).orElse("never"))));
        return Table.align(rows);
    }

    private List<String> row(SpaceStatus.Device device, String seen) {
        return List.of(
                Printable.line(device.name())
                        + device.flagged().map(why -> " (!)").orElse(""),
                device.role() + (retired.test(device.id()) ? ", retired" : ""),
                seen,
                Long.toString(device.changes()),
                Long.toString(device.behind()),
                Long.toString(device.lacks()),
                device.id().toString());
    }

    private Map<String, @Nullable Object> plain(SpaceStatus.Device device, boolean self) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("id", device.id().toString());
        plain.put("name", device.name());
        plain.put("self", self);
        plain.put("role", device.role());
        plain.put("retired", retired.test(device.id()));
        plain.put("writers", device.writers().stream().map(Object::toString).toList());
        plain.put("lastSeen", device.lastSeen().map(Instant::toString).orElse(null));
        plain.put("changes", device.changes());
        plain.put("behind", device.behind());
        plain.put("lacks", device.lacks());
        plain.put("flagged", device.flagged().orElse(null));
        return plain;
    }

    private static Map<String, Object> plain(SpaceStatus.Waiting waiting) {
        return Map.of(
                "writer", waiting.writer().toString(),
                "seq", waiting.seq(),
                "missingWriter", waiting.missingWriter().toString(),
                "missingSeq", waiting.missingSeq());
    }

    private static Map<String, Object> plain(SpaceStatus.FileStatus file) {
        return Map.of(
                "path", file.path(),
                "state", lower(file.state()),
                "reason", file.reason(),
                "text", file.text());
    }

    private Map<String, @Nullable Object> outbox() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("changes", status.outbox().changes());
        plain.put("files", status.outbox().files());
        plain.put("problem", status.outbox().problem().orElse(null));
        return plain;
    }

    private static String ago(Instant instant) {
        Duration past = Duration.between(instant, Instant.now());
        if (past.isNegative() || past.toSeconds() < 2) {
            return "now";
        }
        if (past.toMinutes() < 2) {
            return past.toSeconds() + " s ago";
        }
        if (past.toHours() < 2) {
            return past.toMinutes() + " min ago";
        }
        return past.toDays() < 2 ? past.toHours() + " h ago" : past.toDays() + " days ago";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
