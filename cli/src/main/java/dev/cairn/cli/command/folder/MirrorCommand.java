package dev.cairn.cli.command.folder;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.merging.MirrorWords;
import dev.cairn.cli.merging.MirroredDocuments;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.ProgressBar;
import dev.cairn.format.Bytes;
import dev.cairn.merge.mirror.Memory;
import dev.cairn.merge.mirror.Mirror;
import dev.cairn.merge.mirror.MirrorReport;
import dev.cairn.merge.mirror.Vault;
import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn mirror}. */
@Command(
        name = "mirror",
        header = "Keeps a folder of plain text files and the documents of the space equal, both ways.",
        description = {
            "The document of a file has its path below VAULT as name, and its text under 'text'. What changed on one"
                    + " side goes to the other; what changed on both is merged; what was deleted on one side and"
                    + " edited on the other stays. Files that are no text in UTF-8, hidden ones, links and conflict"
                    + " copies are left alone.",
            "",
            "One round, or with --watch until interrupted. Exit status 1 when something could not be mirrored."
        })
public final class MirrorCommand implements Callable<Integer> {
    /** How often a vault is looked at; a larger one, which takes longer to look at, less often. */
    private static final Duration PAUSE_MIN = Duration.ofSeconds(1);

    private static final int PAUSE_ROUNDS = 10;

    private final CairnCommand root;

    @Parameters(paramLabel = "VAULT", description = "The folder of plain files; outside of the synced folder.")
    String vault = "";

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "What comes before each document's name, as in notes/; only such documents are mirrored.")
    String prefix = "";

    @Option(names = "--watch", description = "Go on until interrupted.")
    boolean watch;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--allow-deletes", description = "Carry over deletions of many files or documents at once.")
    boolean allowDeletes;

    /** Whether the folder was gone when it was looked at last. */
    private boolean away;

    /** The command of a command line. */
    public MirrorCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (watch && dryRun) {
            throw Failure.usage("--watch and --dry-run exclude each other: use one of them");
        }
        Path real = Folders.existing(root.shell().resolve(vault)).toRealPath();
        try (Space space = root.open()) {
            apart(real, space.folder(), "the synced folder");
            apart(real, space.stateDirectory(), "this device's state");
            try (Memory memory = Memory.open(memory(space, real))) {
                return run(space, real, memory).status();
            } catch (Memory.BusyException busy) {
                throw new Failure(Exit.ENVIRONMENT, "busy", String.valueOf(busy.getMessage()), busy);
            }
        }
    }

    private static void apart(Path vault, Path other, String what) throws IOException {
        Path real = other.toRealPath();
        if (vault.startsWith(real) || real.startsWith(vault)) {
            throw Failure.usage(vault + " and " + what + " (" + real + ") lie in each other: mirror another folder");
        }
    }

    /** One for each vault and prefix. */
    private Path memory(Space space, Path real) {
        String key = Bytes.utf8(real + "\0" + prefix).sha256().toHex().substring(0, 16);
        return space.stateDirectory().resolve("mirror-" + key + ".db");
    }

    private Exit run(Space space, Path real, Memory memory) throws IOException, InterruptedException {
        MirroredDocuments documents = new MirroredDocuments(space, prefix, "mirror");
        Mirror mirror = new Mirror(
                new Vault(real), documents, memory, new Mirror.Options(allowDeletes, dryRun, Clock.systemUTC()));
        if (watch) {
            stay(space, documents, mirror);
            return Exit.DONE;
        }
        MirrorReport report;
        try (ProgressBar bar =
                new ProgressBar(root.shell(), "mirror", root.output().isJson())) {
            report = mirror.round(name -> true, bar::show);
        }
        boolean published = dryRun || root.publish(space);
        root.output()
                .result(() -> MirrorWords.plain(report, dryRun, published), () -> MirrorWords.text(report, dryRun));
        return report.isComplete() ? Exit.DONE : Exit.NO;
    }

    @SuppressWarnings("try") // these are only held open
    private void stay(Space space, MirroredDocuments documents, Mirror mirror)
            throws IOException, InterruptedException {
        Set<String> changed = ConcurrentHashMap.newKeySet();
        try (Subscription events = space.onChange(event -> changed.addAll(event.documents()));
                Watching watching = FolderWatcher.keepFresh(space)) {
            MirrorReport report = mirror.round(name -> true, (done, all) -> {});
            say(report);
            Duration pause = PAUSE_MIN;
            while (!root.shell().interruption().await(pause)) {
                Set<String> now = new HashSet<>(changed);
                changed.removeAll(now);
                documents.changed(now);
                report.unsettled().forEach(name -> now.add(prefix + name));
                long start = System.nanoTime();
                report = next(mirror, now, report);
                Duration longest = Duration.ofNanos(System.nanoTime() - start).multipliedBy(PAUSE_ROUNDS);
                pause = longest.compareTo(PAUSE_MIN) > 0 ? longest : PAUSE_MIN;
            }
        }
    }

    /** Another round; what it says is printed unless it is nothing, or the same as before. */
    private MirrorReport next(Mirror mirror, Set<String> changed, MirrorReport before) throws IOException {
        try {
            MirrorReport report = mirror.round(name -> changed.contains(prefix + name), (done, all) -> {});
            if (!report.items().isEmpty() && !report.items().equals(before.items())) {
                say(report);
            }
            away = false;
            return report;
        } catch (NoSuchFileException | NotDirectoryException gone) {
            if (!away) {
                root.shell().err().print("cairn: " + Printable.line(vault) + " is not there: waiting for it\n");
                root.shell().err().flush();
            }
            away = true;
            return before;
        }
    }

    private void say(MirrorReport report) {
        root.output().result(() -> MirrorWords.plain(report, false, false), () -> MirrorWords.text(report, false));
    }
}
