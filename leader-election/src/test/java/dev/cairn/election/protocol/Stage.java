package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Request.Goal;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Some devices in virtual time, whose files a test carries, delays, loses and brings back. */
final class Stage {
    static final long TICK = 5_000;
    static final long WALL = 1_700_000_000_000L;
    private static final long PATIENCE_MAX = 4 * 3_600_000;

    final List<Actor> actors = new ArrayList<>();
    final SortedSet<DeviceId> electorate = new TreeSet<>();
    final Set<String> cut = new HashSet<>();
    final Mode mode;
    final Random random;
    /** The papers which never arrive. */
    Predicate<Paper> lost = paper -> false;

    long now;
    long delay;
    private final List<Parcel> travelling = new ArrayList<>();

    private record Parcel(long at, int from, int to, long number, Paper paper) {}

    Stage(Mode mode, int devices, long seed) {
        this.mode = mode;
        this.random = new Random(seed);
        for (int i = 0; i < devices; i++) {
            electorate.add(device(i));
        }
        for (int i = 0; i < devices; i++) {
            actors.add(new Actor(i));
        }
    }

    /** The same some time later, when the first device leads. */
    static Stage led(Mode mode, int devices) {
        Stage stage = new Stage(mode, devices, 1);
        stage.seconds(600);
        if (!stage.leaders().equals(List.of(0))) {
            throw new AssertionError("the leaders are " + stage.leaders());
        }
        return stage;
    }

    static Command.Ask askToLead(int priority) {
        return new Command.Ask(Goal.LEAD, "", priority, Duration.ZERO, Duration.ofHours(4));
    }

    static Command.Answer answer(Question question, String answer) {
        return new Command.Answer(question, answer, "");
    }

    static WriterId writer(int number) {
        return new WriterId(number + 1L, 7);
    }

    static DeviceId device(int number) {
        return DeviceId.of(writer(number).bytes());
    }

    Actor actor(int number) {
        return actors.get(number);
    }

    /** Nothing goes from or to that device any more. */
    void isolate(int device) {
        for (int other = 0; other < actors.size(); other++) {
            cut.add(device + "-" + other);
            cut.add(other + "-" + device);
        }
    }

    void cut(int one, int other) {
        cut.add(one + "-" + other);
        cut.add(other + "-" + one);
    }

    /** All links work again, and bring the newest of what they lack. */
    void heal() {
        cut.clear();
        for (Actor from : actors) {
            for (Actor to : actors) {
                if (from != to) {
                    from.own()
                            .forEach((number, paper) ->
                                    travelling.add(new Parcel(now + delay, from.number, to.number, number, paper)));
                }
            }
        }
    }

    void tick() {
        now += TICK;
        List<Parcel> due =
                travelling.stream().filter(parcel -> parcel.at() <= now).toList();
        travelling.removeAll(due);
        for (Parcel parcel : due) {
            actor(parcel.to()).receive(parcel.from(), parcel.number(), parcel.paper());
        }
        for (Actor actor : actors) {
            if (actor.on) {
                actor.look();
            }
        }
    }

    List<Integer> leaders() {
        List<Integer> leaders = new ArrayList<>();
        for (Actor actor : actors) {
            if (actor.on && actor.leads()) {
                leaders.add(actor.number);
            }
        }
        return leaders;
    }

    /** The device of that number, which plays no part of its own from now on: a test writes its papers. */
    Puppet puppet(int number) {
        actor(number).on = false;
        return new Puppet(number);
    }

    /** A device whose papers a test writes; they are there at the next tick. */
    final class Puppet {
        final int number;
        Phase phase = Phase.FOLLOWER;
        private long next = 1_000_000; // behind what the device itself has written
        private long saidAt = Long.MIN_VALUE / 2;
        Optional<Token> leader = Optional.empty();
        List<Lock.Sighting> seen = List.of();
        long incarnation = 99;
        long wall = WALL;

        private Puppet(int number) {
            this.number = number;
        }

        WriterId writer() {
            return Stage.writer(number);
        }

        void says(Paper paper) {
            long file = next++;
            for (Actor to : actors) {
                if (to.on) {
                    to.receive(number, file, paper);
                }
            }
        }

        /** Says that it is there. */
        void lock(Phase phase) {
            saidAt = now;
            says(new Lock(
                    incarnation, wall + now + TICK, WALL, number + 1, 0, 0, phase, 20_000, 600_000, seen, leader));
        }

        void votes(WriterId candidate, Ballot ballot) {
            says(new Vote(ballot.epoch(), ballot.term(), candidate, ballot.electorate(), 600_000));
        }

        /** Claims, by grace. */
        void claims(long epoch, long term, Claim.Status status) {
            OrderKey order = new OrderKey(false, number + 1, WALL, writer());
            says(new Claim(epoch, term, Claim.Proof.GRACE, order, 460_000, status, Optional.empty()));
        }

        /** Stands, as one of an order by its number. */
        void stands(long term, Ballot.Status status) {
            says(new Ballot(0, term, false, number + 1, WALL, status, 0, Electorate.digest(electorate)));
        }

        private void live() {
            if (now - saidAt >= 20_000) {
                lock(phase);
            }
        }
    }

