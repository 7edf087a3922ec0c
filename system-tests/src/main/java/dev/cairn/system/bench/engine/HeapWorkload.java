package dev.cairn.system.bench.engine;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.system.bench.report.Arguments;
import dev.cairn.system.bench.report.Memory;
import dev.cairn.system.bench.report.Row;
import dev.cairn.system.bench.report.Statistics;
import dev.cairn.system.bench.report.Workload;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What an open document keeps alive, counted after the collector has taken everything else. */
public final class HeapWorkload implements Workload {
    private static final ActorId ACTOR = new ActorId(0, 1);
    private static final String DOCUMENT = "heap";

    /** Characters which somebody types before going elsewhere. */
    private static final int BURST = 24;

    /** One character in so many is taken back at once. */
    private static final int TYPOS = 8;

    private static final int KEYS = 10_000;

    @Override
    public String summary() {
        return "--sizes 250000,500000,1000000 --per-change 100: live heap of an open document of so many operations, "
                + "typed text and map assignments";
    }

    @Override
    public Set<String> options() {
        return Set.of("sizes", "per-change");
    }

    @Override
    public boolean run(Arguments arguments, Consumer<Row> report) {
        int perChange = arguments.number("per-change", 100);
        for (long size : arguments.numbers("sizes", "250000,500000,1000000")) {
            int operations = Math.toIntExact(size);
            for (String kind : new String[] {"text", "map"}) {
                Memory memory = Memory.of(() -> made(kind, operations, perChange));
                report.accept(Row.of("heap")
                        .with("document", kind)
                        .with("operations", operations)
                        .with("perChange", perChange)
                        .with("retainedHeapBytes", memory.retained())
                        .with("bytesPerOperation", Statistics.round((double) memory.retained() / operations))
                        .with("peakHeapBytes", memory.peak()));
            }
        }
        return true;
    }

    private static DocumentSet made(String kind, int operations, int perChange) {
        DocumentSet set = DocumentSet.create();
        Typist typist = new Typist();
        int seq = 0;
        for (int done = 0; done < operations; done += perChange) {
            EditSession session = set.begin(ACTOR, ++seq, 0);
            for (int i = 0; i < Math.min(perChange, operations - done); i++) {
                if (kind.equals("text")) {
                    typist.type(session.on(DOCUMENT).text("body"));
                } else {
                    typist.put(session);
                }
            }
            session.finish();
        }
        set.document(DOCUMENT).root().entries();
        return set;
    }

    /** Types bursts of characters here and there, some of which are taken back. */
    private static final class Typist {
        private final SplittableRandom random = new SplittableRandom(20);
        private int at;
        private int left;

        private void type(TextEditor text) {
            if (left-- == 0 || at > text.length()) {
                left = BURST;
                at = random.nextInt(text.length() + 1);
            }
            if (at > 0 && random.nextInt(TYPOS) == 0) {
                text.delete(--at, 1);
            } else {
                text.insert(at++, String.valueOf((char) ('a' + random.nextInt(26))));
            }
        }

        private void put(EditSession session) {
            session.on(DOCUMENT).map().put("k" + random.nextInt(KEYS), random.nextInt(1_000_000));
        }
    }
}
