package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Token;
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
import java.util.function.Predicate;

/** Some devices in virtual time, whose files a test carries, delays, loses and brings back. */
final class Stage {
    static final long TICK = 5_000;
    static final long WALL = 1_700_000_000_000L;

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

    void seconds(long seconds) {
        long end = now + seconds * 1000;
        while (now < end) {
            tick();
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
            this.folder.put(writer(number), Papers.of(device(number)));
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
            View view = new View(writable, folder, ownPapers(), electorate, retirable, version, List.copyOf(commands));
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
