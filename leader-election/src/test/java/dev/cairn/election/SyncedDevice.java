package dev.cairn.election;

import dev.cairn.election.Founding.Contents;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Papers;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import dev.cairn.format.folder.Pause;
import dev.cairn.replica.ElectionFolder;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a {@link SyncedFleet}: a disk with the folder and with what the election must not forget, a local
 * store, two clocks, and a process that may be dead or asleep.
 */
final class SyncedDevice {
    private static final int REFRESH_TICKS = 4;
    private static final int DUTY_TICKS = 24;

    final SyncedFleet fleet;
    final String name;
    final VirtualClock clock;
    final List<Event> events = new ArrayList<>();
    /** The writers under which this machine wrote, the current one last. */
    final List<WriterId> writers = new ArrayList<>();
    /** What lies of its own in the folder, by kind, and how often it was another one than before. */
    final Map<FileKind, ElectionFile> papers = new EnumMap<>(FileKind.class);

    final Map<FileKind, Integer> published = new EnumMap<>(FileKind.class);
    /** Files which the process has written or deleted. */
    final Set<String> touched = new TreeSet<>();
    /** Files it has moved into their place and of which it is not known yet what they say. */
    private final Set<String> placed = new TreeSet<>();

    /** All papers it ever published, and their files by path and bytes. */
    final List<ElectionFile> everSaid = new ArrayList<>();

    final List<Vote> everVoted = new ArrayList<>();

    final List<Map.Entry<String, byte[]>> everPublished = new ArrayList<>();

    private final FaultyFileSystem disk;
    private final Path folder;
    private final Path memory;
    private Path state;
    private @Nullable Space space;
    private @Nullable LeaderElection election;
    private @Nullable ElectionFolder look;
    private boolean awake = true;
    private long stoodMillis;
    private long sleptAt;
    /** Operations on the disk until the process ends by force; none while negative. */
    private int fuse = -1;

    /** Whether it is the process, and not the test, which uses the disk. */
    private boolean working;

    private PowerLoss loss = PowerLoss.NOTHING_LOST;

