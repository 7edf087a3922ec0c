package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.PendingJoin;
import dev.cairn.replica.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn devices} with its two decisions. */
@Command(
        name = "devices",
        header = "Lists the devices, when they were seen and how far behind they are.",
        description = "Devices that ask to join are listed with a request and six safety words; approve only when the"
                + " other side shows the same words.")
final class DevicesCommand implements Callable<Integer> {
    private final CairnCommand root;

    DevicesCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            Report report = new Report(space.status());
            List<PendingJoin> pending = space.pendingJoins();
            Output output = root.output();
            output.result(
                    () -> Map.of(
                            "devices",
                            report.devices(),
                            "pending",
                            pending.stream().map(DevicesCommand::plain).toList()),
                    () -> {
                        List<String> lines = new ArrayList<>(report.deviceLines());
                        pending.forEach(join -> lines.add(line(join)));
                        return String.join("\n", lines);
                    });
        }
        return Exit.DONE.status();
    }

    @Command(name = "approve", header = "Admits a device whose six safety words were compared.")
    Integer approve(
            @Parameters(paramLabel = "REQUEST", description = "The request, or its first digits.") String request) {
        return decide(request, Space::approve, "approved");
    }

    @Command(name = "decline", header = "Refuses a device that asks to join.")
    Integer decline(
            @Parameters(paramLabel = "REQUEST", description = "The request, or its first digits.") String request) {
        return decide(request, Space::decline, "declined");
    }

    /** The one request that begins so: people copy the first digits. */
    private static PendingJoin named(String request, List<PendingJoin> pending) {
        List<PendingJoin> fitting = pending.stream()
                .filter(join -> join.request().startsWith(request))
                .toList();
        if (request.isEmpty() || fitting.isEmpty()) {
            throw Failure.notFound("no request " + Printable.line(request) + " is waiting: see 'cairn devices'");
        }
        if (fitting.size() > 1) {
            throw Failure.usage("several requests begin with " + Printable.line(request) + ": give more of its digits");
        }
        return fitting.get(0);
    }

    private Integer decide(String request, BiConsumer<Space, PendingJoin> decision, String done) {
        try (Space space = root.open()) {
            PendingJoin join = named(request, space.pendingJoins());
            decision.accept(space, join);
            root.publish(space);
            root.output()
                    .result(
                            () -> Map.of("request", join.request(), "decision", done),
                            () -> Printable.line(join.deviceName()) + " is " + done + ".");
        }
        return Exit.DONE.status();
    }

    private static Map<String, String> plain(PendingJoin join) {
        return Map.of("request", join.request(), "name", join.deviceName(), "safetyWords", join.safetyWords());
    }

    private static String line(PendingJoin join) {
        return "asks to join: " + Printable.line(join.deviceName()) + "  request " + join.request() + "  safety words: "
                + join.safetyWords();
    }
}
