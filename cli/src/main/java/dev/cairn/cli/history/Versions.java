package dev.cairn.cli.history;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import dev.cairn.replica.Version;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a space as people read and write them: {@code knnt.42} is change 42 of the one writer whose id begins
 * so, with all it builds on.
 */
public final class Versions {
    /** How a version is written, for help texts. */
    public static final String HELP =
            "A VERSION is what 'log' prints, as in knnt.42, or several of them joined by commas; knnt.42^ is the one"
                    + " before that change; 'now', 'empty'; 2026-11-21, 2026-11-21T10:00 or 2h (s, m, h, d, w ago)"
                    + " stand for all changes made until then by their authors' clocks.";

    private static final int DIGITS_MIN = 4;
    private static final Pattern CHANGE = Pattern.compile("([a-z2-7]{1,26})\\.([1-9][0-9]{0,17})");

    private final Space space;
    private final Clock clock;
    private final Map<WriterId, String> devices = new TreeMap<>();
    private final int digits;

    private Versions(Space space, Clock clock) {
        this.space = space;
        this.clock = clock;
        SpaceStatus status = space.status();
        status.others().forEach(this::add);
        add(status.self());
        devices.putAll(space.authors());
        this.digits = tellingDigits();
    }

    /** The versions of a space; {@code clock} is for times that count back from now. */
    public static Versions of(Space space, Clock clock) {
        return new Versions(space, clock);
    }

    private void add(SpaceStatus.Device device) {
        device.writers().forEach(writer -> devices.put(writer, device.name()));
    }

    /** So many first digits tell every writer from the others. */
    private int tellingDigits() {
        int telling = DIGITS_MIN;
        String last = "";
        for (WriterId writer : devices.keySet()) {
            String id = writer.toString();
            while (telling < id.length() && last.startsWith(id.substring(0, telling))) {
                telling++;
            }
            last = id;
        }
        return telling;
    }

    /** A change in its short form. */
    public String brief(Version.Head change) {
        String writer = change.writer().toString();
        return (devices.containsKey(change.writer()) ? writer.substring(0, digits) : writer) + "." + change.seq();
    }

    /** A version in its short form. */
    public String brief(Version version) {
        return version.heads().isEmpty()
                ? version.toString()
                : version.heads().stream().map(this::brief).collect(Collectors.joining(","));
    }

    /** A stretch of changes in its short form: the first and the last of them. */
    public String brief(Stretch stretch) {
        String first = brief(stretch.first().id());
        return stretch.changes() == 1
                ? first
                : first + ".." + stretch.last().id().seq();
    }

    /** The engine's name of a change as that of a space. */
    public static Version.Head head(ChangeId change) {
        return new Version.Head(
                new WriterId(change.actor().high(), change.actor().low()), change.seq());
    }

    /** The name of the device that made a change. */
    public String device(Version.Head change) {
        return Optional.ofNullable(devices.get(change.writer()))
                .orElse(change.writer().toString());
    }

    /** Which change, by whom and when, for people. */
    public List<String> signature(ChangeId change, long timeMillis) {
        Version.Head head = head(change);
        return List.of(brief(head), Printable.line(device(head)), Moment.print(Instant.ofEpochMilli(timeMillis)));
    }

    /** Which change, by whom and when, added to a value for programs. */
    public Map<String, @Nullable Object> sign(Map<String, @Nullable Object> plain, ChangeId change, long timeMillis) {
        Version.Head head = head(change);
        plain.put("version", head.toString());
        plain.put("deviceName", device(head));
        plain.put("time", Instant.ofEpochMilli(timeMillis).toString());
        return plain;
    }

    /** What a user wrote, or a failure. */
    public Version read(String text) {
        if (text.equals("now")) {
            return space.version();
        }
        if (text.equals("empty")) {
            return Version.empty();
        }
        Optional<Instant> time = Moment.read(text, clock);
        return time.isPresent() ? at(time.get()) : named(text);
    }

    /** What a user wrote, which must be exactly one change. */
    public Version.Head change(String text) {
        Version version = read(text);
        if (version.heads().size() != 1) {
            throw Failure.usage(
                    "'" + Printable.line(text) + "' is " + version.heads().size()
                            + " changes, give one as 'cairn log' prints it: "
                            + version.heads().stream().map(this::brief).collect(Collectors.joining(", ")));
        }
        return version.heads().get(0);
    }

    private Version named(String text) {
        boolean before = text.endsWith("^");
        Version version = new Version(Pattern.compile(",")
                .splitAsStream(before ? text.substring(0, text.length() - 1) : text)
                .map(this::head)
                .toList());
        if (!before) {
            return version;
        }
        if (version.heads().size() != 1) {
            throw Failure.usage("^ stands behind one change: '" + Printable.line(text) + "'");
        }
        return space.before(version.heads().get(0));
    }

    private Version.Head head(String text) {
        Matcher change = CHANGE.matcher(text);
        if (!change.matches()) {
            throw Failure.usage("no version: '" + Printable.line(text) + "': take one that 'cairn log' prints, or"
                    + " 'now', 'empty', a time like 2026-11-21T10:00, or 2h for two hours ago");
        }
        return new Version.Head(writer(change.group(1)), Long.parseLong(change.group(2)));
    }

    private WriterId writer(String digits) {
        Optional<WriterId> whole = WriterId.parse(digits);
        if (whole.isPresent()) {
            return whole.get();
        }
        var fitting = devices.keySet().stream()
                .filter(writer -> writer.toString().startsWith(digits))
                .toList();
        if (fitting.isEmpty()) {
            throw new Failure(Exit.NO, "unknown_version", "no writer's id begins with " + digits + ": see 'cairn log'");
        }
        if (fitting.size() > 1) {
            throw Failure.usage("several writers' ids begin with " + digits + ": give more of the digits");
        }
        return fitting.get(0);
    }

    /** The newest change of each writer until then; all they build on comes with them. */
    private Version at(Instant time) {
        Map<WriterId, Long> newest = new TreeMap<>();
        for (LogEntry entry : space.log()) {
            if (!entry.time().isAfter(time)) {
                newest.merge(entry.id().writer(), entry.id().seq(), Math::max);
            }
        }
        return new Version(newest.entrySet().stream()
                .map(entry -> new Version.Head(entry.getKey(), entry.getValue()))
                .toList());
    }
}
