package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.folders.FolderMerge;
import dev.cairn.merge.folders.FolderMerge.Outcome;
import dev.cairn.merge.folders.MergeReport;
import dev.cairn.merge.folders.Step;
import dev.cairn.merge.folders.Step.What;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code cairn merge DIR}: another copy of the space's folder. */
final class FolderMerging {
    private final CairnCommand root;
    private final Path from;
    private final Path into;
    private final boolean dryRun;
    private final boolean withoutKeys;

    FolderMerging(CairnCommand root, Path from, boolean dryRun, boolean withoutKeys) {
        this.root = root;
        this.from = from;
        this.into = root.spaceFolder();
        this.dryRun = dryRun;
        this.withoutKeys = withoutKeys;
    }

    /** Brings everything into the space's folder, and with {@code both} everything of that into the other. */
    Exit merge(boolean both) throws IOException {
        Folders.existing(from);
        Folders.existing(into);
        if (Files.isSameFile(from, into)) {
            throw Failure.usage("that is the space's own folder: " + from + ": name another copy of it");
        }
        Optional<FolderKeys> keys =
                LentKeys.of(root, into, withoutKeys, "merge with --no-keys, which looks into no file");
        MergeReport here = run(from, into, keys);
        Optional<MergeReport> there = both ? Optional.of(run(into, from, keys)) : Optional.empty();
        long changes = dryRun ? 0 : takenIn();
        root.output().result(() -> plain(here, there, changes), () -> text(here, there, changes));
        boolean complete =
                here.isComplete() && there.map(MergeReport::isComplete).orElse(true);
        return complete ? Exit.DONE : Exit.NO;
    }

    private MergeReport run(Path source, Path target, Optional<FolderKeys> keys) throws IOException {
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "merge", root.output().isJson())) {
            FolderOptions options = FolderOptions.direct(Clock.systemUTC());
            Outcome outcome = new FolderMerge(source, target, keys, options, executor, bar::show).run(dryRun);
            if (outcome instanceof Outcome.TwoSpaces two) {
                throw new Failure(
                        Exit.NO,
                        "other_space",
                        source + " holds space " + two.from() + " and " + target + " holds space " + two.into()
                                + ": only copies of one space can be merged");
            }
            if (!(outcome instanceof Outcome.Merged merged)) {
                throw new Failure(
                        Exit.ENVIRONMENT,
                        "not_a_space",
                        "there is no file of a space in " + source + ": check the path");
            }
            return merged.report();
        } finally {
            executor.shutdownNow();
        }
    }

    /** Changes which this device had not seen before; none where it is no member. */
    private long takenIn() {
        try (Space space = Space.open(into, root.options())) {
            long before = space.status().changes();
            space.refresh();
            return space.status().changes() - before;
        } catch (SpaceException stranger) {
            return 0;
        }
    }

    private Map<String, Object> plain(MergeReport here, Optional<MergeReport> there, long changes) {
        Map<String, Object> plain = new LinkedHashMap<>(plain(here));
        plain.put("dryRun", dryRun);
        plain.put("newChanges", changes);
        there.ifPresent(report -> plain.put("back", plain(report)));
        return plain;
    }

    private static Map<String, Object> plain(MergeReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("from", report.from().toString());
        plain.put("into", report.into().toString());
        report.space().ifPresent(space -> plain.put("space", space.toString()));
        plain.put("withKeys", report.withKeys());
        plain.put("complete", report.isComplete());
        plain.put("written", report.written());
        for (What what : What.values()) {
            plain.put(what.word(), report.count(what));
        }
        plain.put(
                "steps",
                report.steps().stream()
                        .filter(step -> step.what() != What.KNOWN)
                        .map(FolderMerging::plain)
                        .toList());
        plain.put("failed", report.failed());
        return plain;
    }

    private static Map<String, Object> plain(Step step) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("what", step.what().word());
        plain.put("path", step.path());
        plain.put("target", step.target());
        plain.put("bytes", step.size());
        plain.put("text", step.text());
        return plain;
    }

    private String text(MergeReport here, Optional<MergeReport> there, long changes) {
        List<String> lines = new ArrayList<>();
        lines(here, lines);
        there.ifPresent(report -> lines(report, lines));
        if (!dryRun) {
            lines.add(Counted.of(changes, "change") + Counted.word(changes, " is", " are") + " new to this device.");
        }
        return String.join("\n", lines);
    }

    private void lines(MergeReport report, List<String> lines) {
        for (Step step : report.steps()) {
            if (step.what() != What.KNOWN && (dryRun || step.what() != What.COPY)) {
                lines.add(
                        step.what().word().replace('_', ' ') + ": " + Printable.line(step.path() + " " + step.text()));
            }
        }
        report.failed().forEach(problem -> lines.add("not written: " + Printable.line(problem)));
        lines.add(String.format(
                Locale.ROOT,
                "%s %s into %s; %d %s there, %d refused, %d not written.",
                dryRun ? "Would write" : "Wrote",
                Counted.of(report.written() - report.failed().size(), "file"),
                report.into(),
                report.count(What.KNOWN),
                Counted.word(report.count(What.KNOWN), "was", "were"),
                report.count(What.REFUSED),
                report.failed().size()));
    }
}
