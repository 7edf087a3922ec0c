package dev.cairn.cli.command.space;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Folders;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn join}. */
@Command(
        name = "join",
        header = "Makes this device a member of the space in DIR, by an invite's code.",
        description = "Exit status 4 says that another device, or the sync tool, has to act first: run it again then.")
public final class JoinCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Parameters(index = "0", paramLabel = "DIR", description = "The synced folder.")
    String directory = "";

    @Parameters(index = "1", paramLabel = "CODE", description = "The invite's code, or - to read it from the input.")
    String code = "";

    @Option(names = "--name", paramLabel = "N", description = "What other devices call this one (default: the host).")
    @Nullable
    String name;

    /** The command on a command line with this root. */
    public JoinCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Folders.notAFile(root.shell().resolve(directory));
        JoinResult result = Space.join(folder, code(), root.options(name));
        Output output = root.output();
        if (result instanceof JoinResult.Joined joined) {
            try (Space space = joined.space()) {
                space.refresh();
                root.publish(space);
                output.result(
                        () -> Map.of(
                                "state",
                                "joined",
                                "space",
                                space.id().toString(),
                                "device",
                                space.device().toString()),
                        () -> "This device is in. Documents: "
                                + space.documents().size());
            }
            return Exit.DONE.status();
        }
        if (result instanceof JoinResult.AwaitingApproval awaiting) {
            output.result(
                    () -> Map.of("state", "awaiting_approval", "safetyWords", awaiting.safetyWords()),
                    () -> "Waiting for approval. Safety words: " + awaiting.safetyWords()
                            + "\nOn a member's device: 'cairn devices', then 'cairn devices approve REQUEST'");
        } else if (result instanceof JoinResult.AwaitingSync awaiting) {
            output.result(
                    () -> Map.of("state", "awaiting_sync", "waitingFor", awaiting.what()),
                    () -> "Waiting for the sync tool: " + awaiting.what() + ". Run this again then.");
        }
        return Exit.WAITING.status();
    }

    private String code() throws IOException {
        String text =
                code.equals("-") ? new String(root.shell().in().readAllBytes(), StandardCharsets.UTF_8).strip() : code;
        if (text.isEmpty()) {
            throw Failure.usage("no invite code on standard input: cairn invite prints one");
        }
        return text;
    }
}
