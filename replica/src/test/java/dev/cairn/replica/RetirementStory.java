package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.FileKind;
import dev.cairn.replica.Fleet.Backup;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.store.OwnFile;
import dev.cairn.simulation.disk.PowerLoss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One random history of a fleet that compacts all the time while everything is done to it that happens to folders,
 * states and machines. Invariant I1 is looked at after every event; in the end every device has every change that was
 * acknowledged, and so has a new one.
 */
final class RetirementStory implements AutoCloseable {
    /** Devices at the same time, copied machines included: a few are enough for all that can go wrong. */
    private static final int DEVICES_MAX = 5;
    /** Days after which a silent device is not waited for, and a few more. */
    private static final int MONTHS_DAYS = 34;
    /** Between two on which somebody writes and compacts. */
    private static final int BUSY_DAYS = 6;
    /** About as many as one work of a device does in its folder, so that some end before the power goes. */
    private static final int OPERATIONS_MAX = 60;
    /** So often files are exchanged, that an answer to an answer arrives. */
    private static final int ROUNDS = 2;

    private final Fleet fleet;
    private final Random random;
    private final RetirementTally tally;
    private final PlantedFault fault;
    private final InvariantOne invariant;
    private final SpreadingFolders folders = new SpreadingFolders();
    private final Set<String> acknowledged = new TreeSet<>();
    private final List<String> story = new ArrayList<>();
    private final Map<String, byte[]> graveyard = new TreeMap<>();
    private final Map<Device, Saved> saved = new LinkedHashMap<>();
    private final Set<Device> away = new LinkedHashSet<>();
    private final Set<Device> unsent = new HashSet<>();
    /** Devices with a state that was rolled back, whose files have not reached the others since. */
    private final Set<Device> forgetful = new HashSet<>();

    private int machines = 1;

    /** What a backup has of a device. */
    private record Saved(Backup state, Backup folder) {}

    /** A mistake in what retirement does, to see that it is noticed. */
    enum PlantedFault {
        NONE,
        /** Segments go although no checkpoint holds what is in them. */
        SEGMENTS_WITHOUT_CHECKPOINT,
        /** The checkpoints go for which segments went. */
        CHECKPOINT_GIVEN_UP
    }

    RetirementStory(Path states, long seed, RetirementTally tally, PlantedFault fault) {
        this.fleet = new Fleet(states)
                .retiringAfter(Duration.ofDays(1))
                .onFaultyDisks()
                .seeded(seed);
        this.random = new Random(seed);
        this.tally = tally;
        this.fault = fault;
        this.invariant = new InvariantOne(fleet);
    }

    @Override
    public void close() {
        fleet.close();
    }

    void live(int events) {
        Device owner = fleet.create("d0");
        fleet.join(owner, "d1");
        fleet.join(owner, "d2");
        for (int i = 0; i < events; i++) {
            RetirementTally.Event event = RetirementTally.Event.any(random);
            Device device = any(present());
            story.add(i + ": " + event + " at " + device.name);
            Map<Device, RetirementTally.Look> before = looks();
            if (happens(event, device)) {
                tally.happened(event);
            }
            before.forEach((one, look) -> tally.compare(look, new RetirementTally.Look(one)));
            plant();
            holds();
        }
        end(owner);
    }

    private void holds() {
        assertThat(invariant.broken())
                .as(() -> "I1: what no file holds\n" + String.join("\n", story))
                .isEmpty();
    }

    private Map<Device, RetirementTally.Look> looks() {
        Map<Device, RetirementTally.Look> looks = new HashMap<>();
        fleet.devices().forEach(device -> looks.put(device, new RetirementTally.Look(device)));
        return looks;
    }

    private void plant() {
        for (Device device : present()) {
            boolean withdrew = new RetirementTally.Look(device).withdrawnThrough() > 0;
            if (fault == PlantedFault.SEGMENTS_WITHOUT_CHECKPOINT) {
                giveUp(device, FileKind.SEGMENT);
            } else if (fault == PlantedFault.CHECKPOINT_GIVEN_UP && withdrew) {
                present().forEach(one -> giveUp(one, FileKind.CHECKPOINT));
            }
        }
    }

    private static void giveUp(Device device, FileKind kind) {
        Replica replica = device.space.replica();
        replica.locked(() -> replica.store().write(() -> {
            replica.store().own().in(OwnFile.State.PUBLISHED).stream()
                    .filter(file -> file.name().kind() == kind)
                    .forEach(file -> replica.store().own().set(file.id(), OwnFile.State.TO_RETIRE));
            return true;
        }));
        device.space.flush();
    }

