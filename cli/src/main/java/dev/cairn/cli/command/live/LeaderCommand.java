package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Request;
import dev.cairn.replica.Space;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn leader} with what one can ask of the election. */
@Command(
        name = "leader",
        header = "Shows which device leads, and asks for the leadership.",
        description = {
            "A leader compacts and does what one device alone should do; data needs none. A device takes part while"
                    + " 'cairn leader watch' or 'cairn watch --elect' runs on it; what is asked before that waits"
                    + " for it.",
            "Without a word it is 'cairn leader status'."
        })
public final class LeaderCommand implements Callable<Integer> {
    static final String ONLY_DEVICE =
            "Confirm that no other device uses this space: segments go as soon as a checkpoint holds them.";

    private static final Duration PACE = Duration.ofMillis(500);

    private final CairnCommand root;

    /** The command on a command line with this root. */
    public LeaderCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return status();
    }

    @Command(
            name = "status",
            description = "Who leads, who takes part, what is asked. Ends with status 1 when nobody leads now.")
    int status() {
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            LeaderReport report = LeaderReport.of(space, election.status());
            root.output().result(report::plain, report::text);
            return (report.hasLeader() ? Exit.DONE : Exit.NO).status();
        }
    }

    @Command(
            name = "request",
            description =
                    "Asks the leader for the leadership (or to compact, or for a sign of life). Ends with status 4"
                            + " when --wait ran out.")
    int request(
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "For people.")
                    String reason,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "0 to 9; the greater goes first.")
                    int priority,
            @Option(
                            names = "--hold",
                            paramLabel = "S",
                            defaultValue = "0",
                            description = "How many seconds to keep the leadership at least.")
                    long hold,
            @Option(
                            names = "--expiry",
                            paramLabel = "S",
                            defaultValue = "3600",
                            description = "How many seconds the request lasts (default: ${DEFAULT-VALUE}).")
                    long expiry,
            @Option(
                            names = "--goal",
                            paramLabel = "G",
                            defaultValue = "lead",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
                    Goal goal,
            @Option(
                            names = "--wait",
                            paramLabel = "S",
                            defaultValue = "0",
                            description = "Wait so many seconds for this device to lead.")
                    long wait)
            throws InterruptedException {
        requireRange("--priority", priority, 0, Request.PRIORITY_MAX);
        requireRange("--hold", hold, 0, 31_622_400);
        requireRange("--expiry", expiry, 1, 31_622_400);
        requireRange("--wait", wait, 0, 31_622_400);
        if (reason.getBytes(StandardCharsets.UTF_8).length > Request.REASON_BYTES_MAX) {
            throw Failure.usage("the reason is longer than 256 bytes: shorten it");
        }
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            election.ask(goal.value, reason, priority, Duration.ofSeconds(hold), Duration.ofSeconds(expiry));
            if (wait == 0) {
                said("asked", "asked: it is passed on while 'cairn leader watch' runs on this device");
                return Exit.DONE.status();
            }
            boolean leads = await(election, Duration.ofSeconds(wait));
            root.output()
                    .result(
                            () -> Map.of("leading", leads),
                            () -> leads ? "this device leads" : "not yet: the request stands until it expires");
            return (leads ? Exit.DONE : Exit.WAITING).status();
        }
    }

    /** What a request may ask for, as people write it. */
    enum Goal {
        lead(Request.Goal.LEAD),
        compact(Request.Goal.COMPACT),
        ping(Request.Goal.PING);

        private final Request.Goal value;

        Goal(Request.Goal value) {
            this.value = value;
        }
    }

    private boolean await(LeaderElection election, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() - end < 0) {
            election.refresh();
            if (leads(election.status())) {
                return true;
            }
            if (root.shell().interruption().await(PACE)) {
                return false;
            }
        }
        return false;
    }

    private static boolean leads(ElectionStatus status) {
        return status.leader()
                .filter(claim -> claim.token().writer().equals(status.self()))
                .isPresent();
    }

    @Command(name = "cancel", description = "Takes this device's request back.")
    int cancel() {
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            election.cancel();
            said("cancelled", "the request is taken back");
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "release",
            description = "Gives this device's leadership up. Ends with status 1 when it does not lead.")
    int release() {
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            if (!leads(election.status())) {
                throw new Failure(
                        Exit.NO, "not_leader", "this device does not lead: see 'cairn leader status' for who does");
            }
            election.release();
            said("released", "the leadership is given up as soon as this device's 'cairn leader watch' looks");
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "choose",
            description = "Makes a device the leader by your word, whatever the election says: for when it cannot"
                    + " decide. If two people choose differently, the rules decide between them.")
    int choose(
            @Parameters(paramLabel = "DEVICE", description = "A device's name or id, a writer's id, or 'me'.")
                    String device) {
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            LeaderReport report = LeaderReport.of(space, election.status());
            Set<WriterId> found = new TreeSet<>(report.writersOf(device));
            if (found.isEmpty()) {
                throw Failure.notFound(
                        "no device takes part under that name: " + device + ": see 'cairn leader status'");
            }
            if (found.size() > 1) {
                throw Failure.usage(
                        "more than one device is called " + device + ": name it by its id, one of " + found);
            }
            WriterId writer = found.iterator().next();
            election.choose(writer);
            said("chosen", "chosen: " + report.nameOf(writer));
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "late",
            description = "Lists writes to leader-only collections that wait for a decision; see 'cairn leader-only'.")
    int late() {
        return new LeaderOnlyCommand(root).late(null, false);
    }

    @Command(name = "answer", description = "Answers a question which 'cairn leader status' shows.")
    int answer(
            @Parameters(paramLabel = "QUESTION", description = "For example only_device.") String question,
            @Parameters(paramLabel = "ANSWER", description = "One of the answers shown, or a writer's id.")
                    String answer) {
        Question asked;
        try {
            asked = Question.valueOf(question.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw Failure.usage("no such question: " + question + ": one of "
                    + List.of(Question.values()).toString().toLowerCase(Locale.ROOT));
        }
        if (answer.getBytes(StandardCharsets.UTF_8).length > 64) {
            throw Failure.usage("the answer is longer than 64 bytes");
        }
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            election.answer(asked, answer);
            said("answered", "answered");
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "watch",
            description = "Takes part in the election, keeps the space fresh and prints what happens, until it is"
                    + " interrupted. On a terminal, type an answer to a question and press Enter. While this device"
                    + " leads, it compacts.")
    @SuppressWarnings("try") // the watching is only held open
    int watch(
            @Mixin ElectionSettings settings,
            @Option(names = "--only-device", description = ONLY_DEVICE) boolean onlyDevice)
            throws InterruptedException {
        ElectionOptions options = settings.options();
        try (Space space = root.open();
                Watching watching = FolderWatcher.keepFresh(space);
                LeaderElection election = LeaderElection.attach(space, options)) {
            if (!election.takesPart()) {
                throw new Failure(
                        Exit.ENVIRONMENT,
                        "already_taking_part",
                        "another process of this device takes part in the election: ask that one");
            }
            try (ElectionTalk talk = new ElectionTalk(root, space, election).begin();
                    LeaderDuties duties =
                            new LeaderDuties(root, space, election, onlyDevice, options.monoMillis()).begin()) {
                root.shell().interruption().await();
            }
        }
        return Exit.DONE.status();
    }

    private void said(String what, String text) {
        Output output = root.output();
        output.result(() -> Map.of(what, true), () -> text);
    }

    private static void requireRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw Failure.usage(option + " must be " + min + " to " + max + ": " + value);
        }
    }

    /** The first answer stands for yes. */
    static @Nullable String understood(Prompt prompt, String typed) {
        String word = typed.strip().toLowerCase(Locale.ROOT);
        if (word.equals("confirm") || word.equals("yes") || word.equals("y")) {
            return prompt.answers().get(0);
        }
        if (word.isEmpty() || word.equals("no") || word.equals("n")) {
            return prompt.defaultAnswer();
        }
        boolean known = prompt.answers().contains(word) || WriterId.parse(word).isPresent();
        return known ? word : null;
    }

    static String describe(Claim claim) {
        return "epoch " + claim.epoch() + ", term " + claim.term() + ", by "
                + claim.proof().name().toLowerCase(Locale.ROOT);
    }
}
