package dev.cairn.system.bench.peer;

import dev.cairn.system.bench.peer.PeerCase.Mode;
import dev.cairn.system.bench.peer.Script.Step;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Timing;
import dev.cairn.system.bench.report.Workload;
import dev.cairn.system.bench.trace.PeerTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One case with one engine, in this process: what {@link PeersWorkload} starts for each of them. */
public final class PeerCaseWorkload implements Workload {
    /** Edits of one commit at most: one change of this project's format holds no more than 1 MiB. */
    private static final int EDITS_PER_COMMIT = 100_000;

    @Override
    public String summary() {
        return "--engine cairn|automerge-java --case map/batch --size 10000 [--file TRACE] --runs 7: a case of peers";
    }

    @Override
    public Set<String> options() {
        return Set.of("engine", "case", "size", "file", "runs");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) throws IOException {
        Engine engine = engine(arguments.text("engine").orElse("cairn"));
        int size = arguments.number("size", 10_000);
        PeerCase peerCase = PeerCase.of(arguments.text("case").orElse("map/batch"), size);
        int runs = arguments.number("runs", 7);
        Row row = Row.of("peers")
                .with("engine", engine.name())
                .with("case", peerCase.label())
                .with("size", size);
        Result result;
        if (arguments.text("file").isPresent()) {
            PeerTrace trace = PeerTrace.read(Path.of(arguments.text("file").get()));
            result = peerCase.mode() == Mode.BATCH
                    ? merge(engine, trace, runs)
                    : edit(engine, trace, Math.min(size, trace.size()), peerCase.mode() == Mode.LOCAL, runs);
        } else {
            try {
                result = script(engine, Script.of(peerCase.script(), size), peerCase.mode(), runs);
            } catch (UnsupportedOperationException without) {
                report.accept(row.with("unsupported", true));
                return true;
            }
        }
        Timing timing = result.timing;
        Row whole = row.with("seconds", Statistics.seconds(timing.median()))
                .with("bestSeconds", Statistics.seconds(timing.best()))
                .with("cpuSeconds", Statistics.seconds(timing.cpu()))
                .with("firstSeconds", Statistics.seconds(timing.first()))
                .with("runs", timing.runs())
                .with("perSecond", Math.round(size / timing.median()))
                .with("match", result.match);
        if (result.saved != null) {
            Replica saved = result.saved;
            Timing load = Timing.ofMuchCode(runs, saved::loaded);
            whole = whole.with("savedBytes", saved.savedBytes())
                    .with("loadMillis", Statistics.round(load.median() * 1e3))
                    .with("loadFirstMillis", Statistics.round(load.first() * 1e3));
        }
        report.accept(whole);
        return result.match;
    }

    private static Engine engine(String name) {
        return switch (name) {
            case "cairn" -> new CairnEngine();
            case "automerge-java" -> new AutomergeEngine();
            default -> throw new IllegalArgumentException("unknown engine " + name);
        };
    }

    /** What came out: {@code saved} holds the whole history if that is to be written and read, too. */
    private record Result(
            Timing timing, boolean match, @Nullable Replica saved) {}

    private static Result edit(Engine engine, PeerTrace trace, int size, boolean commitEach, int runs) {
        Timing timing = Timing.ofMuchCode(runs, () -> engine.replica(0), replica -> {
            play(trace, replica, size, commitEach);
            replica.text();
        });
        Replica replica = engine.replica(0);
        play(trace, replica, size, commitEach);
        boolean match = size < trace.size() || replica.text().equals(trace.end());
        return new Result(timing, match, replica);
    }

    private static void play(PeerTrace trace, Replica replica, int size, boolean commitEach) {
        for (int i = 0; i < size; i++) {
            edit(trace, replica, i);
            if (commitEach || (i + 1) % EDITS_PER_COMMIT == 0) {
                replica.commit();
            }
        }
        replica.commit();
    }

    private static void edit(PeerTrace trace, Replica replica, int i) {
        if (trace.deleted(i) > 0) {
            replica.delete(trace.position(i), trace.deleted(i));
        }
        if (!trace.inserted(i).isEmpty()) {
            replica.insert(trace.position(i), trace.inserted(i));
        }
    }

    private static Result merge(Engine engine, PeerTrace trace, int runs) {
        List<Object> changes = trace.merges(new PeerTrace.Devices<Object>() {
            private final List<Replica> replicas = trace.agents().stream()
                    .map(agent -> engine.replica(trace.agents().indexOf(agent)))
                    .toList();

            @Override
            public List<Object> edit(int device, int from, int to) {
                for (int i = from; i < to; i++) {
                    PeerCaseWorkload.edit(trace, replicas.get(device), i);
                }
                replicas.get(device).commit();
                return replicas.get(device).drain();
            }

            @Override
            public void apply(int device, List<Object> others) {
                replicas.get(device).apply(others);
            }
        });
        Timing timing = Timing.ofMuchCode(runs, () -> engine.replica(99), replica -> {
            replica.apply(changes);
            replica.text();
        });
        Replica replica = engine.replica(99);
        replica.apply(changes);
        return new Result(timing, replica.text().equals(trace.end()), replica);
    }

    private static Result script(Engine engine, Script script, Mode mode, int runs) {
        if (mode == Mode.LOCAL) {
            Timing timing = Timing.ofMuchCode(runs, () -> engine.replica(0), replica -> playAll(script, replica));
            Replica replica = engine.replica(0);
            playAll(script, replica);
            return new Result(timing, matches(script, replica), null);
        }
        Recording recording = new Recording(engine, script);
        List<Object> changes = mode == Mode.BY_DEVICE ? recording.byDevice() : recording.causal();
        Timing timing = Timing.ofMuchCode(runs, () -> engine.replica(9999), replica -> {
            take(replica, changes, mode);
            show(script, replica);
        });
        Replica replica = engine.replica(9999);
        take(replica, changes, mode);
        return new Result(timing, matches(script, replica), null);
    }

    private static void playAll(Script script, Replica replica) {
        for (Step step : script.steps()) {
            if (step.kind() != Script.Kind.SYNC) {
                Recording.play(replica, step);
            }
        }
        show(script, replica);
    }

    private static void take(Replica replica, List<Object> changes, Mode mode) {
        if (mode == Mode.ONE_BY_ONE) {
            changes.forEach(change -> replica.apply(List.of(change)));
        } else {
            replica.apply(changes);
        }
    }

    private static void show(Script script, Replica replica) {
        switch (script.steps().get(0).kind()) {
            case PUT -> replica.keys();
            case ADD -> replica.count();
            case ELEMENTS, NODES -> replica.pieces();
            default -> replica.text();
        }
    }

    private static boolean matches(Script script, Replica replica) {
        return replica.text().length() == script.length()
                && replica.keys() == script.keys()
                && replica.count() == script.count()
                && replica.pieces() == script.pieces();
    }
}
