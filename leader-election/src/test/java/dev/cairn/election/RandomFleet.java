package dev.cairn.election;

import dev.cairn.election.SyncedFleet.Settings;
import dev.cairn.election.protocol.Claims;
import dev.cairn.election.protocol.Invariants;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.election.protocol.Timers;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.format.election.Request;
import dev.cairn.simulation.FolderSnapshot;
import dev.cairn.simulation.disk.PowerLoss;
import dev.cairn.simulation.profile.Noticing;
import dev.cairn.simulation.profile.Span;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.profile.Travel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fleet to which everything happens that a seed says: links that break, files that are late, old, torn, copied or
 * deleted, clocks that are wrong, machines that sleep, die at any operation on their disks, or are copied, and people
 * who decide. The invariants are checked after every look.
 */
final class RandomFleet implements AutoCloseable {
    private static final Timers TIMERS =
            new Timers(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(50), Duration.ofSeconds(5));

    private static final Pattern PAPER =
            Pattern.compile(".*/devices/([a-z2-7]{26})/(lock|ballot|vote|claim|request|choice)[.]cairn");
    private static final List<PowerLoss> LOSSES = List.of(PowerLoss.values());
    private static final int MACHINES_MAX = 6;
    /** Ticks in which a healed fleet must agree once nobody keeps to a leader any more. */
    private static final int ELECTION_TICKS = 300;

    private final SyncedFleet fleet;
    private final Random random;
    private final Invariants invariants = new Invariants();
    private final Mode mode;
    private final boolean users;
    private final PlantedFault fault;
    private final Map<SyncedDevice, Integer> heard = new HashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<Map.Entry<String, FolderSnapshot>> backups = new ArrayList<>();

    RandomFleet(Mode mode, boolean users, int devices, PlantedFault fault, long seed) {
        this.mode = mode;
        this.users = users;
        this.fault = fault;
        this.random = new Random(seed);
        this.fleet = new SyncedFleet(new Settings(tool(random), mode, TIMERS, fault.rules()), devices, seed);
    }

    private static SyncProfile tool(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> SyncProfile.perfect();
            case 1 -> SyncProfile.syncthing().withNoticeDelay(Duration.ofSeconds(1));
            case 2 ->
                SyncProfile.perfect()
                        .withNoticing(new Noticing(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                        .withTravel(new Travel(Span.millis(10, 20_000), Span.millis(10, 60_000), 0.1));
            default -> SyncProfile.dropbox();
        };
    }

    void live(int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            if (random.nextInt(6) == 0) {
                happen(any());
            }
            if (users) {
                answer(any());
            }
            tick();
        }
    }

    private SyncedDevice any() {
        return fleet.device(random.nextInt(fleet.devices.size()));
    }

    private void tick() {
        fleet.tick();
        fleet.devices.forEach(this::judge);
        if (mode == Mode.QUORUM && !users) {
            invariants.together(fleet.leaders(), fleet.leaders().size());
        }
    }

    private void judge(SyncedDevice device) {
        List<ElectionFile> said = device.everSaid;
        for (ElectionFile file : said.subList(heard.getOrDefault(device, 0), said.size())) {
            invariants.published(device.name, file.writer(), file.number(), file.paper());
            if (mode == Mode.USER && file.paper() instanceof Claim claim) {
                invariants.claimsByWord(device.name, claim);
            }
        }
        heard.put(device, said.size());
        for (String path : device.touched) {
            Matcher paper = PAPER.matcher(path);
            if (paper.matches()) {
                WriterId directory = WriterId.parse(paper.group(1)).orElseThrow();
                invariants.touched(device.name, device.writers.contains(directory), directory);
            }
        }
        device.touched.clear();
        if (device.leads()) {
            leads(device);
        }
    }

    private void leads(SyncedDevice device) {
        ElectionFile own = device.papers.get(FileKind.CLAIM);
        if (own != null && own.paper() instanceof Claim claim && device.token().equals(Optional.of(claim.token()))) {
            invariants.leads(
                    claim,
                    Claims.greatest(
                            device.view(), device.space().electionFolder().electorate()));
        }
        if (fault == PlantedFault.MEDDLING) {
            for (SyncedDevice other : fleet.devices) {
                if (other != device) {
                    device.meddle("devices/" + other.writer() + "/ballot.cairn");
                }
            }
        }
    }