    private void end(Device owner) {
        story.add("the end");
        away.clear();
        fleet.devices().forEach(device -> device.space.compaction().comeBack());
        for (int round = 0; round < 3; round++) {
            fleet.sync();
        }
        holds();
        for (Device device : fleet.devices()) {
            hasEverything(device, owner);
        }
        Device fresh = fleet.join(owner, "fresh");
        fleet.sync();
        hasEverything(fresh, owner);
    }

    private void hasEverything(Device device, Device owner) {
        assertThat(device.space.document("all").map().entries().keySet())
                .as(() -> device.name + "\n" + String.join("\n", story))
                .containsAll(acknowledged);
        assertThat(device.space.stateHash())
                .as(() -> device.name + ": " + device.space.status() + "\n" + owner.space.status() + "\n"
                        + String.join("\n", story))
                .isEqualTo(owner.space.stateHash());
        assertThat(device.space.status().waiting())
                .as(() -> device.name + "\n" + String.join("\n", story))
                .isEmpty();
    }

    /** The devices that are not away. */
    private List<Device> present() {
        return fleet.devices().stream().filter(device -> !away.contains(device)).toList();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns whether it could happen. */
    private boolean happens(RetirementTally.Event event, Device device) {
        return switch (event) {
            case COMMIT -> commit(device);
            case SEAL -> done(device::sealAll);
            case DAYS -> done(() -> days(3));
            case CHECKPOINT -> checkpoint(device);
            case SOME_FILES -> done(() -> copySome(device, any(present())));
            case RESTART -> done(device::restart);
            case SOME_ONLINE -> someOnline();
            case FILE_LOST -> lose(device);
            case FILES_BACK -> resurrect(device);
            case TWO_LEADERS -> twoLeaders(device);
            case RETIRED -> retire(device);
            case RETURNED -> comeBack();
            case BACKUP -> done(() -> back(device));
            case STATE_ROLLED_BACK -> rollState(device);
            case MACHINE_ROLLED_BACK -> rollMachine(device);
            case FOLDER_ROLLED_BACK -> rollFolder(device);
            case FOLDER_RESURRECTED -> resurrectFolder(device);
            case CLONED -> cloneMachine(device);
            case MONTHS_AWAY -> leave(device);
            case BACK_AFTER_MONTHS -> arrive();
            case POWER_LOST -> crash(device);
        };
    }

    private static boolean done(Runnable action) {
        action.run();
        return true;
    }

    private boolean commit(Device device) {
        write(device);
        return device.space.flush();
    }

    private void write(Device device) {
        String key = "k" + acknowledged.size();
        device.space.commit(tx -> {
            tx.on("all").map().put(key, key);
            tx.on("prose").text("body").insert(0, key);
        });
        acknowledged.add(key);
    }

    private void days(int count) {
        for (int i = 0; i < count; i++) {
            day(ROUNDS);
            holds();
        }
    }

    private void day(int rounds) {
        fleet.clock.advance(Duration.ofDays(1));
        folders.sync(present(), rounds);
        forgetful.removeAll(present());
    }

    private boolean someOnline() {
        List<Device> online = new ArrayList<>(present());
        online.remove(random.nextInt(online.size()));
        fleet.clock.advance(Duration.ofDays(1));
        folders.sync(online, ROUNDS);
        return online.size() > 1;
    }

    private static boolean checkpoint(Device device) {
        return device.space.status().changes() > 0
                && device.space.compaction().checkpoint((done, total) -> {}).fresh();
    }

    /** Two devices compact what neither knows of the other yet. */
    private boolean twoLeaders(Device device) {
        Device other = any(present());
        if (other == device) {
            return false;
        }
        write(device);
        write(other);
        return checkpoint(device) && checkpoint(other);
    }

    private void copySome(Device from, Device to) {
        List<String> paths = new ArrayList<>(folders.own(from));
        Collections.shuffle(paths, random);
        paths.subList(0, random.nextInt(paths.size() + 1)).forEach(path -> from.copyTo(to, path));
    }

    /** A file goes from one copy of the folder, and comes back later; its own writer's copy is not touched. */
    private boolean lose(Device device) {
        List<String> paths = new ArrayList<>(device.files());
        paths.removeAll(folders.own(device));
        paths.removeIf(path -> !path.endsWith(".cairn"));
        if (paths.isEmpty()) {
            return false;
        }
        String path = any(paths);
        graveyard.put(path, device.read(path));
        device.delete(path);
        folders.forget(device, path);
        return true;
    }

    private boolean resurrect(Device device) {
        graveyard.forEach(device::receive);
        device.space.refresh();
        return device.space.flush() && !graveyard.isEmpty();
    }

    private boolean retire(Device device) {
        Compaction compaction = fleet.devices().get(0).space.compaction();
        List<Device> others = fleet.devices().stream()
                .filter(one ->
                        !one.space.device().equals(fleet.devices().get(0).space.device()))
                .filter(one -> !compaction.isRetired(one.space.device()))
                .toList();
        if (others.isEmpty() || away.contains(fleet.devices().get(0))) {
            return false;
        }
        Device retired = others.contains(device) ? device : any(others);
        compaction.retire(retired.space.device());
        compaction.cleanRetired();
        return fleet.devices().get(0).space.flush();
    }

    private boolean comeBack() {
        List<Device> retired = present().stream()
                .filter(device -> device.space.compaction().isRetired())
                .toList();
        retired.forEach(device -> device.space.compaction().comeBack());
        return !retired.isEmpty();
    }

    private void back(Device device) {
        device.space.close();
        saved.put(device, new Saved(device.backupState(), device.backup()));
        device.open();
    }

    /** The state is an old one; the folder is as it was, with all that was published since. */
    private boolean rollState(Device device) {
        Saved old = saved.get(device);
        if (old == null || !device.space.flush()) {
            return false;
        }
        folders.own(device);
        device.space.close();
        device.restoreState(old.state());
        device.open();
        device.space.refresh();
        forgetful.add(device);
        return true;
    }

    /** State and folder are old ones; what this device has done since is in the others' folders only. */
    private boolean rollMachine(Device device) {
        Saved old = saved.get(device);
        List<Device> present = present();
        if (old == null || present.size() < 2) {
            return false;
        }
        folders.sync(present, ROUNDS);
        device.space.close();
        device.restoreState(old.state());
        device.restore(old.folder());
        folders.index(device);
        device.open();
        return true;
    }

    /**
     * The folder is an old one, and its device notices before anybody else looks. A device which has forgotten a writer
     * of its own as well does not know that such files are its own: it publishes what was in them a day later, as
     * anybody else does.
     */
    private boolean rollFolder(Device device) {
        Saved old = saved.get(device);
        if (old == null || forgetful.contains(device)) {
            return false;
        }
        device.restore(old.folder());
        folders.index(device);
        device.space.refresh();
        return device.space.flush();
    }

    /** All files of long ago are back, beside the newer ones. */
    private boolean resurrectFolder(Device device) {
        List<Saved> all = saved.values().stream().toList();
        if (all.isEmpty()) {
            return false;
        }
        any(all).folder().files().forEach(device::receive);
        device.space.refresh();
        return device.space.flush();
    }

    private boolean cloneMachine(Device device) {
        if (fleet.devices().size() >= DEVICES_MAX) {
            return false;
        }
        device.space.close();
        Device clone = fleet.cloneOf(device, device.name + "-clone" + machines++);
        device.open();
        folders.index(clone);
        return commit(clone);
    }

    /** One device is switched off with changes that nobody else has; the others live on until it is not waited for. */
    private boolean leave(Device device) {
        if (device == fleet.devices().get(0) || !away.isEmpty()) {
            return false;
        }
        write(device);
        if (random.nextBoolean()) {
            device.space.flush();
        }
        away.add(device);
        unsent.add(device);
        for (int day = 0; day < MONTHS_DAYS; day++) {
            if (day % BUSY_DAYS == 0) {
                Device busy = any(present());
                commit(busy);
                busy.sealAll();
                checkpoint(any(present()));
                holds(); // so that no file comes and goes unseen
            }
            day(1);
        }
        return true;
    }

    private boolean arrive() {
        if (away.isEmpty()) {
            return false;
        }
        Device device = away.iterator().next();
        away.remove(device);
        folders.sync(present(), ROUNDS);
        boolean heard = present().stream()
                .anyMatch(one -> one != device && one.space.stateHash().equals(device.space.stateHash()));
        if (unsent.remove(device) && heard) {
            tally.came();
        }
        return true;
    }

    /** The power goes in the middle of some work, or right after it. */
    private boolean crash(Device device) {
        PowerLoss loss = any(List.of(PowerLoss.values()));
        PowerCut cut = new PowerCut(device, random.nextInt(OPERATIONS_MAX));
        boolean during = cut.ends(any(works(device)));
        List<String> losses = cut.startAgain(loss, new SplittableRandom(random.nextLong()), machines++);
        tally.crashed(during, !losses.isEmpty());
        device.space.refresh();
        return device.space.flush();
    }

    private List<Runnable> works(Device device) {
        Runnable twice = () -> Stream.of(1, 2).forEach(time -> {
            device.space.refresh();
            device.space.flush();
        });
        return List.of(() -> commit(device), device::sealAll, () -> checkpoint(device), twice);
    }
}