    /** Time passes, in which puppets say by the heartbeat that they are there. */
    void seconds(long seconds, Puppet... puppets) {
        long end = now + seconds * 1000;
        while (now < end) {
            List.of(puppets).forEach(Puppet::live);
            tick();
        }
    }

    /** Lets time pass until something holds, which must not take long; how many seconds it took. */
    long secondsUntil(BooleanSupplier condition, Puppet... puppets) {
        long start = now;
        while (!condition.getAsBoolean()) {
            if (now - start > PATIENCE_MAX) {
                throw new AssertionError("it never happens");
            }
            List.of(puppets).forEach(Puppet::live);
            tick();
        }
        return (now - start) / 1000;
    }

    /** One device. */
    final class Actor {
        final int number;
        final TreeMap<WriterId, Papers> folder = new TreeMap<>();
        final List<Event> events = new ArrayList<>();
        final List<Command> commands = new ArrayList<>();
        final List<Action.Publish> published = new ArrayList<>();
        List<Claim.Point> version = List.of();
        boolean on = true;
        boolean dead;
        boolean afresh;
        boolean writable = true;
        /** Whether its own directory shows nothing, although all is written. */
        boolean blind;

        int persisted;
        SortedSet<DeviceId> retirable = electorate;
        long skew;
        long monoOffset;
        Memory disk;
        ElectionState state;
        /** How many actions are done before the process dies, if it is to. */
        int crashAfter = Integer.MAX_VALUE;

        Actor(int number) {
            this.number = number;
            this.disk = Memory.of(writer(number));
            this.state = fresh();
        }

        ElectionState fresh() {
            return ElectionState.start(new Member(writer(number), device(number), mode, Timers.syncthing()), disk);
        }

        private Papers ownPapers() {
            return folder.getOrDefault(writer(number), Papers.of(device(number)));
        }

        SortedMap<Long, Paper> own() {
            TreeMap<Long, Paper> own = new TreeMap<>();
            Papers papers = ownPapers();
            for (Papers.Numbered<?> file : new Papers.Numbered<?>[] {
                papers.claimFile(),
                papers.ballotFile(),
                papers.voteFile(),
                papers.requestFile(),
                papers.choiceFile(),
                papers.lockFile()
            }) {
                if (file != null) {
                    own.put(file.number(), file.paper());
                }
            }
            return own;
        }

        void receive(int from, long file, Paper paper) {
            folder.merge(
                    writer(from), Papers.of(device(from)).with(file, paper), (known, fresh) -> known.with(file, paper));
        }

        View view() {
            Papers present = blind ? Papers.of(device(number)) : ownPapers();
            View view = new View(writable, folder, present, electorate, retirable, version, List.copyOf(commands));
            commands.clear();
            return view;
        }

        void look() {
            Step step = Election.step(state, view(), new Now(now + monoOffset, WALL + now + skew, random.nextLong()));
            int done = 0;
            for (Action action : step.actions()) {
                if (done++ >= crashAfter) {
                    crash();
                    return;
                }
                perform(action);
            }
            state = step.next();
        }

        private void perform(Action action) {
            if (action instanceof Action.Persist persist) {
                disk = persist.memory();
                persisted++;
            } else if (action instanceof Action.Publish publish) {
                published.add(publish);
                receive(number, publish.number(), publish.paper());
                for (Actor to : actors) {
                    if (to != this && !cut.contains(number + "-" + to.number) && !lost.test(publish.paper())) {
                        travelling.add(new Parcel(now + delay, number, to.number, publish.number(), publish.paper()));
                    }
                }
            } else if (action instanceof Action.StartAfresh) {
                afresh = true;
            } else if (action instanceof Action.Retire retire) {
                electorate.remove(retire.device());
            } else if (action instanceof Action.Tell tell) {
                events.add(tell.event());
            }
        }

        void crash() {
            on = false;
            dead = true;
            crashAfter = Integer.MAX_VALUE;
        }

        void restart() {
            on = true;
            dead = false;
            state = fresh();
        }

        boolean started() {
            return state.incarnation() != 0 && !afresh;
        }

        Lock lastLock() {
            return (Lock) published.stream()
                    .map(Action.Publish::paper)
                    .filter(Lock.class::isInstance)
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }

        boolean leads() {
            return state.leadership(now + monoOffset).isPresent();
        }

        Phase phase() {
            return state.phase();
        }

        Optional<Token> token() {
            return state.leadership(now + monoOffset);
        }

        boolean isAsked(Question question) {
            return events.stream()
                    .anyMatch(event ->
                            event instanceof Event.Asked asked && asked.prompt().question() == question);
        }

        /** The questions that stand. */
        List<Question> questions() {
            return state.prompts().stream().map(Prompt::question).toList();
        }

        Ballot ballot() {
            return disk.ballot().orElseThrow();
        }

        Optional<Event.Reason> lastReason() {
            return events.stream()
                    .filter(Event.SteppedDown.class::isInstance)
                    .map(event -> ((Event.SteppedDown) event).reason())
                    .reduce((first, second) -> second);
        }

        boolean was(Class<? extends Event> type) {
            return events.stream().anyMatch(type::isInstance);
        }

        <P extends Paper> long count(Class<P> type) {
            return published.stream()
                    .filter(one -> type.isInstance(one.paper()))
                    .count();
        }

        Optional<Claim> effective() {
            return Claims.effective(folder, electorate);
        }
    }
}
