package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Token;
import dev.cairn.format.folder.Pause;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Version;
import dev.cairn.simulation.fleet.SimulatedDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One process of a device: founds or joins the space, writes what the user writes, and reads what came. */
final class CairnApp implements FleetMember {

    private final SimulatedDevice device;
    private final Oracle oracle;
    private final SpaceOptions options;
    private final UserActs acts;
    private @Nullable Space space;
    private Optional<Chores> chores = Optional.empty();
    /** It is no member yet, or no more; only its invite brings it on. */
    private boolean asking;

    CairnApp(SimulatedDevice device, Oracle oracle) {
        this.device = device;
        this.oracle = oracle;
        this.acts = new UserActs(oracle);
        this.options = SpaceOptions.inState(device.state()).toBuilder()
                .deviceName(UserActs.nameOf(device.name()))
                .clock(device.clock())
                .random(SeededRandom.from(device.random()))
                .executor(Runnable::run)
                .pause(Pause.none())
                .profile(oracle.files())
                .retireAfter(oracle.grace())
                .build();
        oracle.started(device.name(), this);
        openIfJoined();
    }

    private void openIfJoined() {
        try {
            if (oracle.isStranger(device.name())) {
                return;
            }
            if (Files.exists(device.state().resolve("keys"))) {
                space = Space.open(device.folder(), options);
                looked();
            } else if (oracle.mayFound(device.name())) {
                space = Space.create(device.folder(), options);
                oracle.founded();
            }
        } catch (SpaceException waiting) {
            device.timeline().accept("cannot open yet: " + waiting.code());
        }
    }

    /** The open space; nothing before this device has joined. */
    Optional<Space> space() {
        return Optional.ofNullable(space);
    }

    SimulatedDevice device() {
        return device;
    }

    @Override
    public void use(RandomGenerator choices) {
        Space open = joined();
        if (open != null) {
            int number = oracle.begin(device.name());
            Version version = acts.commit(open, number, choices);
            if (oracle.compacts()) {
                acts.lookOver(open, oracle.retiring()::giveUp, choices);
            }
            oracle.acknowledged(device.name(), number, version, open);
            device.timeline().accept("acknowledged change " + number);
            looked();
        }
    }

    @Override
    public void tick() {
        Space open = joined();
        if (open != null) {
            open.refresh();
            open.duties();
            doChores(open);
            if (oracle.isHealed()) {
                open.flush(); // without regard to any pace
            }
            looked();
        }
    }

    private void doChores(Space open) {
        if (oracle.compacts()) {
            if (chores.isEmpty()) {
                Chores first = oracle.isLed() ? new LeaderWork(device, open) : new CompactionWork(device, open);
                chores = Optional.of(first);
                device.timer().after(first.pause(), this::goOn);
            }
            chores.get().tend();
            oracle.judgeLeaders();
        }
    }

    /** Looks as often as a thread of its own would, until a healed fleet has done so for a while. */
    private void goOn() {
        Space open = space;
        if (open != null && !oracle.isSlow() && chores.isPresent()) {
            doChores(open);
            looked();
            device.timer().after(chores.get().pause(), this::goOn);
        }
    }

    /** The name of this process's leadership, if it leads now. */
    Optional<Token> leads() {
        return chores.flatMap(Chores::leads);
    }

    /** Whom this device names as the leader. */
    Optional<Token> namesLeader() {
        return chores.flatMap(Chores::names);
    }

    /** Under which writer id this device goes on now. */
    Optional<WriterId> writer() {
        return space().map(open -> open.status().self().writers())
                .filter(writers -> !writers.isEmpty())
                .map(writers -> writers.get(writers.size() - 1));
    }

    /** What must never be in the folder, once this device has it. */
    Optional<Bytes> keyFile() {
        Path file = device.state().resolve("keys");
        try {
            return Files.exists(file) ? Optional.of(Bytes.owning(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** What opens the files of the space, for whoever judges them. */
    FolderKeys keys() {
        return FolderKeys.load(device.folder(), options);
    }

    /** Reads what is there, outside of the simulated process: so it must not write, which nobody would see. */
    void catchUp() {
        Space open = joined();
        if (open != null) {
            open.refresh();
            looked();
        }
    }

    private void looked() {
        Space open = space;
        if (open != null) {
            oracle.judgeWithdrawn(device.name(), this::keys);
            oracle.looked(device.name(), shown(open), () -> members(open));
            countRetirement(open);
        }
    }

    private void countRetirement(Space open) {
        if (oracle.compacts()) {
            oracle.retiring().isNow(device.name(), open.status().self().id());
            writer().ifPresent(writer -> oracle.retiring()
                    .count()
                    .through(
                            device.name(),
                            writer.toString(),
                            open.compaction().status().retiredThrough()));
        }
    }

    private static Set<String> members(Space open) {
        Set<String> names = new TreeSet<>();
        names.add(open.status().self().name());
        open.status().others().forEach(other -> names.add(other.name()));
        return names;
    }

    /** The numbers of the changes which a device shows. */
    static SortedSet<Integer> shown(Space open) {
        return UserActs.shown(open);
    }

    private @Nullable Space joined() {
        Space open = space;
        if (open != null && open.status().self().role().equals("none")) {
            device.timeline().accept("is no member any more");
            oracle.displaced(device.name());
            endSpace(open);
            asking = true;
        }
        if (space == null && !oracle.isStranger(device.name())) {
            join();
        }
        return space;
    }

    private void join() {
        if (!asking) {
            openIfJoined();
        }
        Optional<String> code = space == null ? oracle.inviteFor(device.name()) : Optional.empty();
        if (code.isEmpty()) {
            return;
        }
        asking = true;
        try {
            JoinResult result = Space.join(device.folder(), code.get(), options);
            if (result instanceof JoinResult.Joined joined) {
                space = joined.space();
                asking = false;
                device.timeline().accept("joined the space");
            }
        } catch (SpaceException waiting) {
            if (waiting.code() == SpaceException.Code.BAD_INVITE) {
                oracle.refusedInvite(device.name());
            }
            device.timeline().accept("cannot join yet: " + waiting.getMessage());
        }
    }

    /** An invite for somebody else. */
    Optional<String> invite() {
        Space open = space;
        if (open == null) {
            return Optional.empty();
        }
        String code = open.invite(InviteOptions.writer()).code();
        open.flush();
        return Optional.of(code);
    }

    @Override
    public void close() {
        Space open = space;
        oracle.stopped(device.name(), this);
        if (open != null) {
            endSpace(open);
        }
    }

    private void endSpace(Space open) {
        space = null;
        Optional<Chores> work = chores;
        chores = Optional.empty();
        try {
            work.ifPresent(Chores::close);
        } finally {
            open.close();
        }
    }
}
