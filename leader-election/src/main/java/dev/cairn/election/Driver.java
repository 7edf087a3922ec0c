package dev.cairn.election;

import dev.cairn.election.local.CommandBox;
import dev.cairn.election.local.DriverLock;
import dev.cairn.election.local.MemoryFile;
import dev.cairn.election.protocol.Action;
import dev.cairn.election.protocol.Claims;
import dev.cairn.election.protocol.Command;
import dev.cairn.election.protocol.ElectionState;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Member;
import dev.cairn.election.protocol.Memory;
import dev.cairn.election.protocol.Now;
import dev.cairn.election.protocol.Papers;
import dev.cairn.election.protocol.Step;
import dev.cairn.election.protocol.View;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.replica.ElectionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks, steps, does what the step says. One look at a time. */
final class Driver {
    /** A lease that ends later than this, in ms, is one without an end. */
    private static final long FOR_EVER_MILLIS = 10L * 366 * 86_400_000;

    /** Files of which it is told that they are ignored, until the device starts again. */
    private static final int IGNORED_MAX = 1000;

    private final ElectionFolder folder;
    private final MemoryFile memoryFile;
    private final CommandBox box;
    private final Notice notice;
    private final Path directory;
    private final ElectionOptions options;
    private final Rules rules;
    private final Consumer<Event> listener;
    private final Consumer<DeviceId> retirement;
    private final Sight sight;
    private final List<Command> commands = new ArrayList<>();
    private final Set<Event.Ignored> ignored = new HashSet<>();
    private Optional<DriverLock> lock = Optional.empty();
    private volatile @Nullable ElectionState state;
    private long refusedUntil = Long.MIN_VALUE / 4;

    Driver(
            ElectionFolder folder,
            Path directory,
            ElectionOptions options,
            Rules rules,
            Consumer<Event> listener,
            Consumer<DeviceId> retirement) {
        this.folder = folder;
        this.sight = new Sight(folder);
        this.directory = directory;
        this.memoryFile = new MemoryFile(directory, folder.device());
        this.box = new CommandBox(directory);
        this.notice = new Notice(directory);
        this.options = options;
        this.rules = rules;
        this.listener = listener;
        this.retirement = retirement;
    }

    boolean takesPart() {
        return state != null;
    }

    void submit(Command command) {
        synchronized (commands) {
            commands.add(command);
        }
    }

    /** Looks at the folder alone. */
    synchronized void observe() {
        sight.look();
    }

    synchronized void look() throws IOException {
        boolean attached = sight.look();
        if (lock.isEmpty()) {
            lock = DriverLock.tryIn(directory);
        }
        if (lock.isEmpty()) {
            return;
        }
        ElectionState before = state;
        if (before == null || !before.member().writer().equals(folder.writer())) {
            before = ElectionState.start(
                    new Member(folder.writer(), folder.device(), options.mode(), options.timers()), memory());
        }
        List<Event> events = new ArrayList<>();
        try {
            act(before, attached, events);
            sight.lasting().forEach(file -> ignore(new Event.Ignored(file.path(), file.text()), events));
            // before the events, since whoever hears one may ask another process, which reads this
            notice.write(status(), leadership(), leadingUntil());
        } finally {
            events.forEach(listener);
        }
    }

    private void ignore(Event.Ignored file, List<Event> events) {
        if (ignored.size() < IGNORED_MAX && ignored.add(file)) {
            events.add(file);
        }
    }

    /** What this device must not have forgotten; of an earlier writer of it only the greatest epoch and term. */
    private Memory memory() throws IOException {
        WriterId writer = folder.writer();
        MemoryFile.Stored stored = memoryFile.read();
        if (stored instanceof MemoryFile.Stored.Found found) {
            return found.memory().writer().equals(writer)
                    ? found.memory()
                    : found.memory().of(writer, false);
        }
        boolean mayVote = stored instanceof MemoryFile.Stored.Missing && !folder.isContinued();
        return Memory.of(writer).of(writer, mayVote);
    }

    private void act(ElectionState before, boolean attached, List<Event> events) throws IOException {
        long mono = options.monoMillis().getAsLong();
        View view = new View(
                attached && mono >= refusedUntil,
                sight.papers(),
                sight.present(before.member().writer()),
                folder.electorate(),
                folder.retirable(),
                folder.version(),
                takeCommands());
        Now now = new Now(mono, options.clock().millis(), options.random().nextLong());
        Step step = rules.step(before, view, now);
        perform(step, mono, events);
    }