    /** One thing that goes wrong, or right again. */
    private void happen(SyncedDevice device) {
        switch (random.nextInt(26)) {
            case 0, 1 -> fleet.sync.partition(some());
            case 2 -> fleet.sync.disconnect(device.name);
            case 3, 4, 5, 6 -> fleet.heal();
            case 7, 8 -> device.dieAfter(random.nextInt(250), loss());
            case 9 -> device.crash();
            case 10, 11, 12 ->
                fleet.devices.stream()
                        .filter(one -> !one.isRunning())
                        .findFirst()
                        .ifPresent(SyncedDevice::start);
            case 13 -> nap(device);
            case 14 -> device.clock.setOffset(Duration.ofSeconds(random.nextInt(7200) - 3600));
            case 15 -> userAsks(device);
            case 16, 17 -> put(device);
            case 18 -> copyMachine(device);
            case 19 -> backUp(device);
            case 20 -> foreign(device);
            default -> file(device);
        }
    }

    private Set<String> some() {
        Set<String> names = new TreeSet<>();
        fleet.devices.stream().filter(one -> random.nextBoolean()).forEach(one -> names.add(one.name));
        return names;
    }

    private PowerLoss loss() {
        return LOSSES.get(random.nextInt(LOSSES.size()));
    }

    private void nap(SyncedDevice device) {
        if (device.isAwake()) {
            device.sleep();
        } else if (device.isRunning()) {
            device.wake(random.nextBoolean());
        }
    }

    private void userAsks(SyncedDevice device) {
        if (!device.isAwake()) {
            return;
        }
        int what = random.nextInt(users ? 5 : 4);
        if (what == 0) {
            device.election().release();
        } else if (what == 4) {
            SyncedDevice chosen = any();
            fleet.devices.stream()
                    .filter(one -> one.writers.contains(chosen.writer()))
                    .forEach(one -> invariants.word(one.name));
            device.election().choose(chosen.writer());
        } else {
            invariants.word(device.name);
            device.election().ask(Request.Goal.LEAD, "", random.nextInt(10), Duration.ZERO, Duration.ofMinutes(10));
        }
    }

    private void answer(SyncedDevice device) {
        if (device.isAwake() && random.nextInt(8) == 0) {
            lead(device);
        }
    }

    private void lead(SyncedDevice device) {
        for (Prompt prompt : device.election().status().prompts()) {
            if (prompt.answers().contains(Prompt.LEAD)) {
                invariants.word(device.name);
                device.election().answer(prompt.question(), Prompt.LEAD);
            }
        }
    }

    /** A change which counts as acknowledged when the call has returned; a leader also makes a checkpoint. */
    private void put(SyncedDevice device) {
        if (!device.isAwake()) {
            return;
        }
        String key = "change-" + acknowledged.size();
        boolean skipped = fault == PlantedFault.ACKNOWLEDGED_TOO_EARLY && acknowledged.size() % 3 == 2;
        if (skipped
                || device.tries(
                        () -> device.space().commit(tx -> tx.on("notes").map().put(key, 1)))) {
            acknowledged.add(key);
        }
        if (device.leads() && random.nextInt(4) == 0) {
            device.tries(() -> device.space().compaction().checkpoint((done, total) -> {}));
        }
    }

    private void copyMachine(SyncedDevice original) {
        if (fleet.devices.size() < MACHINES_MAX && original.isRunning()) {
            original.writers.forEach(invariants::copied);
            invariants.sameWords(fleet.copy(original).name, original.name);
        }
    }

    /** Backs a folder up, or puts an old one back, which spreads. */
    private void backUp(SyncedDevice device) {
        if (backups.size() < 3) {
            backups.add(Map.entry(device.name, fleet.sync.snapshot(device.name)));
        } else {
            Map.Entry<String, FolderSnapshot> backup = backups.remove(0);
            fleet.sync.rollBack(backup.getKey(), backup.getValue());
        }
    }

