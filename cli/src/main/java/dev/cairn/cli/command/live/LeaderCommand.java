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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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
    private static final int LOOKS = 3;

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
                            description = "Wait so many seconds for what was asked for.")
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
            requireMember(space);
            long before = number(election.status());
            election.ask(goal.value, reason, priority, Duration.ofSeconds(hold), Duration.ofSeconds(expiry));
            if (wait == 0) {
                said("asked", "asked: it is passed on while 'cairn leader watch' runs on this device");
                return Exit.DONE.status();
            }
            Exit end = await(election, goal, before, Duration.ofSeconds(wait));
            root.output().result(() -> plain(end == Exit.DONE, election.status().leading()), () -> switch (end) {
                case DONE -> goal.done;
                case NO -> "the request was taken back";
                default -> "not yet: the request stands until it expires";
            });
            return end.status();
        }
    }

    private static Map<String, Object> plain(boolean done, boolean leading) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("done", done);
        plain.put("leading", leading);
        return plain;
    }

    /** A device that may not write neither leads nor is heard. */
    private static void requireMember(Space space) {
        if (!space.electionFolder().electorate().contains(space.device())) {
            throw new Failure(
                    Exit.NO,
                    "read_only_role",
                    "this device may not write, so it takes no part in elections: ask an admin for another role");
        }
    }

    /** What a request may ask for, as people write it. */
    enum Goal {
        lead(Request.Goal.LEAD, "this device leads"),
        compact(Request.Goal.COMPACT, "a checkpoint holds all changes that were here"),
        ping(Request.Goal.PING, "the leader has heard of this device");

        private final Request.Goal value;
        private final String done;

        Goal(Request.Goal value, String done) {
            this.value = value;
            this.done = done;
        }
    }

    private Exit await(LeaderElection election, Goal goal, long before, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() - end < 0) {
            election.refresh();
            ElectionStatus status = election.status();
            Optional<Request.Status> come = status.wish()
                    .filter(wish -> wish.number() > before)
                    .map(wish -> wish.request().status());
            if (goal == Goal.lead ? status.leading() : come.equals(Optional.of(Request.Status.DONE))) {
                return Exit.DONE;
            }
            if (come.equals(Optional.of(Request.Status.CANCELLED))) {
                return Exit.NO;
            }
            if (root.shell().interruption().await(PACE)) {
                return Exit.WAITING;
            }
        }
        return Exit.WAITING;
    }

    private static long number(ElectionStatus status) {
        return status.wish().map(ElectionStatus.Wish::number).orElse(0L);
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
            if (!election.status().leading()) {
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
            requireMember(space);
            election.choose(writer);
            said(
                    "chosen",
                    "chosen: " + report.nameOf(writer)
                            + ": it is passed on while 'cairn leader watch' runs on this device");
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
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            ElectionStatus status = election.status();
            Prompt prompt = status.prompts().stream()
                    .filter(one -> one.question() == asked)
                    .findFirst()
                    .orElseThrow(() -> new Failure(
                            Exit.NO,
                            "not_asked",
                            "this device does not ask that now: see 'cairn leader status' for the questions"));
            String understood = TypedAnswers.understood(prompt, answer, LeaderReport.of(space, status))
                    .orElseThrow(() -> Failure.usage(
                            "no answer to that question: " + answer + ": " + TypedAnswers.expected(prompt)));
            election.answer(asked, understood);
            said("answered", "answered: " + understood);
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "watch",
            description = "Takes part in the election, keeps the space fresh and prints what happens, until it is"
                    + " interrupted. On a terminal, type an answer to the question that was asked first, and Enter:"
                    + " yes, no, one of the answers shown, or a device where one is to be chosen. While this device"
                    + " leads, it compacts.")
    @SuppressWarnings("try") // the watching is only held open
    int watch(
            @Mixin ElectionSettings settings,
            @Option(names = "--only-device", description = ONLY_DEVICE) boolean onlyDevice)
            throws InterruptedException {
        ElectionOptions options = settings.options();
        try (Space space = root.open();
                Watching watching = FolderWatcher.keepFresh(space);
                ElectionTalk talk = new ElectionTalk(root, space);
                LeaderElection election = LeaderElection.attach(space, options, talk::hear)) {
            if (!takesPart(election)) {
                throw new Failure(
                        Exit.ENVIRONMENT,
                        "already_taking_part",
                        "another process of this device takes part in the election: ask that one");
            }
            talk.begin(election);
            try (LeaderDuties duties =
                    new LeaderDuties(root, space, election, onlyDevice, options.monoMillis()).begin()) {
                root.shell().interruption().await();
            }
            talk.close(); // what is said at the farewell is no news to who has ended it
        }
        return Exit.DONE.status();
    }

    /** A command that only looks whether somebody takes part holds the place for a moment. */
    private boolean takesPart(LeaderElection election) throws InterruptedException {
        for (int look = 1; !election.takesPart() && look < LOOKS; look++) {
            if (root.shell().interruption().await(PACE)) {
                break;
            }
            election.look();
        }
        return election.takesPart();
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

    static String describe(Claim claim) {
        return "epoch " + claim.epoch() + ", term " + claim.term() + ", by "
                + claim.proof().name().toLowerCase(Locale.ROOT);
    }
}
