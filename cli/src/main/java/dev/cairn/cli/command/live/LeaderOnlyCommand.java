package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.Table;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.view.Value;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.replica.LeaderOnly;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import dev.cairn.replica.leaderonly.LateWrite;
import dev.cairn.replica.leaderonly.LateWrite.State;
import dev.cairn.replica.leaderonly.WriteName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn leader-only}: the collections which only the leader writes. */
@Command(
        name = "leader-only",
        header = "Shows and writes collections which only the leading device may write.",
        description = {
            "A collection holds scalars by key. This device writes to it while it leads, which it does while"
                    + " 'cairn leader watch' or 'cairn watch --elect' runs on it. What a leader wrote of whom a later"
                    + " one knew nothing is kept aside as late, until you accept or dismiss it.",
            "Without a word it lists the collections."
        })
public final class LeaderOnlyCommand implements Callable<Integer> {
    private final CairnCommand root;

    /** The command on a command line with this root. */
    public LeaderOnlyCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Space space = root.open()) {
            List<LeaderOnly> all =
                    space.leaderOnlyNames().stream().map(space::leaderOnly).toList();
            root.output()
                    .result(
                            () -> Map.of(
                                    "collections",
                                    all.stream().map(LeaderOnlyCommand::summary).toList()),
                            () -> all.isEmpty() ? "no leader-only collections" : summaries(all));
        }
        return Exit.DONE.status();
    }

    private static Map<String, Object> summary(LeaderOnly collection) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", collection.name());
        plain.put("keys", collection.entries().size());
        plain.put("late", pending(collection).size());
        return plain;
    }

    private static String summaries(List<LeaderOnly> all) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("COLLECTION", "KEYS", "LATE"));
        all.forEach(one -> rows.add(List.of(
                Printable.line(one.name()),
                Integer.toString(one.entries().size()),
                Integer.toString(pending(one).size()))));
        return String.join("\n", Table.align(rows));
    }

    private static List<LateWrite> pending(LeaderOnly collection) {
        return collection.late().stream()
                .filter(late -> late.state() == State.PENDING)
                .toList();
    }

    @Command(name = "get", description = "Prints a collection, or the value of one key; status 1 when it is not there.")
    int get(
            @Parameters(paramLabel = "COLLECTION") String name,
            @Parameters(paramLabel = "KEY", arity = "0..1") @Nullable String key) {
        try (Space space = root.open()) {
            LeaderOnly collection = collection(space, name);
            if (key == null) {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                collection.entries().forEach((one, value) -> plain.put(one, Plain.of(value)));
                root.output().line(Json.write(plain));
            } else {
                Value value = collection
                        .get(key)
                        .orElseThrow(() -> Failure.notFound("nothing is under " + key + " in " + name));
                root.output().line(Json.write(Plain.of(value)));
            }
        }
        return Exit.DONE.status();
    }

    @Command(name = "set", description = "Assigns a value to a key, as the leader; status 1 when this device is not.")
    int set(
            @Parameters(paramLabel = "COLLECTION") String name,
            @Parameters(paramLabel = "KEY") String key,
            @Parameters(paramLabel = "VALUE", description = "A scalar in JSON.") String value) {
        Object scalar = scalar(value);
        return write(name, edits -> edits.put(key, scalar));
    }

    @Command(name = "rm", description = "Removes a key, as the leader; status 1 when this device is not.")
    int remove(@Parameters(paramLabel = "COLLECTION") String name, @Parameters(paramLabel = "KEY") String key) {
        return write(name, edits -> edits.remove(key));
    }

    private static @Nullable Object scalar(String text) {
        Object plain = Json.read(text);
        if (plain instanceof Map || plain instanceof List) {
            throw Failure.usage(
                    "a leader-only collection holds scalars only: give a string, a number, true, false or" + " null");
        }
        return plain;
    }

    private int write(String name, Consumer<LeaderOnly.Edits> edits) {
        try (Space space = root.open();
                LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
            LeaderOnly collection = collection(space, name);
            root.committed(space, refusing(() -> collection.write(election, edits)));
        }
        return Exit.DONE.status();
    }

    @Command(
            name = "late",
            description = "Lists the writes that were kept aside and wait for a decision; with --all also those which"
                    + " were decided.")
    int late(
            @Parameters(paramLabel = "COLLECTION", arity = "0..1") @Nullable String name,
            @Option(names = "--all", description = "Also what was accepted or dismissed.") boolean all) {
        try (Space space = root.open()) {
            List<Map<String, Object>> plain = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (String one : name == null ? space.leaderOnlyNames() : List.of(name)) {
                for (LateWrite late : collection(space, one).late()) {
                    if (all || late.state() == State.PENDING) {
                        plain.add(plain(one, late));
                        lines.add(line(one, late));
                    }
                }
            }
            root.output()
                    .result(
                            () -> Map.of("late", plain),
                            () -> lines.isEmpty() ? "no late writes" : String.join("\n", lines));
        }
        return Exit.DONE.status();
    }

    private static Map<String, Object> plain(String collection, LateWrite late) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("collection", collection);
        plain.put("id", late.name().toString());
        plain.put("writer", late.name().token().writer().toString());
        plain.put("state", state(late));
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        late.edits()
                .forEach((key, value) ->
                        value.ifPresentOrElse(put -> set.put(key, Plain.of(put)), () -> removed.add(key)));
        plain.put("set", set);
        plain.put("removed", removed);
        return plain;
    }

    private static String line(String collection, LateWrite late) {
        List<String> edits = new ArrayList<>();
        late.edits()
                .forEach((key, value) ->
                        edits.add(value.map(put -> Printable.line(key) + " = " + Json.write(Plain.of(put)))
                                .orElse("remove " + Printable.line(key))));
        return Printable.line(collection) + "  " + late.name() + "  " + state(late) + "  " + String.join(", ", edits);
    }

    private static String state(LateWrite late) {
        return late.state().name().toLowerCase(Locale.ROOT);
    }

    @Command(name = "accept", description = "Lets a late write count from now on; any device may.")
    int accept(
            @Parameters(paramLabel = "COLLECTION") String name,
            @Parameters(paramLabel = "ID", description = "As 'cairn leader-only late' shows it.") String id) {
        return decide(name, id, LeaderOnly::accept);
    }

    @Command(name = "dismiss", description = "Says that a late write has no effect, for good; any device may.")
    int dismiss(
            @Parameters(paramLabel = "COLLECTION") String name,
            @Parameters(paramLabel = "ID", description = "As 'cairn leader-only late' shows it.") String id) {
        return decide(name, id, LeaderOnly::dismiss);
    }

    private int decide(String name, String id, BiFunction<LeaderOnly, WriteName, Version> decision) {
        WriteName late = WriteName.parse(id)
                .orElseThrow(() -> Failure.usage("no id of a write: " + id + ": see 'cairn leader-only late'"));
        try (Space space = root.open()) {
            LeaderOnly collection = collection(space, name);
            Optional<State> state = collection.late().stream()
                    .filter(one -> one.name().equals(late))
                    .map(LateWrite::state)
                    .findFirst();
            if (state.isEmpty()) {
                throw Failure.notFound("no late write of " + name + ": " + id + ": see 'cairn leader-only late'");
            }
            if (state.get() != State.PENDING) {
                throw new Failure(
                        Exit.NO,
                        "decided",
                        "that write is " + state.get().name().toLowerCase(Locale.ROOT) + " already: " + id);
            }
            root.committed(space, refusing(() -> decision.apply(collection, late)));
        }
        return Exit.DONE.status();
    }

    private static LeaderOnly collection(Space space, String name) {
        return refusing(() -> space.leaderOnly(name));
    }

    /** What the library calls a mistake of its caller is here one of whoever typed it. */
    private static <T> T refusing(Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }
}
