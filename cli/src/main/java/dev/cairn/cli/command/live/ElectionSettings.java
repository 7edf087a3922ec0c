package dev.cairn.cli.command.live;

import dev.cairn.cli.shell.Failure;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Timers;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command takes part in the election: what users may set of it. */
final class ElectionSettings {
    @Option(
            names = "--mode",
            paramLabel = "M",
            defaultValue = "auto",
            description = "How a leader is found: auto, grace, quorum, user or manual (default: ${DEFAULT-VALUE}).")
    String mode = "auto";

    @Option(
            names = "--pace",
            paramLabel = "P",
            defaultValue = "syncthing",
            description = "How patient the election is: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Pace pace = Pace.syncthing;

    /** The paces of an election as people write them. */
    enum Pace {
        syncthing,
        fast,
        slow;

        private Timers timers() {
            return switch (this) {
                case syncthing -> Timers.syncthing();
                case fast -> Timers.fast();
                case slow -> Timers.slow();
            };
        }
    }

    ElectionOptions options() {
        return ElectionOptions.defaults().with(mode()).with(pace.timers());
    }

    private Mode mode() {
        try {
            return Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Failure.usage("no such mode: " + mode + ": one of auto, grace, quorum, user, manual");
        }
    }
}
