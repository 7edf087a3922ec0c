package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.replica.Space;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cairn status}. */
@Command(
        name = "status",
        header = "The space's health at a glance.",
        description = "Devices and how far each is behind, what waits for what, files which are not verified and why,"
                + " what is not published yet, alarms and advice.")
final class StatusCommand implements Callable<Integer> {
    private final CairnCommand root;

    StatusCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            Report report = new Report(space.status());
            String hash = space.stateHash();
            root.output()
                    .result(
                            () -> {
                                var plain = report.plain();
                                plain.put("stateHash", hash);
                                return plain;
                            },
                            () -> report.text() + "\n\nstate    " + hash.substring(0, 16));
        }
        return Exit.DONE.status();
    }
}
