package dev.cairn.cli.command.space;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.live.LeaderReport;
import dev.cairn.cli.merging.CompactionWords;
import dev.cairn.cli.shell.Counted;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Printable;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.replica.CompactionStatus;
import dev.cairn.replica.Space;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code cairn status}. */
@Command(
        name = "status",
        header = "The space's health at a glance.",
        description = "Devices and how far each is behind, what waits for what, files which are not verified and why,"
                + " what is not published yet, alarms and advice.")
public final class StatusCommand implements Callable<Integer> {
    private final CairnCommand root;

    /** The command on a command line with this root. */
    public StatusCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            space.flush(); // what has waited goes out now, or the status says what keeps it
            ElectionStatus election = election(space);
            Report report = new Report(space.status().and(election.problems()), space.compaction()::isRetired);
            String hash = space.stateHash();
            CompactionStatus compaction = space.compaction().status();
            LeaderReport leader = LeaderReport.of(space, election);
            root.output()
                    .result(
                            () -> {
                                var plain = report.plain();
                                plain.put("compaction", CompactionWords.plain(compaction));
                                plain.put("stateHash", hash);
                                plain.put("leader", leader.leader());
                                return plain;
                            },
                            () -> report.text() + compaction(compaction) + "\n\nstate    " + hash.substring(0, 16)
                                    + "\nleader   " + leader.line());
        }
        return Exit.DONE.status();
    }

    /** What compaction did last and what it waits for; nothing where it was never used. */
    private static String compaction(CompactionStatus status) {
        StringBuilder text = new StringBuilder();
        status.checkpoints().stream()
                .limit(1)
                .forEach(newest -> text.append("\n\ncompact  checkpoint of ")
                        .append(Counted.of(newest.changes(), "change"))
                        .append(" by ")
                        .append(Printable.line(newest.deviceName()))
                        .append(newest.relied() ? ", confirmed" : ", not confirmed")
                        .append("; withdrawn here: changes to ")
                        .append(status.retiredThrough())
                        .append("; segments here: ")
                        .append(status.segments()));
        CompactionWords.lines(status).forEach(line -> text.append("\n").append(line));
        return text.toString();
    }

    private static ElectionStatus election(Space space) {
        try (LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            return election.status();
        }
    }
}
