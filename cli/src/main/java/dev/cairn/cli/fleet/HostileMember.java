package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.HedgedSalt;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.format.membership.MemberLog;
import dev.cairn.simulation.fleet.SimulatedDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A member with valid keys that breaks every rule of the format.
 *
 * <p>It joins by an invite like any other and then writes what {@link HostileActs} thinks of. It has a memory of
 * nothing but its keys, which follow from its name, so that each of its processes begins its chains anew.
 */
final class HostileMember implements FleetMember {
    /** What it does at once. */
    private static final int ACTS = 3;

    private static final int FILE_BYTES_MAX = 1 << 20;

    private final SimulatedDevice device;
    private final Oracle oracle;
    private final DeviceKeys keys;
    private final WriterId writer;
    private final Secret salt;
    private Optional<HostileActs> acts = Optional.empty();

    HostileMember(SimulatedDevice device, Oracle oracle) {
        this.device = device;
        this.oracle = oracle;
        SecureRandom fromName = SeededRandom.from(
                new SplittableRandom(Oracle.originalName(device.name()).hashCode()));
        this.keys = DeviceKeys.random(fromName);
        this.writer = WriterId.random(fromName);
        this.salt = Secret.random(32, fromName);
    }

    @Override
    public void use(RandomGenerator choices) throws IOException {
        if (oracle.isHealed()) {
            return;
        }
        try {
            if (acts.isEmpty()) {
                join();
            }
            for (int i = 0; i < ACTS && acts.isPresent(); i++) {
                device.timeline().accept("hostile: " + acts.get().any(choices));
            }
        } catch (NoSuchFileException taken) { // the sync tool may work while it does
            device.timeline().accept("hostile: too late for " + taken.getFile());
        }
    }

    private void join() throws IOException {
        Optional<String> code = oracle.inviteFor(device.name());
        if (code.isEmpty() || !(InviteCode.parse(code.get()) instanceof InviteCode.Parsed.Valid valid)) {
            return;
        }
        try (InviteCode invite = valid.code();
                InviteKeys inviteKeys = InviteKeys.of(invite.seed())) {
            EpochKey logKey = new EpochKey(0, invite.memberLogKey().secret().copy());
            MemberLog log = read(device.folder(), invite.space(), KeyRing.of(logKey));
            for (MemberEntry entry : log.entries()) {
                if (entry.act() instanceof MemberAct.Invite found
                        && InviteId.of(found.keys()).equals(inviteKeys.id())) {
                    enter(log, entry.id(), found, logKey, inviteKeys);
                }
            }
        }
    }

    /** The entries in a folder. */
    static MemberLog read(Path folder, SpaceId space, KeyRing ring) throws IOException {
        MemberLog log = new MemberLog(space);
        for (Path file : files(folder)) {
            if (file.toString().contains("keys") && Files.size(file) <= FILE_BYTES_MAX) {
                MemberEntryFile.read(Bytes.owning(Files.readAllBytes(file)), space, ring)
                        .content()
                        .ifPresent(log::add);
            }
        }
        return log;
    }

    private void enter(MemberLog log, EntryId entry, MemberAct.Invite invite, EpochKey logKey, InviteKeys inviteKeys)
            throws IOException {
        Optional<EpochKey> epoch = invite.epochKeys().stream()
                .flatMap((SealedEpochKey sealed) -> sealed.open(inviteKeys.id().bytes(), inviteKeys.opening()).stream())
                .findFirst();
        if (epoch.isEmpty()) {
            return;
        }
        HedgedSalt salts = new HedgedSalt(salt, device.random());
        MemberAct act = new MemberAct.Join(entry, keys.publicKeys(), UserActs.nameOf(device.name()));
        EntryContent content = log.draft(keys.id(), 0, act, entry);
        Sealer entries = Sealer.of(log.membership().space(), writer, logKey, salts);
        put(device.folder(), MemberEntryFile.seal(entries, content.sign(keys.signing(), inviteKeys.signing())));
        SpaceId space = log.membership().space();
        EpochKey key = epoch.get();
        acts = Optional.of(new HostileActs(
                device.folder(),
                new HostileActs.Hand(
                        writer,
                        any -> Sealer.of(space, any, key, salts),
                        entries,
                        new Signatory(keys.id(), keys.signing()),
                        KeyRing.of(logKey, key))));
        oracle.retiring().forges(keys.id());
        device.timeline().accept("hostile: joined the space as " + keys.id());
    }

    /** Every file below a folder, in the order of names. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (UncheckedIOException taken) { // a directory which was there when its parent was listed
            throw taken.getCause();
        }
    }

    static void put(Path folder, SealedFile file) throws IOException {
        put(folder, file.path(), file.content());
    }

    static void put(Path folder, String path, Bytes content) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        Path staged = target.resolveSibling("~syncthing~hostileaaaaaaaaa.~.tmp");
        Files.write(staged, content.toArray());
        Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