    private void foreign(SyncedDevice device) {
        write(device.folder().resolve("leader.lock"), ("device " + random.nextInt(5)).getBytes(StandardCharsets.UTF_8));
    }

    /** Something happens to a file of the election in a folder: copied, torn, deleted, or an old one comes back. */
    private void file(SyncedDevice device) {
        List<Path> files = papers(device.folder());
        if (files.isEmpty()) {
            return;
        }
        Path file = files.get(random.nextInt(files.size()));
        try {
            switch (random.nextInt(5)) {
                case 0 -> Files.copy(file, conflictCopy(file), StandardCopyOption.REPLACE_EXISTING);
                case 1 -> Files.delete(file);
                case 2 -> write(file, Arrays.copyOf(Files.readAllBytes(file), random.nextInt(1000)));
                default -> old(device);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path conflictCopy(Path file) {
        String name = file.getFileName().toString().replace(".cairn", "");
        return file.resolveSibling(name + ".sync-conflict-20260101-120000-ABCDEFG.cairn");
    }

    /** A file of once under its own name, which makes a conflict of it where its author goes on. */
    private void old(SyncedDevice device) {
        SyncedDevice author = any();
        if (!author.everPublished.isEmpty()) {
            Map.Entry<String, byte[]> file = author.everPublished.get(random.nextInt(author.everPublished.size()));
            write(device.folder().resolve(file.getKey()), file.getValue());
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> papers(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> PAPER.matcher(file.toString()).matches()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mends everything and checks what holds in the end: all name one leader, and nothing is lost. */
    void end() {
        fleet.heal();
        fleet.devices.forEach(device -> {
            device.dieAfter(-1, PowerLoss.NOTHING_LOST);
            device.wake(false);
            if (!device.isRunning()) {
                device.start();
            }
        });
        long ticks = ELECTION_TICKS + longestPatience().dividedBy(SyncedFleet.TICK);
        for (long tick = 0; tick < ticks && !agrees(); tick++) {
            if (mode == Mode.USER) {
                lead(any());
            }
            tick();
        }
        sameLeader();
        for (SyncedDevice device : fleet.devices) {
            for (String key : acknowledged) {
                invariants.kept(
                        device.name,
                        key,
                        device.space().document("notes").map().entries().containsKey(key));
            }
        }
        invariants.found(fleet.leaders());
    }

    /** Who once heard of a vanished leader over a slow link keeps to it for so long, and the others wait. */
    private Duration longestPatience() {
        return fleet.devices.stream()
                .filter(SyncedDevice::isRunning)
                .map(device -> device.election().status().threshold())
                .max(Duration::compareTo)
                .orElse(TIMERS.threshold());
    }

    private boolean agrees() {
        return fleet.leaders().size() == 1
                && fleet.devices.stream().map(this::named).distinct().count() == 1
                && fleet.devices.stream()
                        .allMatch(device -> acknowledged.stream()
                                .allMatch(key -> device.space()
                                        .document("notes")
                                        .map()
                                        .entries()
                                        .containsKey(key)));
    }

    private Optional<Claim> named(SyncedDevice device) {
        ElectionFile own = device.papers.get(FileKind.CLAIM);
        return fault == PlantedFault.FIRST_COME && own != null ? Optional.of((Claim) own.paper()) : device.effective();
    }

    private void sameLeader() {
        Map<Map<WriterId, Optional<Claim>>, Optional<Claim>> byPapers = new HashMap<>();
        for (SyncedDevice device : fleet.devices) {
            Map<WriterId, Optional<Claim>> claims = new HashMap<>();
            device.view().forEach((writer, papers) -> claims.put(writer, papers.claim()));
            Optional<Claim> named = named(device);
            invariants.same(byPapers.getOrDefault(claims, named), named);
            byPapers.put(claims, named);
        }
    }

    /** What happened, for whoever reads of a failure. */
    String story() {
        return fleet.devices + "\n" + fleet.sync.timeline();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
