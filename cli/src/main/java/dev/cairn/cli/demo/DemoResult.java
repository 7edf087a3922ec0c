package dev.cairn.cli.demo;

import dev.cairn.cli.history.Versions;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.history.Blame;
import dev.cairn.replica.Space;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a demo ended, with its figures.
 *
 * @param verdict whether the devices agree and hold what was acknowledged
 * @param compacted who was elected, and the checkpoint it made
 * @param syncTool what joined the folders
 * @param commits acknowledged commits of the authors
 * @param sentences sentences which were typed to the end
 * @param words words in them
 * @param characters characters of the text they make
 * @param authors how much of it is by whom, in UTF-16 code units, as blame tells
 * @param files files in one folder
 * @param bytes bytes in one folder
 * @param conflictFiles conflict copies the sync tool made in any folder
 * @param carried what the sync tool carried, by name
 * @param told the time the demo tells: the sync tool's
 * @param took the time it took
 * @param ending the last lines of the text
 */
public record DemoResult(
        Verdict verdict,
        Compacted compacted,
        String syncTool,
        int commits,
        int sentences,
        long words,
        int characters,
        Map<String, Integer> authors,
        int files,
        long bytes,
        int conflictFiles,
        Map<String, Long> carried,
        Duration told,
        Duration took,
        List<String> ending) {

    private static final int ENDING_LINES = 4;

    /**
     * A checkpoint which others have confirmed.
     *
     * @param leader who made it
     * @param changes the changes in it
     * @param bytes the size of its image
     * @param confirmed other devices that have read it and found the same
     */
    public record Compacted(String leader, long changes, long bytes, List<String> confirmed) {
        public Compacted {
            confirmed = List.copyOf(confirmed);
        }
    }

    static DemoResult of(List<Player> players, Compacted compacted, Stage stage, SyncTool tool, Duration took) {
        List<Stage.Contents> contents =
                players.stream().map(player -> stage.contents(player.name())).toList();
        String text = players.get(0).text();
        List<String> lines = text.lines().toList();
        return new DemoResult(
                Verdict.of(players),
                compacted,
                tool.describe(),
                players.stream().mapToInt(player -> player.author().commits()).sum(),
                players.stream()
                        .mapToInt(player -> player.author().finished().size())
                        .sum(),
                players.stream().mapToLong(player -> player.author().words()).sum(),
                text.codePointCount(0, text.length()),
                authors(players),
                contents.get(0).files(),
                contents.get(0).bytes(),
                contents.stream().mapToInt(Stage.Contents::conflictFiles).sum(),
                tool.figures(),
                tool.elapsed(),
                took,
                lines.subList(Math.max(0, lines.size() - ENDING_LINES), lines.size()));
    }

    private static Map<String, Integer> authors(List<Player> players) {
        Space space = players.get(0).space();
        Versions versions = Versions.of(space, Clock.systemUTC());
        Map<String, Integer> authors = new TreeMap<>();
        if (space.blame(Author.JOURNAL, "body") instanceof Blame.OfSequence text) {
            for (Blame.Run run : text.runs()) {
                String name = versions.device(Versions.head(run.origin().change()));
                authors.merge(name, run.end() - run.start(), Integer::sum);
            }
        }
        return authors;
    }

    /** Whether all devices are equal, nothing is lost and the sync tool met no conflict. */
    public boolean isGood() {
        return verdict.isGood() && conflictFiles == 0;
    }

    /** For programs. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(
                "converged", verdict.stateHashes().values().stream().distinct().count() == 1);
        plain.put("ok", isGood());
        plain.put("devices", verdict.stateHashes().size());
        plain.put("stateHashes", verdict.stateHashes());
        plain.put("faults", verdict.faults());
        plain.put("conflicts", verdict.conflicts());
        plain.put("leader", compacted.leader());
        plain.put("checkpointChanges", compacted.changes());
        plain.put("checkpointBytes", compacted.bytes());
        plain.put("confirmedBy", compacted.confirmed());
        plain.put("syncTool", syncTool);
        plain.put("commits", commits);
        plain.put("sentences", sentences);
        plain.put("words", words);
        plain.put("characters", characters);
        plain.put("authors", authors);
        plain.put("files", files);
        plain.put("bytes", bytes);
        plain.put("conflictFiles", conflictFiles);
        plain.put("carried", carried);
        plain.put("seconds", told.toMillis() / 1000.0);
        plain.put("realSeconds", took.toMillis() / 1000.0);
        return plain;
    }

    /** For people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("The text ends:");
        ending.forEach(line -> lines.add("  " + Printable.line(line)));
        lines.add("");
        verdict.stateHashes().forEach((name, hash) -> lines.add(String.format("  %-8s state %s", name, hash)));
        verdict.faults().forEach(fault -> lines.add("  WRONG: " + Printable.line(fault)));
        if (conflictFiles > 0) {
            lines.add("  WRONG: the sync tool made conflict copies: " + conflictFiles);
        }
        lines.add("");
        lines.add(
                isGood()
                        ? "All " + verdict.stateHashes().size() + " devices hold the same, and nothing is lost: "
                                + sentences + " sentences, each exactly once."
                        : "The devices differ or something is lost: see above.");
        lines.add(String.format(
                Locale.ROOT, "  %,d commits, %,d words, a text of %,d characters", commits, words, characters));
        lines.add("  by blame: "
                + authors.entrySet().stream()
                        .map(author ->
                                author.getKey() + " wrote " + String.format(Locale.ROOT, "%,d", author.getValue()))
                        .collect(Collectors.joining(", ")));
        verdict.conflicts().forEach(conflict -> lines.add("  both sides kept: " + Printable.line(conflict)));
        lines.add(String.format(
                Locale.ROOT,
                "  led by %s: one checkpoint of %,d changes in %,d bytes, confirmed by %s",
                compacted.leader(),
                compacted.changes(),
                compacted.bytes(),
                String.join(", ", compacted.confirmed())));
        lines.add(String.format(
                Locale.ROOT, "  each folder: %,d files, %,d bytes; conflict files: %d", files, bytes, conflictFiles));
        lines.add("  " + syncTool + ": " + carried);
        lines.add(String.format(
                Locale.ROOT, "  %.1f s, in %.1f s of real time", told.toMillis() / 1000.0, took.toMillis() / 1000.0));
        return String.join("\n", lines);
    }
}
