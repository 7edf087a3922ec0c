package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.command.HostName;
import dev.cairn.cli.merging.ConflictWords;
import dev.cairn.cli.merging.TextHistory;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.merge.conflicts.ConflictOptions;
import dev.cairn.merge.conflicts.ConflictReport;
import dev.cairn.merge.conflicts.Recovery;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn merge}. */
@Command(
        name = "merge",
        header =
                "Merges another copy of the folder into the space's, or ordinary text files, or their conflict copies.",
        description = {
            "cairn merge DIR brings everything that another copy of the space's folder has into the folder: a backup, a"
                    + " stick, or what a sync tool has torn apart. Nothing is taken away, nothing in DIR is changed"
                    + " unless --both is given, and a second run finds nothing to do. Exit status 1 when something in"
                    + " DIR is damaged or false, and was not taken.",
            "",
            "cairn merge BASE MINE THEIRS prints the merge of two versions of a file; exit status 1 when both edited"
                    + " the same place, which is then between conflict markers.",
            "",
            "cairn merge --conflicts DIR merges the conflict copies of 16 sync tools below DIR into their originals,"
                    + " where that is safe. Originals are saved in DIR/.cairn-backup first, nothing is deleted without"
                    + " --delete, and a second run changes nothing. With --space the history of the files in a space"
                    + " serves as base. Exit status 1 when a person has to look at something."
        })
public final class MergeCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "DIR, or BASE, MINE and THEIRS.")
    List<String> paths = new ArrayList<>();

    @Option(names = "--conflicts", paramLabel = "DIR", description = "Recover the conflict copies below DIR.")
    @Nullable
    String conflicts;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--both", description = "Bring everything of the space's folder into DIR, too.")
    boolean both;

    @Option(names = "--no-keys", description = "Compare files without looking into them.")
    boolean withoutKeys;

    @Option(names = "--delete", description = "Delete copies whose content is in the original now.")
    boolean delete;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A computer's name which OneDrive may have put behind a file's; may be repeated.")
    Set<String> hosts = new HashSet<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the merged text into FILE (which may be MINE) in one step, and print nothing.")
    @Nullable
    String output;

    /** The command on a command line with this root. */
    public MergeCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        if (conflicts != null) {
            if (!paths.isEmpty() || output != null || both || withoutKeys) {
                throw Failure.usage(
                        "--conflicts takes neither files nor --output, --both and --no-keys: see 'cairn merge --help'");
            }
            return recover(root.shell().resolve(conflicts)).status();
        }
        if (delete || !hosts.isEmpty()) {
            throw Failure.usage("--delete and --host go with --conflicts: see 'cairn merge --help'");
        }
        if (paths.size() == 1) {
            if (output != null) {
                throw Failure.usage("--output goes with BASE, MINE and THEIRS: see 'cairn merge --help'");
            }
            return new FolderMerging(root, root.shell().resolve(paths.get(0)), dryRun, withoutKeys)
                    .merge(both)
                    .status();
        }
        if (dryRun || both || withoutKeys) {
            throw Failure.usage("--dry-run goes with DIR or --conflicts, --both and --no-keys with DIR: see"
                    + " 'cairn merge --help'");
        }
        if (paths.size() != 3) {
            throw Failure.usage("name DIR, or BASE, MINE and THEIRS, or --conflicts DIR: see 'cairn merge --help'");
        }
        return new ThreeFiles(root, paths, output).merge().status();
    }

    private Exit recover(Path directory) throws IOException {
        Folders.existing(directory);
        Set<String> names = new HashSet<>(hosts);
        names.add(HostName.of(root.shell()));
        ConflictOptions options = new ConflictOptions(dryRun, delete, names, path -> List.of());
        ConflictReport report = root.namedSpace().isEmpty() ? run(directory, options) : withHistory(directory, options);
        root.output().result(() -> ConflictWords.plain(report), () -> ConflictWords.text(report));
        return report.needsAPerson() ? Exit.NO : Exit.DONE;
    }

    private ConflictReport withHistory(Path directory, ConflictOptions options) throws IOException {
        try (Space space = root.open()) {
            TextHistory history = new TextHistory(space);
            return run(directory, new ConflictOptions(dryRun, delete, options.hosts(), history::of));
        }
    }

    private static ConflictReport run(Path directory, ConflictOptions options) throws IOException {
        return Recovery.run(directory, options, ZoneId.systemDefault());
    }
}
