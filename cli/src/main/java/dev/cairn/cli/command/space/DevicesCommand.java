package dev.cairn.cli.command.space;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.replica.PendingJoin;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
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
public final class DevicesCommand implements Callable<Integer> {
    private final CairnCommand root;

    /** The command on a command line with this root. */
    public DevicesCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            Report report = new Report(space.status(), space.compaction()::isRetired);
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

    @Command(
            name = "retire",
            header = "Says that a device is gone, so that nothing waits for it.",
            description =
                    "It stays a member and loses nothing: should it come back, 'cairn devices return' on it brings"
                            + " in what it has changed meanwhile.")
    Integer retire(
            @Parameters(paramLabel = "DEVICE", description = "Its name, its id, or the id's first digits.")
                    String device) {
        try (Space space = root.open()) {
            SpaceStatus.Device found = device(device, space.status());
            if (found.id().equals(space.device())) {
                throw Failure.usage("this is the device you are on: retire it from another one");
            }
            if (space.compaction().isRetired(found.id())) {
                throw new Failure(
                        Exit.NO,
                        "already_retired",
                        Printable.line(found.name()) + " is retired already: see 'cairn devices'");
            }
            space.compaction().retire(found.id());
            root.publish(space);
            root.output()
                    .result(
                            () -> Map.of("device", found.id().toString(), "name", found.name(), "decision", "retired"),
                            () -> Printable.line(found.name()) + " is retired: nothing waits for it any more.");
        }
        return Exit.DONE.status();
    }

    @Command(name = "return", header = "Brings this device back after it was retired, with all it has changed.")
    Integer comeBack() {
        try (Space space = root.open()) {
            if (!space.compaction().isRetired()) {
                throw new Failure(Exit.NO, "not_retired", "this device is not retired: there is nothing to do");
            }
            space.compaction().comeBack();
            root.publish(space);
            root.output()
                    .result(
                            () -> Map.of("device", space.device().toString(), "decision", "returned"),
                            () -> "This device is back; the others wait for it again.");
        }
        return Exit.DONE.status();
    }

    /** The one device with that name, or whose id begins so. */
    private static SpaceStatus.Device device(String named, SpaceStatus status) {
        List<SpaceStatus.Device> all = new ArrayList<>(status.others());
        all.add(status.self());
        List<SpaceStatus.Device> fitting =
                all.stream().filter(device -> device.name().equals(named)).toList();
        if (fitting.isEmpty() && !named.isEmpty()) {
            fitting = all.stream()
                    .filter(device -> device.id().toString().startsWith(named))
                    .toList();
        }
        if (fitting.isEmpty()) {
            throw Failure.notFound("no device " + Printable.line(named) + ": see 'cairn devices'");
        }
        if (fitting.size() > 1) {
            throw Failure.usage("several devices are called " + Printable.line(named) + ": give the id");
        }
        return fitting.get(0);
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
