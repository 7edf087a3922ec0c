package dev.cairn.simulation;

import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.profile.Topology;
import dev.cairn.simulation.time.VirtualClock;
import dev.cairn.simulation.time.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sync tool which joins the folders of several devices, and behaves as badly as real ones do.
 *
 * <p>The folders are any paths: of a {@linkplain dev.cairn.simulation.disk.SimulatedDisks simulated disk}, or real
 * directories. The application works in them as ever and knows nothing of the simulation. Nothing happens but in
 * {@link #step()}, {@link #advance} and {@link #settle}, on the caller's thread, and everything follows from the
 * profile, the seed and what the application did: the same run gives the same {@link #timeline()}, byte for byte.
 *
 * <pre>{@code
 * SimulatedSync sync = SimulatedSync.of(SyncProfile.syncthing(), seed).join("phone", phone).join("laptop", laptop);
 * Files.writeString(phone.resolve("todo.txt"), "milk");
 * sync.settle();
 * }</pre>
 *
 * <p>Application threads may write to the folders meanwhile (then the run is no longer repeatable), but this object
 * itself is not thread-safe.
 */
public final class SimulatedSync {

    /** A sync that still works after so many events without a pause does not come to an end. */
    private static final long SETTLE_EVENTS_MAX = 20_000_000;

    private final Tool tool;
    private final Exchange exchange;
    private final @Nullable Server server;
    private final Map<String, SyncedFolder> folders = new LinkedHashMap<>();
    private final Map<String, FolderSnapshot> unmounted = new HashMap<>();

    private SimulatedSync(SyncProfile profile, long seed, VirtualTime time) {
        tool = new Tool(profile, time, seed, this::wakeAll);
        exchange = new Exchange(tool);
        server = profile.topology() == Topology.SERVER ? new Server(tool, exchange) : null;
        if (server != null) {
            exchange.add(server);
        }
    }

    /** A tool in a world of its own, which begins on the first of January 2026. */
    public static SimulatedSync of(SyncProfile profile, long seed) {
        return new SimulatedSync(profile, seed, VirtualTime.start());
    }

    /** A tool in a given world, beside other tools or with disks that show its time. */
    public static SimulatedSync of(SyncProfile profile, long seed, VirtualTime time) {
        return new SimulatedSync(profile, seed, time);
    }

    /** Joins a device whose clock is right. */
    public SimulatedSync join(String device, Path folder) {
        return join(device, folder, tool.time().clock());
    }

    /**
     * Joins a device: what its folder holds is merged with what the others have.
     *
     * @param device a name of its own, which some tools write into the names of conflict copies
     * @param folder an existing directory
     * @param clock what the device believes the time to be
     */
    public SimulatedSync join(String device, Path folder, VirtualClock clock) {
        if (device.isBlank() || folders.containsKey(device)) {
            throw new IllegalArgumentException("a device needs a name of its own, not '" + device + "'");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("not a directory: " + folder);
        }
        SyncedFolder joined = new SyncedFolder(folders.size() + 1, device, folder, clock, tool, exchange);
        folders.put(device, joined);
        tool.log(device, SyncAction.JOINED, tool.profile().name());
        exchange.add(joined);
        return this;
    }

    /** The time of this world; plan events of the application there. */
    public VirtualTime time() {
        return tool.time();
    }

    /** What a device believes the time to be; set it wrong as you like. */
    public VirtualClock clock(String device) {
        return folder(device).clock();
    }

    /** The names of all devices in the order in which they joined. */
    public List<String> devices() {
        return List.copyOf(folders.keySet());
    }

    /** Whether the tool has nothing to do: all it knows of and can reach is where it belongs. */
    public boolean isIdle() {
        return !tool.isBusy()
                && folders.values().stream().noneMatch(folder -> folder.watch().findsAnything());
    }

    /**
     * Runs the next event of the world, unless the tool is idle.
     *
     * @return whether it was not
     */
    public boolean step() {
        return !isIdle() && tool.time().step();
    }

    /** Lets {@code span} pass, with all that happens in it. */
    public void advance(Duration span) {
        tool.time().advance(span);
    }

    /**
     * Lets time pass until the tool is idle.
     *
     * @return how much time has passed
     * @throws IllegalStateException if it never is, since the application writes without end
     */
    public Duration settle() {
        Instant start = tool.time().now();
        long[] events = {0};
        tool.time().runWhile(() -> !isIdle() && ++events[0] <= SETTLE_EVENTS_MAX);
        if (events[0] > SETTLE_EVENTS_MAX) {
            throw new IllegalStateException("no end after " + SETTLE_EVENTS_MAX + " events, the last of which are\n"
                    + String.join("\n", tool.timeline().tail(20)));
        }
        return Duration.between(start, tool.time().now());
    }

    /** Switches the network of a device off. */
    public void disconnect(String device) {
        tool.log(device, SyncAction.CONNECTION, "off");
        exchange.setOffline(folder(device), true);
    }

    /** Switches it on again. */
    public void reconnect(String device) {
        tool.log(device, SyncAction.CONNECTION, "on");
        exchange.setOffline(folder(device), false);
    }

    /**
     * Cuts the network into groups which cannot reach each other. Devices which are not named are one group more. The
     * server of a tool that has one stays with them, or with the first group if all are named; the others then reach
     * nobody.
     */
    @SafeVarargs
    public final void partition(Set<String>... groups) {
        Map<Node, Integer> numbers = new HashMap<>();
        List<Set<String>> cut = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            cut.add(new TreeSet<>(groups[i]));
            for (String device : groups[i]) {
                numbers.put(folder(device), i + 1);
            }
        }
        if (server != null && numbers.size() == folders.size()) {
            numbers.put(server, 1);
        }
        tool.log("network", SyncAction.CONNECTION, "cut into " + cut + " and the rest");
        exchange.group(numbers);
    }

    /** Ends every partition and switches every device on. */
    public void heal() {
        tool.log("network", SyncAction.CONNECTION, "healed");
        exchange.heal();
    }

    /** The files of a device's folder as they are now, without what the tool ignores. */
    public FolderSnapshot snapshot(String device) {
        return FolderSnapshot.of(folder(device));
    }

    /**
     * Puts the folder of a device back to what it was, as a restored backup does. The tool remembers what it did since
     * and takes the old state for a change: it will spread.
     */
    public void rollBack(String device, FolderSnapshot snapshot) {
        SyncedFolder folder = folder(device);
        tool.log(device, SyncAction.FOLDER, "rolled back to " + snapshot);
        Folders.clear(folder, path -> !snapshot.images().containsKey(path));
        Folders.fill(folder, snapshot);
        folder.watch().wake();
    }

    /** Puts the files of a snapshot back which are not there, as a user does out of a waste-paper basket. */
    public void putBack(String device, FolderSnapshot snapshot) {
        SyncedFolder folder = folder(device);
        tool.log(device, SyncAction.FOLDER, "put back " + snapshot);
        Folders.fillGaps(folder, snapshot);
        folder.watch().wake();
    }

    /** Lets the tool of a device forget all it knew of its folder, as after the loss of its database. */
    public void forgetVersions(String device) {
        tool.log(device, SyncAction.FOLDER, "versions forgotten");
        SyncedFolder folder = folder(device);
        folder.forgetVersions();
        folder.watch().wake();
        exchange.catchUp(folder);
    }

    /** Deletes every file of a folder, as a user may. The deletions will spread. */
    public void empty(String device) {
        tool.log(device, SyncAction.FOLDER, "emptied");
        SyncedFolder folder = folder(device);
        Folders.clear(folder, path -> true);
        folder.watch().wake();
    }

    /** Takes the disk with the folder away: an empty mount point is left, and the tool of the device stops. */
    public void unmount(String device) {
        SyncedFolder folder = folder(device);
        if (unmounted.putIfAbsent(device, FolderSnapshot.of(folder)) == null) {
            tool.log(device, SyncAction.FOLDER, "unmounted");
            folder.setUnmounted(true);
            Folders.clear(folder, path -> true);
        }
    }

    /** Brings the disk back as it was. */
    public void mount(String device) {
        SyncedFolder folder = folder(device);
        FolderSnapshot files = unmounted.remove(device);
        if (files != null) {
            tool.log(device, SyncAction.FOLDER, "mounted");
            Folders.fill(folder, files);
            folder.setUnmounted(false);
            folder.watch().wake();
            exchange.catchUp(folder);
        }
    }

    /**
     * Brings a deleted file back, as an old peer or an emptied waste-paper basket does. It will spread.
     *
     * @return whether the device still had it
     */
    public boolean resurrect(String device, String path) {
        SyncedFolder folder = folder(device);
        return folder.graveyard()
                .exhume(path)
                .map(content -> {
                    folder.disk().write(path, content, content.size());
                    tool.log(device, SyncAction.RESURRECTED, path);
                    folder.watch().wake();
                    return true;
                })
                .orElse(false);
    }

    /** The paths of the newest deleted files of a device, which {@link #resurrect} can bring back. */
    public List<String> deleted(String device) {
        return folder(device).graveyard().paths();
    }

    /** Writes a line of the application, or of whoever drives the world, into the timeline. */
    public void note(String device, String text) {
        tool.log(device, SyncAction.HAPPENED, text);
    }

    /** The files which {@link #evict} can make placeholders of. */
    public List<String> evictable(String device) {
        return folder(device).receiver().evictable();
    }

    /** The files which are placeholders on a device. */
    public List<String> evicted(String device) {
        return folder(device).receiver().evicted();
    }

    /** Removes the content of a file from a device to save space, and leaves the tool's placeholder. */
    public void evict(String device, String path) {
        folder(device).receiver().evict(path);
    }

    /** Brings the content of an evicted file back. */
    public void download(String device, String path) {
        folder(device).receiver().download(path);
    }

    /**
     * Every file which some device has and another one has not, or has with another content. Empty when the folders of
     * all devices are equal, conflict copies which are not sent and ignored files aside.
     */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        List<String> devices = devices();
        for (int i = 1; i < devices.size(); i++) {
            String first = devices.get(0);
            String other = devices.get(i);
            Folders.compare(snapshot(first), snapshot(other), first + " and " + other, differences);
        }
        return differences;
    }

    /** What happened so far, line by line. */
    public Timeline timeline() {
        return tool.timeline();
    }

    /** What happened so far, in figures. */
    public SyncCounters counters() {
        return tool.counters();
    }

    private void wakeAll() {
        for (SyncedFolder folder : folders.values()) {
            folder.watch().wake();
        }
    }

    private SyncedFolder folder(String device) {
        SyncedFolder folder = folders.get(device);
        if (folder == null) {
            throw new IllegalArgumentException("no device '" + device + "' among " + folders.keySet());
        }
        return folder;
    }
}
