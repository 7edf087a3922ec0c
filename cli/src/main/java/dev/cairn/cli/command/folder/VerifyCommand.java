package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.merging.VerifyWords;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Shell;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.SpaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn verify}. */
@Command(
        name = "verify",
        header = "Checks every file, chain, signature, gap and checkpoint of a folder.",
        description = "Works offline on any copy of a folder, and changes nothing. With this device's keys it checks"
                + " everything; without, names, digests and envelopes. Exit status 1 on any fault. Notes, such as a"
                + " conflict copy of a Cairn file, are no faults.")
public final class VerifyCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder, or a copy of it (default: the space).")
    @Nullable
    String directory;

    @Option(names = "--no-keys", description = "Check only what somebody without keys could.")
    boolean withoutKeys;

    /** The command on a command line with this root. */
    public VerifyCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = directory != null ? root.shell().resolve(directory) : root.spaceFolder();
        if (!Files.isDirectory(folder)) {
            throw new Failure(Exit.ENVIRONMENT, "folder_missing", "no such folder: " + folder + ": check the path");
        }
        FolderOptions options = FolderOptions.direct(Clock.systemUTC());
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            LongConsumer progress = progress(folder, options);
            VerifyReport report = new Verification(folder, options, keys(folder), executor, progress).run();
            root.output().result(() -> VerifyWords.plain(report), () -> VerifyWords.text(report));
            return (report.isClean() ? Exit.DONE : Exit.NO).status();
        } finally {
            executor.shutdownNow();
        }
    }

    private Optional<FolderKeys> keys(Path folder) {
        if (withoutKeys) {
            return Optional.empty();
        }
        try {
            return Optional.of(FolderKeys.load(folder, root.options()));
        } catch (SpaceException none) {
            return Optional.empty();
        }
    }

    /** A bar on a terminal, nothing when piped. */
    private LongConsumer progress(Path folder, FolderOptions options) {
        Shell shell = root.shell();
        if (!shell.terminal() || root.output().isJson()) {
            return bytes -> {};
        }
        long all = Math.max(1, Verification.size(folder, options));
        long[] done = {0};
        return bytes -> {
            done[0] += bytes;
            int tenths = (int) Math.min(20, 20 * done[0] / all);
            String end = done[0] >= all ? "\r" + " ".repeat(40) + "\r" : "";
            shell.err()
                    .print("\rverify [" + "#".repeat(tenths) + ".".repeat(20 - tenths) + "] " + 5 * tenths + " %"
                            + end);
            shell.err().flush();
        };
    }
}