    SyncedDevice(SyncedFleet fleet, int number, Founding.Home home) {
        this.fleet = fleet;
        this.name = "machine-" + number;
        this.clock = fleet.sync.time().clock();
        this.disk = SimulatedDisks.unix().newFaultyDisk(clock);
        Path root = disk.real().getRootDirectories().iterator().next();
        Path plain = root.resolve("folder");
        this.folder = disk.wrap(plain);
        this.memory = disk.wrap(root.resolve("state"));
        this.state = fleet.newState();
        try {
            Files.createDirectories(plain);
            Files.createDirectories(root.resolve("state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.folder().writeTo(plain);
        home.state().writeTo(state);
        home.memory().writeTo(root.resolve("state"));
        fleet.sync.join(name, plain, clock);
    }

    /** What a copy of this machine's disk has. */
    Founding.Home home() {
        return new Founding.Home(
                Contents.of(disk.unwrap(folder)), Contents.of(state), Contents.of(disk.unwrap(memory)));
    }

    /** The folder as the user and the tool see it. */
    Path folder() {
        return disk.unwrap(folder);
    }

    /** The file of a paper of this device's own, as the user and the tool see it. */
    Path file(FileKind kind) {
        return folder().resolve("devices").resolve(writer().toString()).resolve(kind.label() + ".cairn");
    }

    Path leaderFile() {
        return disk.unwrap(memory).resolve("election").resolve("leader.lock");
    }

    void start() {
        disk.set(this::operation);
        attempt(() -> {
            Space opened = Space.open(
                    folder,
                    SpaceOptions.inState(state).toBuilder()
                            .deviceName(name)
                            .clock(clock)
                            .random(new SeededRandom(fleet.random.nextLong()))
                            .executor(Runnable::run)
                            .pause(Pause.none())
                            .build());
            space = opened;
            look = opened.electionFolder();
            ElectionOptions options = ElectionOptions.defaults()
                    .with(fleet.settings.mode())
                    .with(fleet.settings.timers())
                    .simulated(clock, this::mono, new Random(fleet.random.nextLong()));
            LeaderElection attached =
                    LeaderElection.attach(opened, options, event -> {}, memory, fleet.settings.rules());
            attached.onEvent(events::add);
            election = attached;
        });
        audit();
    }

    private long mono() {
        return fleet.sync.time().elapsed().toMillis() - stoodMillis;
    }

    /** One operation of the process on its disk. */
    private void operation(DiskOperation operation, Path path) {
        if (operation == DiskOperation.MOVE || operation == DiskOperation.DELETE || operation == DiskOperation.WRITE) {
            touched.add(path.toString());
        }
        if (operation == DiskOperation.MOVE) {
            placed.add(path.toString());
        }
        if (working && fuse >= 0 && fuse-- == 0) {
            disk.cutPower();
            throw new PowerCutError(operation + " of " + path);
        }
    }

    /** Lets the process end by force after so many operations on its disk. */
    void dieAfter(int operations, PowerLoss how) {
        fuse = operations;
        loss = how;
    }

    /** Ends the process by force, now. */
    void crash() {
        if (isRunning()) {
            disk.cutPower();
            bury();
        }
    }

    /** Does something for the user; tells whether it returned, and did not end with the process. */
    boolean tries(Runnable work) {
        boolean[] returned = {false};
        attempt(() -> {
            work.run();
            returned[0] = true;
        });
        return returned[0];
    }

    private void attempt(Runnable work) {
        working = true;
        try {
            work.run();
        } catch (PowerCutError end) {
            bury();
        } catch (RuntimeException wrapped) {
            for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
                if (cause instanceof PowerCutError) {
                    bury();
                    return;
                }
            }
            throw wrapped;
        } finally {
            working = false;
        }
    }

    private void bury() {
        fuse = -1;
        if (fleet.copied.containsAll(writers)) {
            placed.clear(); // what lies there when it starts again may be the other machine's
        }
        Contents kept = Contents.of(state);
        state = fleet.newState();
        kept.writeTo(state);
        Space dead = space;
        space = null;
        election = null;
        look = null;
        try {
            if (dead != null) {
                dead.close();
            }
        } catch (PowerCutError | RuntimeException end) {
            space = null; // it ends where it first needs its disk
        }
        try {
            disk.restorePower(loss, fleet.random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loss = PowerLoss.NOTHING_LOST;
        disk.set(this::operation);
    }

    void sleep() {
        awake = false;
        sleptAt = fleet.sync.time().elapsed().toMillis();
    }

    /** Wakes up; the monotonic clock may have stood still meanwhile. */
    void wake(boolean stood) {
        awake = true;
        if (stood) {
            stoodMillis += fleet.sync.time().elapsed().toMillis() - sleptAt;
        }
    }

    /** Deletes a file of another device by its own process, which none does. */
    void meddle(String path) {
        try {
            Files.deleteIfExists(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return election != null;
    }

    boolean isAwake() {
        return isRunning() && awake;
    }

    void tick() {
        if (!isAwake()) {
            return;
        }
        attempt(() -> {
            if (fleet.ticks % REFRESH_TICKS == 0) {
                space().refresh();
                space().flush();
            }
            if (fleet.ticks % DUTY_TICKS == 0) {
                space().duties();
            }
            election().look();
        });
        fuse = -1;
        audit();
    }

    /** Looks what there is of its own in the folder now. */
    private void audit() {
        ElectionFolder folderNow = look;
        if (folderNow == null) {
            return;
        }
        WriterId writer = folderNow.writer();
        if (!writers.contains(writer)) {
            writers.add(writer);
            papers.clear();
        }
        List<ElectionFile> files = new ArrayList<>(folderNow.look().files());
        files.sort(Comparator.comparingLong(ElectionFile::number));
        for (ElectionFile file : files) {
            ElectionFile before = papers.get(file.paper().kind());
            if (file.writer().equals(writer)
                    && (before == null || before.number() < file.number())
                    && placed.remove(file(file.paper().kind()).toString())) {
                papers.put(file.paper().kind(), file);
                published.merge(file.paper().kind(), 1, Integer::sum);
                everSaid.add(file);
                record(file.paper());
            }
        }
    }

    private void record(Paper paper) {
        if (paper instanceof Vote vote) {
            everVoted.add(vote);
        }
        try {
            Path file = file(paper.kind());
            everPublished.add(Map.entry(folder().relativize(file).toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything of the election that lies in its folder and is genuine. */
    Map<WriterId, Papers> view() {
        Map<WriterId, Papers> view = new TreeMap<>();
        for (ElectionFile file : files()) {
            view.merge(file.writer(), Papers.of(file.device()).with(file), (known, fresh) -> known.with(file));
        }
        return view;
    }

    Papers papersOf(WriterId writer) {
        return Objects.requireNonNull(view().get(writer), "nothing of that writer");
    }

    Collection<ElectionFile> files() {
        return Objects.requireNonNull(look, "not running").look().files();
    }

    Space space() {
        return Objects.requireNonNull(space, "not running");
    }

    LeaderElection election() {
        return Objects.requireNonNull(election, "not running");
    }

    WriterId writer() {
        return writers.get(writers.size() - 1);
    }

    boolean leads() {
        return isAwake() && election().leads();
    }

    Optional<Token> token() {
        return isAwake() ? election().token() : Optional.empty();
    }

    Phase phase() {
        return election().status().phase().orElseThrow();
    }

    Optional<Claim> effective() {
        return election().status().leader();
    }

    Lock lock() {
        return (Lock) paper(FileKind.LOCK);
    }

    Claim claim() {
        return (Claim) paper(FileKind.CLAIM);
    }

    Ballot ballot() {
        return (Ballot) paper(FileKind.BALLOT);
    }

    Request request() {
        return (Request) paper(FileKind.REQUEST);
    }

    private Object paper(FileKind kind) {
        return Objects.requireNonNull(papers.get(kind), name + " has published no " + kind.label())
                .paper();
    }

    int count(FileKind kind) {
        return published.getOrDefault(kind, 0);
    }

    boolean was(Class<? extends Event> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    boolean isAsked(Question question) {
        return events.stream()
                .anyMatch(event ->
                        event instanceof Event.Asked asked && asked.prompt().question() == question);
    }

    void close() {
        if (isRunning()) {
            fuse = -1;
            election().close();
            space().close();
            election = null;
            space = null;
            look = null;
        }
    }

    /** Says good-bye and ends. */
    void leave() {
        close();
    }

    @Override
    public String toString() {
        return name + (isRunning() ? " " + election().status() : " dead");
    }
}
