package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.merging.VerifyWords;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.FolderKeys;
import java.io.IOException;
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
        Path folder = Folders.existing(directory != null ? root.shell().resolve(directory) : root.spaceFolder());
        Optional<FolderKeys> keys =
                LentKeys.of(root, folder, withoutKeys, "check with --no-keys what can be checked without");
        FolderOptions options = FolderOptions.direct(Clock.systemUTC());
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "verify", root.output().isJson())) {
            long all = Verification.size(folder, options);
            long[] done = {0};
            LongConsumer progress = bytes -> bar.show(done[0] += bytes, all);
            VerifyReport report = new Verification(folder, options, keys, executor, progress).run();
            bar.close();
            root.output().result(() -> VerifyWords.plain(report), () -> VerifyWords.text(report));
            return (report.isClean() ? Exit.DONE : Exit.NO).status();
        } finally {
            executor.shutdownNow();
        }
    }
}
