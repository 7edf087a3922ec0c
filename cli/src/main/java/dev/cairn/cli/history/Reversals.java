package dev.cairn.cli.history;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.format.WriterId;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Changes of this device that took back others or made them again, one after another. */
public final class Reversals {
    private final Space space;
    private final Versions versions;
    private final Set<WriterId> own;
    private final List<LogEntry> made = new ArrayList<>();

    /** None yet. */
    public Reversals(Space space, Versions versions) {
        this.space = space;
        this.versions = versions;
        this.own = Set.copyOf(space.status().self().writers());
    }

    /** Takes so many steps, or as many as there are; a failure with {@code nothing} when there is none. */
    public void repeat(int steps, Supplier<Optional<Version>> step, String nothing) {
        for (int i = 0; i < steps; i++) {
            Optional<Version> version = step.get();
            if (version.isEmpty()) {
                if (made.isEmpty()) {
                    throw new Failure(Exit.NO, "nothing_to_do", nothing + ": see 'cairn log'");
                }
                return;
            }
            add(version.get());
        }
    }

    /** A reversal was just committed, which led to this version. */
    public void add(Version version) {
        version.heads().stream()
                .filter(head -> own.contains(head.writer()))
                .flatMap(head -> entry(head).stream())
                .forEach(made::add);
    }

    private Optional<LogEntry> entry(Version.Head change) {
        return space.changesBetween(space.before(change), new Version(List.of(change))).stream()
                .filter(entry -> entry.id().equals(change))
                .findFirst();
    }

    /** What was done. */
    public void print(Output output, boolean published) {
        output.result(
                () -> {
                    Map<String, Object> plain = new LinkedHashMap<>();
                    plain.put("version", space.version().toString());
                    plain.put("published", published);
                    plain.put("steps", made.stream().map(Reversals::plain).toList());
                    return plain;
                },
                () -> String.join("\n", made.stream().map(this::line).toList()));
    }

    private static Map<String, Object> plain(LogEntry entry) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", entry.id().toString());
        entry.reversal().ifPresent(reversal -> plain.putAll(plain(reversal)));
        plain.put("documents", List.copyOf(entry.documents()));
        plain.put("unchanged", unchanged(entry));
        return plain;
    }

    /** The documents which a reversal left as they were, since what it would undo was edited or undone meanwhile. */
    private static List<String> unchanged(LogEntry entry) {
        return entry.edits().entrySet().stream()
                .filter(edit -> Summary.text(edit.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Which change is taken back or made again, for programs. */
    public static Map<String, Object> plain(Reversal reversal) {
        return Map.of(
                reversal.again() ? "makesAgain" : "takesBack",
                Versions.head(reversal.change()).toString());
    }

    /** Which change is taken back or made again, for people. */
    public static String text(Reversal reversal, Versions versions) {
        return (reversal.again() ? "makes again " : "takes back ") + versions.brief(Versions.head(reversal.change()));
    }

    private String line(LogEntry entry) {
        Optional<LogEntry> original = entry.reversal().flatMap(reversal -> entry(Versions.head(reversal.change())));
        String message = original.map(LogEntry::message)
                .filter(text -> !text.isEmpty())
                .map(text -> "  " + text)
                .orElse("");
        return versions.brief(entry.id()) + "  "
                + entry.reversal().map(reversal -> text(reversal, versions)).orElse("") + "  "
                + Printable.line(String.join(", ", entry.documents()) + message + left(unchanged(entry)));
    }

    private static String left(List<String> unchanged) {
        return unchanged.isEmpty()
                ? ""
                : "  (left as it is, for it was edited since: " + String.join(", ", unchanged) + ")";
    }
}
