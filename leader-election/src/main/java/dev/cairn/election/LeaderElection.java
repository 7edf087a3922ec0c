package dev.cairn.election;

import dev.cairn.election.local.CommandBox;
import dev.cairn.election.local.MemoryFile;
import dev.cairn.election.protocol.Command;
import dev.cairn.election.protocol.Election;
import dev.cairn.election.protocol.Event;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Request.Goal;
import dev.cairn.format.election.Token;
import dev.cairn.replica.Leadership;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * This device's part in the election of a leader.
 *
 * <p>One process of a device takes part at a time; in the others {@link #takesPart} is false, and what is asked of
 * them is passed on to the one that does, or waits for it. All methods may be called from any thread. Listeners are
 * called on the thread that looks, and must be quick.
 *
 * <pre>{@code
 * try (LeaderElection election = LeaderElection.attach(space, ElectionOptions.defaults())) {
 *     election.permit().ifPresent(permit -> compact(permit));
 *     space.leaderOnly("rates").write(election, edits -> edits.put("eur", 1.08)); // refused unless it leads
 * }
 * }</pre>
 */
public final class LeaderElection implements AutoCloseable, Leadership {
    private static final System.Logger LOG = System.getLogger(LeaderElection.class.getName());

    private final Space space;
    private final ElectionOptions options;
    private final Path directory;
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final Driver driver;
    private final LateWrites lateWrites;
    private final Object bell = new Object();
    private volatile boolean closed;
    private Optional<Thread> thread = Optional.empty();

    private LeaderElection(Space space, ElectionOptions options, Path state, Rules rules) throws IOException {
        this.space = space;
        this.options = options;
        this.directory = MemoryFile.directory(state);
        this.lateWrites = new LateWrites(space);
        this.driver = new Driver(space.electionFolder(), directory, options, rules, this::tell, this::retire);
    }

    /**
     * Takes part from now on, until closed; close it before the space.
     *
     * @throws UncheckedIOException if the device's own state cannot be read or written
     */
    public static LeaderElection attach(Space space, ElectionOptions options) {
        return attach(space, options, event -> {});
    }

    /** The same with a listener which hears also what the first look finds, such as who leads already. */
    public static LeaderElection attach(Space space, ElectionOptions options, Consumer<Event> listener) {
        return attach(space, options, listener, space.electionFolder().stateDirectory(), Election::step);
    }

    /** The same with what must not be forgotten in a directory of any disk, and by any rules. */
    static LeaderElection attach(
            Space space, ElectionOptions options, Consumer<Event> listener, Path state, Rules rules) {
        try {
            LeaderElection election = new LeaderElection(space, options, state, rules);
            election.listeners.add(listener);
            election.start();
            return election;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take part in the election: " + e.getMessage(), e);
        }
    }

    /** Looks without taking part: for a word on who leads, and to pass on what the user wants. */
    public static LeaderElection observe(Space space, ElectionOptions options) {
        try {
            LeaderElection election =
                    new LeaderElection(space, options, space.electionFolder().stateDirectory(), Election::step);
            election.driver.observe();
            return election;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at the election: " + e.getMessage(), e);
        }
    }

    private void start() {
        look();
        options.threads().ifPresent(factory -> {
            Thread looking = factory.newThread(this::run);
            thread = Optional.of(looking);
            looking.start();
        });
    }

    private void run() {
        while (!closed) {
            synchronized (bell) {
                try {
                    if (!closed) {
                        bell.wait(options.pause().toMillis());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            if (!closed) {
                look();
            }
        }
    }

    /** Looks into the folder once and acts; never throws for what the folder or the own disk do. */
    public void look() {
        try {
            if (driver.takesPart()) {
                lateWrites.look().forEach(driver::submit);
            }
            driver.look();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "the election waits: {0}", e.getMessage());
        }
    }

    /** Takes in what the folder has brought, for {@link #status}, without taking part. */
    public void refresh() {
        driver.observe();
    }

    private void tell(Event event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    private void retire(DeviceId device) {
        try {
            space.compaction().retire(device);
        } catch (SpaceException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "a device is still waited for: {0}", e.getMessage());
        }
    }

    /** Whether this process takes part for its device. */
    public boolean takesPart() {
        return driver.takesPart();
    }

    /** The election as this device sees it. */
    public ElectionStatus status() {
        return driver.status();
    }

    /** The leadership of this device, if it has it now. */
    public Optional<Permit> permit() {
        return driver.leadership().map(token -> new Permit(token, () -> isLed(token)));
    }

    /** Whether this device leads now, for whoever asks right before each act; see {@link #permit}. */
    public boolean leads() {
        return !closed && driver.leadership().isPresent();
    }

    /** The name of this device's leadership now, also when another process of it takes part. */
    @Override
    public Optional<Token> token() {
        return closed ? Optional.empty() : driver.leadershipOfDevice();
    }

    private boolean isLed(Token token) {
        return !closed && driver.leadership().filter(token::equals).isPresent();
    }

    /** Registers a listener for what happens. */
    public Subscription onEvent(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Asks the leader for the leadership; the request ends after an hour, or when this device stops. */
    public void request(String reason) {
        ask(Goal.LEAD, reason, 0, Duration.ZERO, Duration.ofHours(1));
    }

    /**
     * Asks the leader for something.
     *
     * @param reason for people, at most 256 bytes
     * @param priority 0 to 9; the greater goes first
     * @param minHold how long to keep the leadership at least
     * @param expiry how long the wish lasts
     */
    public void ask(Goal goal, String reason, int priority, Duration minHold, Duration expiry) {
        submit(new Command.Ask(goal, reason, priority, minHold, expiry));
    }

    /** Takes the open request back. */
    public void cancel() {
        submit(new Command.Cancel());
    }

    /** Says that what this device asked for, other than the leadership, has come: the request ends. */
    public void fulfilled() {
        submit(new Command.Done());
    }

    /** Gives the leadership up; this device does not stand again before the threshold has passed. */
    public void release() {
        submit(new Command.Release());
    }

    /** Makes a device the leader by the user's word. */
    public void choose(WriterId leader) {
        submit(new Command.Choose(leader, options.label()));
    }

    /** Answers a question that stands. */
    public void answer(Question question, String answer) {
        submit(new Command.Answer(question, answer, options.label()));
    }

    private void submit(Command command) {
        if (driver.takesPart()) {
            driver.submit(command);
            synchronized (bell) {
                bell.notifyAll();
            }
        } else {
            try {
                new CommandBox(directory).put(command, options.clock().millis());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot pass the request on: " + e.getMessage(), e);
            }
        }
    }

    /** The space. */
    public Space space() {
        return space;
    }

    /** Says good-bye, so that the others need not wait for the threshold, and stops. Idempotent. */
    @Override
    public void close() {
        synchronized (bell) {
            if (closed) {
                return;
            }
            closed = true;
            bell.notifyAll();
        }
        thread.ifPresent(LeaderElection::join);
        try {
            driver.leave();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "the election was left without a word: {0}", e.getMessage());
        }
    }

    private static void join(Thread looking) {
        try {
            looking.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