    private List<Command> takeCommands() throws IOException {
        List<Command> taken = new ArrayList<>(box.take());
        synchronized (commands) {
            taken.addAll(commands);
            commands.clear();
        }
        return taken;
    }

    /** A memory that does not become durable undoes the step; a paper that is refused ends the writing for a while. */
    private void perform(Step step, long mono, List<Event> events) throws IOException {
        boolean written = true;
        for (Action action : step.actions()) {
            if (action instanceof Action.Persist persist) {
                memoryFile.write(persist.memory());
            }
        }
        state = step.next();
        for (Action action : step.actions()) {
            if (action instanceof Action.Publish publish && written) {
                written = folder.publish(publish.number(), publish.paper()).published();
                if (!written) {
                    refusedUntil = mono + options.timers().heartbeat().toMillis();
                }
            } else if (action instanceof Action.StartAfresh) {
                folder.startAfresh();
            } else if (action instanceof Action.Retire retire) {
                retirement.accept(retire.device());
            } else if (action instanceof Action.Tell tell) {
                events.add(tell.event());
            }
        }
    }

    /** Says so in the folder, if that can be written, and lets another object or process take part for this device. */
    synchronized void leave() throws IOException {
        try {
            if (state != null) {
                submit(new Command.Leave());
                look();
            }
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
                lock = Optional.empty();
            }
        }
    }

    Optional<Token> leadership() {
        ElectionState now = state;
        return now == null
                ? Optional.empty()
                : now.leadership(options.monoMillis().getAsLong());
    }

    /** The leadership of this device, which another of its processes may have. */
    Optional<Token> leadershipOfDevice() {
        if (state != null) {
            return leadership();
        }
        return notice.leading(options.clock().millis());
    }

    synchronized ElectionStatus status() {
        ElectionState now = state;
        Optional<Claim> leader = Claims.effective(sight.papers(), folder.electorate());
        List<ElectionStatus.Participant> participants = new ArrayList<>();
        sight.papers()
                .forEach((writer, one) -> one.lock()
                        .ifPresent(sign -> participants.add(new ElectionStatus.Participant(
                                writer,
                                one.device(),
                                isOnline(writer, sign),
                                sign.phase(),
                                sign.wallMillis(),
                                one.request().filter(request -> request.status() == Request.Status.OPEN)))));
        participants.sort(Comparator.comparing(ElectionStatus.Participant::writer));
        return new ElectionStatus(
                leader,
                leader.map(Claim::token)
                        .filter(token -> participants.stream()
                                .anyMatch(one -> one.writer().equals(token.writer()) && one.online()))
                        .isPresent(),
                folder.writer(),
                Optional.ofNullable(now).map(ElectionState::phase),
                leadershipOfDevice().isPresent(),
                wish(),
                now == null ? options.timers().grace() : now.grace(),
                now == null ? options.timers().threshold() : now.threshold(),
                now == null ? Optional.empty() : now.roundTrip(),
                participants,
                now == null ? notice.prompts(options.timers().threshold()) : now.prompts(),
                sight.foreign(),
                sight.problems());
    }

    private Optional<ElectionStatus.Wish> wish() {
        Papers own = sight.papers().get(folder.writer());
        return own == null || own.requestFile() == null
                ? Optional.empty()
                : Optional.of(new ElectionStatus.Wish(
                        own.requestFile().number(), own.requestFile().paper()));
    }

    /** Without a memory of what changed, the other clock is the best guess. */
    private boolean isOnline(WriterId writer, Lock sign) {
        ElectionState now = state;
        if (sign.leaving()) {
            return false;
        }
        if (now != null) {
            return now.online(writer, options.monoMillis().getAsLong());
        }
        if (writer.equals(folder.writer()) && !notice.isOfAPartaker()) {
            return false;
        }
        long apart = Math.abs(options.clock().millis() - sign.wallMillis());
        return apart < Math.max(options.timers().threshold().toMillis(), sign.patienceMillis());
    }

    /** When the leadership ends if nobody prolongs it, by the wall clock; rounded, so that it seldom changes. */
    private long leadingUntil() {
        ElectionState now = state;
        if (now == null || leadership().isEmpty()) {
            return 0;
        }
        long left = now.leaseUntilMillis() - options.monoMillis().getAsLong();
        return left > FOR_EVER_MILLIS ? Long.MAX_VALUE : (options.clock().millis() + left) / 1000 * 1000;
    }
}
