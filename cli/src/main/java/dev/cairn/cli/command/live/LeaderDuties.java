package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.merging.CompactionWords;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Event;
import dev.cairn.format.election.Request.Goal;
import dev.cairn.format.election.Request.Status;
import dev.cairn.merge.checkpoint.CompactionPlan;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.merge.checkpoint.Compactor;
import dev.cairn.merge.retire.CompactionPermit;
import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What a device does of its own accord while it leads: it compacts when that is worth it, or when another device asks.
 *
 * <p>It begins only after it has led for a grace period, so that a leadership which comes and goes costs nothing; and
 * nothing it does is unsafe when two devices do it at once, since segments go by acknowledgement and not by leadership.
 */
final class LeaderDuties implements AutoCloseable {
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    private final CairnCommand root;
    private final LeaderElection election;
    private final Compactor compactor;
    private final boolean onlyDevice;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Subscription wishes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Space space;
    private Optional<Thread> thread = Optional.empty();
    /** The number of this device's own request to compact, and what was there when it was first seen. */
    private long wish;

    private long wanted;
    private String trouble = "";

    /**
     * The duties of a device; nothing is done before {@link #begin} or {@link #tend}.
     *
     * @param onlyDevice whether the user has confirmed that there is no other device
     * @param monoMillis a clock that never goes back
     */
    LeaderDuties(CairnCommand root, Space space, LeaderElection election, boolean onlyDevice, LongSupplier monoMillis) {
        this.root = root;
        this.space = space;
        this.election = election;
        this.onlyDevice = onlyDevice;
        Duration grace = election.status().grace();
        this.compactor = new Compactor(space, CompactionPermit.steady(election::leads, grace, monoMillis));
        this.wishes = election.onEvent(this::hear);
    }

    private void hear(Event event) {
        if (event instanceof Event.Wished wished && wished.request().goal() == Goal.COMPACT) {
            asked.set(true);
        }
    }

    /** Looks every few seconds on a thread of its own, until closed. */
    LeaderDuties begin() {
        Thread looking = new Thread(this::run, "leader-duties");
        looking.setDaemon(true);
        thread = Optional.of(looking);
        looking.start();
        return this;
    }

    private void run() {
        Duration grace = election.status().grace();
        Duration pause = grace.dividedBy(4).compareTo(PAUSE_MAX) < 0 ? grace.dividedBy(4) : PAUSE_MAX;
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                tend();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due now; what the disk refuses is said once and tried again. */
    void tend() {
        try {
            boolean wished = asked.get() && compactor.mayAct();
            (wished ? compactor.oblige(onlyDevice) : compactor.tend(onlyDevice)).ifPresent(this::say);
            if (wished) {
                asked.set(false);
            }
            thank();
            trouble = "";
        } catch (UncheckedIOException | IllegalStateException failed) {
            complain(String.valueOf(failed.getMessage()));
        }
    }

    /** Ends this device's own request to compact when a checkpoint holds all that was there when it was made. */
    private void thank() {
        Optional<ElectionStatus.Wish> own = election.status()
                .wish()
                .filter(one ->
                        one.request().goal() == Goal.COMPACT && one.request().status() == Status.OPEN);
        if (own.isEmpty()) {
            return;
        }
        if (own.get().number() != wish) {
            wish = own.get().number();
            wanted = space.status().changes();
        }
        CompactionPlan plan = compactor.plan();
        if (plan.changes() - plan.changesSince() >= wanted) {
            election.fulfilled();
        }
    }

    private void complain(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            root.shell().err().print("cairn: compaction waits: " + Printable.line(why) + "\n");
            root.shell().err().flush();
        }
    }

    private void say(CompactionResult result) {
        Output output = root.output();
        output.result(() -> plain(result), () -> CompactionWords.text(result, false));
    }

    private static Map<String, Object> plain(CompactionResult result) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("event", "compacted");
        plain.putAll(CompactionWords.plain(result));
        return plain;
    }

    @Override
    public void close() {
        wishes.close();
        closed.countDown();
        thread.ifPresent(LeaderDuties::join);
    }

    /** Waits for a checkpoint that is being made: the space must not be closed under it. */
    private static void join(Thread looking) {
        try {
            looking.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
