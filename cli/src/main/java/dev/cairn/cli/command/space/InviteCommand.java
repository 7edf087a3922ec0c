package dev.cairn.cli.command.space;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.replica.Invite;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.InviteOptions.GrantedRole;
import dev.cairn.replica.Space;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn invite}. */
@Command(
        name = "invite",
        header = "Prints a one-time code which brings in another device.",
        description =
                "There: cairn join DIR CODE. Whoever has the code can use it once: hand it over by another way than"
                        + " the folder.")
public final class InviteCommand implements Callable<Integer> {
    private final CairnCommand root;

    @Option(
            names = "--role",
            paramLabel = "R",
            defaultValue = "writer",
            description = "What the new device may do: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Role role = Role.writer;

    @Option(names = "--approve", description = "Ask here for approval: both sides compare six safety words.")
    boolean approve;

    /** The command on a command line with this root. */
    public InviteCommand(CairnCommand root) {
        this.root = root;
    }

    /** The roles as people write them. */
    enum Role {
        admin,
        writer,
        reader
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            GrantedRole granted = switch (role) {
                case admin -> GrantedRole.ADMIN;
                case writer -> GrantedRole.WRITER;
                case reader -> GrantedRole.READER;
            };
            Invite invite = space.invite(new InviteOptions(granted, approve));
            root.publish(space);
            root.output()
                    .result(
                            () -> Map.of(
                                    "code", invite.code(), "role", role.name(), "approval", invite.needsApproval()),
                            invite::code);
        }
        return Exit.DONE.status();
    }
}
