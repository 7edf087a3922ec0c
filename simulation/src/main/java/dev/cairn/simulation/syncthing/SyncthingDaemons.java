package dev.cairn.simulation.syncthing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A few real Syncthing daemons on this machine, each with one of the given folders, each connected to all the others.
 *
 * <pre>{@code
 * try (SyncthingDaemons daemons = SyncthingDaemons.start(List.of(a, b), SyncthingOptions.scanningOnDemand())) {
 *     Files.writeString(a.resolve("todo.txt"), "milk");
 *     daemons.scan();
 *     daemons.awaitIdle(Duration.ofSeconds(20));   // b has it
 * }
 * }</pre>
 *
 * <p>The daemons are numbered from 0 in the order of the folders. They end with {@link #close}, or with this process,
 * whatever happens. Written for Syncthing 1.19 and later, 2.x included. Thread-safe.
 */
public final class SyncthingDaemons implements AutoCloseable {

    private static final long POLL_MILLIS = 40;
    private static final String MARKER = ".stfolder";

    private final List<Path> folders;
    private final SyncthingOptions options;
    private final Path homes;
    private final List<Daemon> daemons = new ArrayList<>();
    private final Cuts cuts = new Cuts();
    private final Thread hook = new Thread(this::killAll, "syncthing-stopper");

    private SyncthingDaemons(List<Path> folders, SyncthingOptions options, Path homes) {
        this.folders = List.copyOf(folders);
        this.options = options;
        this.homes = homes;
    }

    /** Whether Syncthing is installed on this machine. */
    public static boolean available() {
        return Installation.find().isPresent();
    }

    /** The version of the installed Syncthing, such as 1.19.2. */
    public static Optional<String> version() {
        return Installation.find().map(Installation::version);
    }

    /**
     * Starts a daemon per folder and waits until all are connected.
     *
     * @param folders at least two existing directories of this machine; each gets the marker {@code .stfolder}
     * @throws IllegalStateException if Syncthing is not installed, or does not come up in time
     */
    public static SyncthingDaemons start(List<Path> folders, SyncthingOptions options) {
        if (folders.size() < 2) {
            throw new IllegalArgumentException("a daemon alone has nobody to talk to; folders: " + folders);
        }
        Installation installation = Installation.find()
                .orElseThrow(() -> new IllegalStateException("no syncthing on the search path; install it first"));
        try {
            SyncthingDaemons daemons =
                    new SyncthingDaemons(folders, options, Files.createTempDirectory("cairn-syncthing"));
            daemons.launch(installation);
            return daemons;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the daemons", e);
        }
    }

    private void launch(Installation installation) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        boolean started = false;
        try {
            prepare(installation);
            daemons.forEach(Daemon::start);
            for (Daemon daemon : daemons) {
                await("Syncthing does not answer", options.patience(), daemon::answers);
            }
            redial();
            awaitConnected();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private void prepare(Installation installation) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            Path home = Files.createDirectory(homes.resolve("daemon-" + i));
            installation.generate(home);
            ids.add(Configuration.idIn(home));
            Files.createDirectories(folders.get(i).resolve(MARKER));
        }
        // last, since making keys takes a while, in which another process may find the same ports free
        List<Integer> ports = freePorts(folders.size() * 2);
        List<Configuration.Peer> peers = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            peers.add(new Configuration.Peer(ids.get(i), ports.get(2 * i)));
        }
        for (int i = 0; i < folders.size(); i++) {
            Path home = homes.resolve("daemon-" + i);
            int guiPort = ports.get(2 * i + 1);
            Path folder = folders.get(i).toAbsolutePath();
            Files.writeString(
                    home.resolve("config.xml"), Configuration.xml(folder, peers.get(i), guiPort, peers, options));
            daemons.add(new Daemon(installation, home, peers.get(i).id(), guiPort));
        }
    }

    /** How many daemons there are. */
    public int size() {
        return folders.size();
    }

    /** The folder of a daemon. */
    public Path folder(int daemon) {
        return folders.get(daemon);
    }

    /** Lets every daemon look through its folder; returns when all have noticed what is there. */
    public void scan() {
        running().forEach(Daemon::scan);
    }

    /** Lets one daemon look through its folder. */
    public void scan(int daemon) {
        daemons.get(daemon).scan();
    }

    /** Lets one daemon look at one relative path of its folder, which is faster. */
    public void scan(int daemon, String path) {
        daemons.get(daemon).scan(path);
    }

    /**
     * Waits until every folder has all that the daemons know of which it is connected with. Changes which no daemon has
     * noticed yet are not waited for: {@link #scan()} first.
     *
     * @throws IllegalStateException if that takes longer than {@code limit}
     */
    public void awaitIdle(Duration limit) {
        await("Syncthing is not done", limit, this::isIdle);
    }

    /** Waits until all daemons which run are connected, except where they were cut off from each other. */
    public void awaitConnected() {
        await("the daemons do not find each other", options.patience(), this::areConnected);
    }

    /**
     * Whether all daemons which run are connected, except where they were cut off from each other, have heard
     * everything of those they are connected with which give anything, and have it in their folders.
     */
    public boolean isIdle() {
        return areConnected()
                && running().stream().filter(daemon -> !daemon.isReceiveOnly()).allMatch(this::isKnownToOthers)
                && running().stream().allMatch(Daemon::isComplete);
    }

    /** Cuts a daemon off from all the others. */
    public void pause(int daemon) {
        partition(Set.of(daemon));
    }

    /** Connects a daemon with all the others again, and waits until it is. */
    public void resume(int daemon) {
        for (int other = 0; other < size(); other++) {
            setCut(daemon, other, false);
        }
        awaitConnected();
    }

    /**
     * Cuts the daemons into groups which are not connected with each other, and waits until they are not. Daemons which
     * are not named are one group more. Earlier cuts stay.
     */
    @SafeVarargs
    public final void partition(Set<Integer>... groups) {
        for (Set<Integer> group : groups) {
            for (int member : group) {
                for (int other = 0; other < size(); other++) {
                    if (!group.contains(other)) {
                        setCut(member, other, true);
                    }
                }
            }
        }
        await(
                "the daemons do not part",
                options.patience(),
                () -> pairs(cuts::isCut).noneMatch(pair -> pair.one.isConnectedTo(pair.other)));
    }

    /** Connects all daemons again, and waits until they are. */
    public void heal() {
        for (int daemon = 0; daemon < size(); daemon++) {
            for (int other = 0; other < daemon; other++) {
                setCut(daemon, other, false);
            }
        }
        awaitConnected();
    }

    /** Ends a daemon properly, and waits until the others have noticed. */
    public void stop(int daemon) {
        daemons.get(daemon).stop();
        awaitMissed(daemons.get(daemon));
    }

    /** Ends a daemon at once, as a crash does, and waits until the others have noticed. */
    public void kill(int daemon) {
        daemons.get(daemon).kill();
        awaitMissed(daemons.get(daemon));
    }

    private void awaitMissed(Daemon gone) {
        await(
                "the end of a daemon is not noticed",
                options.patience(),
                () -> running().stream().noneMatch(other -> other.isConnectedTo(gone)));
    }

    /** Starts a daemon which was stopped or killed, and waits until it is connected. */
    public void start(int daemon) {
        Daemon one = daemons.get(daemon);
        if (!one.isAlive()) {
            one.start();
        }
        await("Syncthing does not answer", options.patience(), one::answers);
        daemons.stream().filter(other -> other != one).forEach(other -> apply(one, other));
        redial();
        awaitConnected();
    }

    /** Stops a daemon and starts it again. */
    public void restart(int daemon) {
        stop(daemon);
        start(daemon);
    }

    /**
     * Starts a daemon anew as one which receives only, and tells the others nothing of what happens in its own folder;
     * or as one which does both again.
     */
    public void receiveOnly(int daemon, boolean only) {
        stop(daemon);
        daemons.get(daemon).receiveOnly(only);
        start(daemon);
    }

    /** Ends all daemons and deletes what they wrote outside of the folders. */
    @Override
    public void close() {
        running().forEach(Daemon::askToStop);
        daemons.forEach(Daemon::stop);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what runs us.
        }
        deleteHomes();
    }

    private void killAll() {
        daemons.forEach(Daemon::kill);
        deleteHomes();
    }

    private List<Daemon> running() {
        return daemons.stream().filter(Daemon::isAlive).toList();
    }

    private void setCut(int one, int other, boolean cut) {
        Daemon dialling = daemons.get(Math.min(one, other));
        Daemon listening = daemons.get(Math.max(one, other));
        if (one != other && cuts.set(dialling, listening, cut)) {
            apply(listening, dialling);
            apply(dialling, listening);
        }
    }

    /** Lets daemons dial at once which found nobody when they tried, and would try again after seconds only. */
    private void redial() {
        pairs((one, other) -> daemons.indexOf(one) < daemons.indexOf(other) && !cuts.isCut(one, other))
                .filter(pair -> !pair.one.isConnectedTo(pair.other))
                .forEach(pair -> {
                    pair.one.talkTo(pair.other, false);
                    pair.one.talkTo(pair.other, true);
                });
    }

    /** Tells a daemon which runs whether to talk to another one; it remembers when it is started again. */
    private void apply(Daemon daemon, Daemon other) {
        if (daemon.isAlive()) {
            daemon.talkTo(other, !cuts.isCut(daemon, other));
        }
    }

    private boolean areConnected() {
        return pairs((one, other) -> !cuts.isCut(one, other)).allMatch(pair -> pair.one.isConnectedTo(pair.other));
    }

    private boolean isKnownToOthers(Daemon daemon) {
        long sequence = daemon.ownSequence();
        return running().stream()
                .filter(other -> other != daemon && !cuts.isCut(other, daemon))
                .allMatch(other -> other.isEvenWith(daemon, sequence));
    }

    private record Pair(Daemon one, Daemon other) {}

    private Stream<Pair> pairs(BiPredicate<Daemon, Daemon> wanted) {
        List<Daemon> running = running();
        return running.stream()
                .flatMap(one -> running.stream()
                        .filter(other -> other != one && wanted.test(one, other))
                        .map(other -> new Pair(one, other)));
    }

    private void await(String complaint, Duration limit, BooleanSupplier done) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(complaint + " after " + limit.toSeconds() + " s:\n" + logs());
            }
            for (Daemon daemon : running()) {
                daemon.linger(POLL_MILLIS / Math.max(1, daemons.size()));
            }
        }
    }

    private String logs() {
        return String.join("\n---\n", daemons.stream().map(Daemon::logTail).toList());
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private void deleteHomes() {
        try (Stream<Path> files = Files.walk(homes)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            homes.toFile().deleteOnExit();
        }
    }
}
