package dev.cairn.cli.history;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.history.Reversal;
import dev.cairn.format.WriterId;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Changes of this device that took back others or made them again, one after another. */
public final class Reversals {
    private final Space space;
    private final Versions versions;
    private final Set<WriterId> own;
    private final List<Step> made = new ArrayList<>();

    /** One change and what it had to leave as it is. */
    private record Step(LogEntry entry, List<LeftAlone> left) {}

    /** Takes one step; tells what it leaves as it is. */
    public interface OneStep {
        /** Returns the version with it; nothing when there is nothing to do. */
        Optional<Version> make(Consumer<LeftAlone> left);
    }

    /** None yet. */
    public Reversals(Space space, Versions versions) {
        this.space = space;
        this.versions = versions;
        this.own = Set.copyOf(space.status().self().writers());
    }

    /** Takes so many steps, or as many as there are; a failure with {@code nothing} when there is none. */
    public void repeat(int steps, OneStep step, String nothing) {
        for (int i = 0; i < steps; i++) {
            if (!make(step)) {
                if (made.isEmpty()) {
                    throw new Failure(Exit.NO, "nothing_to_do", nothing + ": see 'cairn log'");
                }
                return;
            }
        }
    }

    /** Takes one step; returns whether there was anything to do. */
    public boolean make(OneStep step) {
        List<LeftAlone> left = new ArrayList<>();
        Optional<Version> version = step.make(left::add);
        version.stream()
                .flatMap(done -> done.heads().stream())
                .filter(head -> own.contains(head.writer()))
                .flatMap(head -> entry(head).stream())
                .forEach(entry -> made.add(new Step(entry, left)));
        return version.isPresent();
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

    private static Map<String, Object> plain(Step step) {
        LogEntry entry = step.entry;
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("version", entry.id().toString());
        entry.reversal().ifPresent(reversal -> plain.putAll(plain(reversal)));
        plain.put("documents", List.copyOf(entry.documents()));
        plain.put("unchanged", unchanged(entry));
        plain.put("left", step.left.stream().map(Reversals::plain).toList());
        return plain;
    }

    private static Map<String, Object> plain(LeftAlone part) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("document", part.document());
        plain.put("path", DocumentPath.of(part.path()).toString());
        plain.put("reason", part.reason().name().toLowerCase(Locale.ROOT));
        return plain;
    }

    /** The documents in which a reversal changed nothing. */
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

    private String line(Step step) {
        LogEntry entry = step.entry;
        Optional<LogEntry> original = entry.reversal().flatMap(reversal -> entry(Versions.head(reversal.change())));
        String message = original.map(LogEntry::message)
                .filter(text -> !text.isEmpty())
                .map(text -> "  " + text)
                .orElse("");
        StringBuilder line = new StringBuilder(versions.brief(entry.id()) + "  "
                + entry.reversal().map(reversal -> text(reversal, versions)).orElse("") + "  "
                + Printable.line(String.join(", ", entry.documents()) + message));
        step.left.forEach(part -> line.append("\n  left as it is: ")
                .append(Printable.line(part.document() + "  " + DocumentPath.of(part.path())))
                .append("  ")
                .append(why(part.reason())));
        return line.toString();
    }

    private static String why(LeftAlone.Reason reason) {
        return switch (reason) {
            case EDITED_SINCE -> "(edited since)";
            case WORKED_IN -> "(others have worked in it since)";
            case GONE -> "(it is gone)";
            case CIRCLE -> "(it would come to be below itself)";
        };
    }
}
