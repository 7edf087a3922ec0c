package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.merging.DoctorWords;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.merge.doctor.Doctor;
import dev.cairn.merge.doctor.DoctorReport;
import dev.cairn.merge.doctor.Machine;
import dev.cairn.merge.verify.Verification;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn doctor}. */
@Command(
        name = "doctor",
        header = "Names what is wrong with a space, what could be lost, and what to do.",
        description = "Examines the folder, this device's state, and what the one says of the other. Changes nothing"
                + " without --fix, and with it only what cannot lose data. Exit status 0 when nothing is wrong but what"
                + " is harmless, 1 when something is. The causes are in docs/doctor.md.")
public final class DoctorCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(names = "--fix", description = "Mend what can be mended without losing anything.")
    boolean fix;

    /** The command on a command line with this root. */
    public DoctorCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = root.spaceFolder();
        SpaceOptions options = root.options();
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "doctor", root.output().isJson())) {
            long all = Verification.size(folder, FolderOptions.direct(options.clock()));
            long[] done = {0};
            LongConsumer progress = bytes -> bar.show(done[0] += bytes, all);
            Doctor doctor = new Doctor(folder, options, Machine.here(), executor, progress);
            DoctorReport report = fix ? doctor.mend() : doctor.examine();
            bar.close();
            root.output().result(() -> DoctorWords.plain(report), () -> DoctorWords.text(report));
            return (report.isWell() ? Exit.DONE : Exit.NO).status();
        } catch (SpaceException refused) {
            if (refused.code() == SpaceException.Code.NOT_A_SPACE) {
                Folders.existing(folder);
            }
            throw refused;
        } finally {
            executor.shutdownNow();
        }
    }
}
