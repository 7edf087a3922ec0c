package dev.cairn.cli.command.live;

import dev.cairn.cli.command.Table;
import dev.cairn.cli.shell.Printable;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.protocol.ForeignClaim;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The election in words and as plain values. */
public final class LeaderReport {
    private final ElectionStatus status;
    private final Map<DeviceId, String> names;
    private final Map<WriterId, DeviceId> devices = new HashMap<>();

    private LeaderReport(ElectionStatus status, Map<DeviceId, String> names) {
        this.status = status;
        this.names = names;
        status.participants().forEach(one -> devices.put(one.writer(), one.device()));
    }

    /** What is known of the election in a space. */
    public static LeaderReport of(Space space, ElectionStatus status) {
        SpaceStatus about = space.status();
        Map<DeviceId, String> names = new HashMap<>();
        about.others().forEach(device -> names.put(device.id(), device.name()));
        names.put(about.self().id(), about.self().name());
        LeaderReport report = new LeaderReport(status, names);
        report.devices.putIfAbsent(status.self(), space.device());
        return report;
    }

    boolean hasLeader() {
        return status.leader().isPresent() && status.leaderOnline();
    }

    String nameOf(WriterId writer) {
        DeviceId device = devices.get(writer);
        String name = device == null ? null : names.get(device);
        return name == null ? writer.toString() : Printable.line(name);
    }

    /** The writers that somebody may mean: those of a device of that name or id that are online, else all of them. */
    List<WriterId> writersOf(String word) {
        if (word.equals("me")) {
            return List.of(status.self());
        }
        List<WriterId> found = status.participants().stream()
                .filter(one -> one.writer().toString().equals(word)
                        || one.device().toString().equals(word)
                        || word.equals(names.get(one.device())))
                .map(ElectionStatus.Participant::writer)
                .toList();
        List<WriterId> online = status.participants().stream()
                .filter(one -> one.online() && found.contains(one.writer()))
                .map(ElectionStatus.Participant::writer)
                .toList();
        return online.isEmpty() ? found : online;
    }

    Map<String, @Nullable Object> plain() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("leader", status.leader().map(this::plain).orElse(null));
        plain.put("self", status.self().toString());
        plain.put("leading", status.leading());
        plain.put(
                "participants", status.participants().stream().map(this::plain).toList());
        plain.put(
                "questions", status.prompts().stream().map(LeaderReport::plain).toList());
        plain.put("foreign", status.foreign().stream().map(this::plain).toList());
        Map<String, String> problems = new TreeMap<>();
        status.problems().forEach(file -> problems.put(file.path(), file.text()));
        plain.put("problems", problems);
        return plain;
    }

    /** The leader alone; for {@code cairn status}. */
    @Nullable
    public Map<String, Object> leader() {
        return status.leader().map(this::plain).orElse(null);
    }

    private Map<String, Object> plain(Claim claim) {
        Map<String, Object> plain = new LinkedHashMap<>();
        WriterId writer = claim.token().writer();
        plain.put("writer", writer.toString());
        DeviceId device = devices.get(writer);
        plain.put("device", device == null ? null : device.toString());
        plain.put("name", nameOf(writer));
        plain.put("token", claim.token().toString());
        plain.put("epoch", claim.epoch());
        plain.put("term", claim.term());
        plain.put("proof", claim.proof().name().toLowerCase(Locale.ROOT));
        plain.put("online", status.leaderOnline());
        plain.put("self", writer.equals(status.self()));
        return plain;
    }

    private Map<String, @Nullable Object> plain(ElectionStatus.Participant one) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("writer", one.writer().toString());
        plain.put("device", one.device().toString());
        plain.put("name", nameOf(one.writer()));
        plain.put("online", one.online());
        plain.put("phase", one.phase().name().toLowerCase(Locale.ROOT));
        plain.put("seen", Instant.ofEpochMilli(one.seenMillis()).toString());
        plain.put(
                "request",
                one.request()
                        .map(request -> Map.of(
                                "goal", request.goal().name().toLowerCase(Locale.ROOT),
                                "reason", request.reason(),
                                "priority", request.priority()))
                        .orElse(null));
        return plain;
    }

    private boolean isGreatest(ForeignClaim claim) {
        return claim.equals(status.foreign().get(0));
    }

    private Map<String, @Nullable Object> plain(ForeignClaim claim) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("text", claim.text());
        plain.put(
                "since",
                claim.sinceMillis()
                        .map(since -> Instant.ofEpochMilli(since).toString())
                        .orElse(null));
        plain.put("files", claim.files());
        plain.put("fenced", !isGreatest(claim) || status.leader().isPresent());
        return plain;
    }

    static Map<String, Object> plain(Prompt prompt) {
        return Map.of(
                "question", prompt.question().name().toLowerCase(Locale.ROOT),
                "text", prompt.text(),
                "answers", prompt.answers(),
                "default", prompt.defaultAnswer(),
                "about", prompt.about());
    }

    /** The leader in a few words. */
    public String line() {
        return status.leader()
                .map(claim -> nameOf(claim.token().writer())
                        + (claim.token().writer().equals(status.self()) ? " (this device)" : "")
                        + ", " + LeaderCommand.describe(claim) + (status.leaderOnline() ? "" : ", not online"))
                .orElse("nobody");
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("leader   " + line());
        if (!status.participants().isEmpty()) {
            lines.add("");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("DEVICE", "DOES", "ONLINE", "ASKS FOR", "ID"));
            for (ElectionStatus.Participant one : status.participants()) {
                rows.add(List.of(
                        nameOf(one.writer()) + (one.writer().equals(status.self()) ? " (this device)" : ""),
                        one.phase().name().toLowerCase(Locale.ROOT),
                        one.online() ? "yes" : "no",
                        one.request()
                                .map(request -> request.goal().name().toLowerCase(Locale.ROOT)
                                        + (request.reason().isEmpty() ? "" : ": " + Printable.line(request.reason())))
                                .orElse(""),
                        one.writer().toString()));
            }
            lines.addAll(Table.align(rows));
        }
        status.prompts()
                .forEach(prompt ->
                        lines.add("question " + prompt.question().name().toLowerCase(Locale.ROOT) + ": " + prompt.text()
                                + " " + prompt.answers()));
        status.foreign()
                .forEach(claim -> lines.add("foreign  " + Printable.line(String.join(", ", claim.files())) + ": "
                        + Printable.line(claim.leader()) + " (another program's claim, "
                        + (isGreatest(claim) ? "" : "fenced by the one above, ") + "below every device's)"));
        status.problems()
                .forEach(file ->
                        lines.add("file     " + Printable.line(file.path()) + ": " + Printable.line(file.text())));
        return String.join("\n", lines);
    }
}
