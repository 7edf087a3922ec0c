package dev.cairn.replica.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.ScratchDirectory;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever branches of copied machines come in whatever order, a change is there once all it builds on is, if its
 * device may write or one of such a device that is there builds on it; and it has the same name whatever else is there.
 */
class ForkedHistoryProperties {
    private static final int MACHINES_MAX = 6;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void aChangeIsThereOnceAllItBuildsOnIs(@ForAll long seed) {
        Random random = new Random(seed);
        ForkedHistory truth = history(random);
        try (ScratchDirectory scratch = ScratchDirectory.make();
                LocalStore store = LocalStore.open(scratch.path().resolve("local.db"))) {
            new Arrivals(truth, store, random, Integer.MAX_VALUE).play();
        }
    }

    /** One process loads the history while another has stored lines of which it has not heard. */
    @Example
    void theHistoryIsLoadedWhileAnotherProcessBeginsLines() {
        whatADeviceThatMayNotWriteMadeIsThereWhereOthersBuiltOnIt(129);
    }

    /** What was saved of one device's changes is no base for those of another, which are called so now. */
    @Example
    void anotherDeviceWroteWhatHasTheNamesOfSavedChangesNow() {
        whatADeviceThatMayNotWriteMadeIsThereWhereOthersBuiltOnIt(16_017);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void whatADeviceThatMayNotWriteMadeIsThereWhereOthersBuiltOnIt(@ForAll long seed) {
        Random random = new Random(seed);
        ForkedHistory truth = history(random);
        try (ScratchDirectory scratch = ScratchDirectory.make();
                LocalStore store = LocalStore.open(scratch.path().resolve("local.db"))) {
            new Arrivals(truth, store, random, 1 + random.nextInt(4)).play();
        }
    }

    private static ForkedHistory history(Random random) {
        ForkedHistory history = new ForkedHistory();
        history.machine();
        history.machine();
        int acts = 6 + random.nextInt(40);
        for (int i = 0; i < acts; i++) {
            List<ForkedHistory.Machine> machines = history.machines();
            ForkedHistory.Machine one = machines.get(random.nextInt(machines.size()));
            switch (random.nextInt(9)) {
                case 0 -> {
                    if (machines.size() < MACHINES_MAX) {
                        ForkedHistory.Machine another =
                                random.nextInt(4) > 0 ? history.copyOf(one) : history.impostorOf(one);
                        another.writes();
                    }
                }
                case 1, 2, 3 -> one.reads(machines.get(random.nextInt(machines.size())));
                default -> one.writes();
            }
        }
        return history;
    }

    /** The changes come to two processes with one store, some at a time, and one of them starts again now and then. */
    private static final class Arrivals {
        private final ForkedHistory truth;
        private final LocalStore store;
        private final Random random;
        /** After about how many arrivals who may write is another. */
        private final int steady;

        private final Set<ChangeRef> arrived = new HashSet<>();
        private Writers writers = Writers.ALL;
        private History history;
        private History other;

        private Arrivals(ForkedHistory truth, LocalStore store, Random random, int steady) {
            this.truth = truth;
            this.store = store;
            this.random = random;
            this.steady = steady;
            this.history = open();
            this.other = open();
        }

        private History open() {
            return History.open(store, new DeviceId(0, 0), () -> writers);
        }

        private void changeWriters() {
            Set<DeviceId> some = new HashSet<>();
            for (ChangeRun run : truth.runs()) {
                if (random.nextInt(3) > 0) {
                    some.add(truth.device(run.ref(0)));
                } else {
                    some.remove(truth.device(run.ref(0)));
                }
            }
            writers = new Writers(some::contains);
        }

        private void play() {
            List<ChangeRun> runs = new ArrayList<>(truth.runs());
            Collections.shuffle(runs, random);
            while (!runs.isEmpty()) {
                List<ChangeRun> some = runs.subList(0, Math.min(runs.size(), 1 + random.nextInt(3)));
                if (steady < Integer.MAX_VALUE && random.nextInt(steady) == 0) {
                    changeWriters();
                }
                arrive(some.stream().map(this::withSomeAfterIt).toList());
                some.clear();
                check();
            }
            assertThat(history.overview().gaps()).isEmpty();
            assertThat(open().documents().heads()).isEqualTo(history.documents().heads());
        }

        /** A file holds what its writer wrote one after another, some of which may have come in other files. */
        private ChangeRun withSomeAfterIt(ChangeRun run) {
            List<ChangeRun> next = truth.runs().stream()
                    .filter(later -> later.before().equals(run.after()))
                    .toList();
            return next.isEmpty() || random.nextBoolean()
                    ? run
                    : withSomeAfterIt(ChangeRun.concat(List.of(run, next.get(random.nextInt(next.size())))));
        }

        private void arrive(List<ChangeRun> runs) {
            for (ChangeRun run : runs) {
                for (int i = 0; i < run.size(); i++) {
                    arrived.add(run.ref(i));
                }
            }
            switch (random.nextInt(8)) {
                case 0 -> history = open();
                case 1 -> history.saveCheckpoint();
                case 2, 3, 4 -> {
                    History mine = history;
                    history = other;
                    other = mine;
                }
                default -> {}
            }
            history.write(new Progress(), () -> {
                runs.forEach(run -> {
                    DeviceId device = truth.device(run.ref(0));
                    history.link(device, run, ForkedHistory.origin(run.writer(), device));
                });
                return true;
            });
            other.catchUp();
        }

        private void check() {
            Set<ChangeRef> ready = truth.past(truth.ready(arrived).stream()
                    .filter(change -> writers.mayWrite(truth.device(change)))
                    .toList());
            Set<ChangeRef> branching = new HashSet<>(ready);
            truth.linked(arrived).stream()
                    .filter(change -> writers.mayWrite(truth.device(change)))
                    .forEach(branching::add);
            for (History one : List.of(history, other)) {
                List<ChangeRef> heads = one.references(one.documents().heads().changes());
                assertThat(truth.past(heads)).isEqualTo(ready);
                assertThat(one.documents().version().sequences()).isEqualTo(truth.version(ready, branching));
            }
        }
    }
}
