package dev.cairn.replica.identity;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.SealingKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.format.members.NewEpoch;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import dev.cairn.format.membership.Epoch;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.format.membership.MemberLog;
import dev.cairn.format.membership.Membership;
import dev.cairn.format.membership.OpenInvite;
import dev.cairn.format.membership.PendingRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * This device's view of the member log, and its hand in it.
 *
 * <p>Nothing is read or written here. Entries come in by {@link #take}; every act gives an entry, which has happened
 * only when the caller has stored it, and which the caller then takes in like any other. Not thread-safe, except that
 * {@link #membership} and {@link #secrets} may be read from any thread.
 */
public final class Members {
    /** Sealed keys in one entry; the format's limit is the same. */
    private static final int KEYS_MAX = 64;

    private final MemberLog log;
    private volatile LocalSecrets secrets;
    private volatile Membership membership;

    /** The view of a device which knows these entries. */
    public Members(LocalSecrets secrets, Collection<MemberEntry> entries) {
        this.secrets = secrets;
        this.log = new MemberLog(secrets.space());
        entries.forEach(log::add);
        this.membership = log.membership();
    }

    /** Founds a space with this device as its owner's first. */
    public static Founding found(String deviceName, long wallMillis, RandomGenerator random) {
        String name = DeviceName.fitting(deviceName);
        DeviceKeys device = DeviceKeys.random(random);
        EpochKey key = EpochKey.random(1, random);
        SealedEpochKey sealed = SealedEpochKey.seal(
                key, device.id().bytes(), device.publicKeys().sealing(), random);
        NewEpoch.Recipient recipient = new NewEpoch.Recipient(device.id().bytes(), sealed.sealed());
        MemberAct act = new MemberAct.Genesis(
                randomBytes(MemberAct.Genesis.RANDOM_SIZE, random),
                device.publicKeys(),
                name,
                SpacePolicy.defaults(),
                Optional.empty(),
                new NewEpoch(1, sealed.check(), List.of(recipient), List.of()));
        MemberEntry genesis =
                new EntryContent(Optional.empty(), device.id(), List.of(), 1, wallMillis, act).sign(device.signing());
        LocalSecrets secrets = new LocalSecrets(
                genesis.space(),
                name,
                device,
                EpochKey.random(0, random),
                List.of(key),
                Secret.random(32, random),
                List.of(randomWriter(random)),
                Optional.empty());
        return new Founding(secrets, genesis);
    }

    /**
     * The secrets of a device which begins to join by {@code code}; they are stored before the first {@link
     * #joinStep}, so that a second attempt goes on with the same device. The code may be closed afterwards.
     */
    public static LocalSecrets beginJoin(InviteCode code, String deviceName, RandomGenerator random) {
        return new LocalSecrets(
                code.space(),
                DeviceName.fitting(deviceName),
                DeviceKeys.random(random),
                new EpochKey(0, code.memberLogKey().secret().copy()),
                List.of(),
                Secret.random(32, random),
                List.of(randomWriter(random)),
                Optional.of(new LocalSecrets.Joining(code.seed().copy(), code.approval())));
    }

    /** A fresh writer id, for a new incarnation. */
    public static WriterId randomWriter(RandomGenerator random) {
        return WriterId.of(randomBytes(WriterId.SIZE, random));
    }

    private static Bytes randomBytes(int size, RandomGenerator random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    /** Takes in entries, known ones again included. The result is whether any was new. */
    public boolean take(Collection<MemberEntry> entries) {
        boolean changed = false;
        for (MemberEntry entry : entries) {
            changed |= log.add(entry);
        }
        if (changed) {
            membership = log.membership();
        }
        return changed;
    }

    /** Who belongs to the space, by all entries taken in. */
    public Membership membership() {
        return membership;
    }

    /** What this device alone knows, with all that was learnt. */
    public LocalSecrets secrets() {
        return secrets;
    }

    /** Goes on with other secrets of the same device, as another process or a new incarnation has stored them. */
    public void use(LocalSecrets stored) {
        if (!stored.device().id().equals(secrets.device().id())) {
            throw new IllegalArgumentException("secrets of " + stored.device().id() + " for "
                    + secrets.device().id());
        }
        secrets = stored;
    }

    /** This device's place in the space. */
    public Optional<MemberDevice> self() {
        return membership.device(secrets.device().id());
    }

    /** The key under which this device encrypts what it writes now; nothing until one is known. */
    public Optional<EpochKey> writingKey() {
        List<Epoch> epochs = membership.epochs();
        for (int i = epochs.size() - 1; i >= 0; i--) {
            Epoch epoch = epochs.get(i);
            Optional<EpochKey> key = secrets.epochKeys().stream()
                    .filter(known -> SealedEpochKey.checkOf(known).equals(epoch.check()))
                    .findFirst();
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    /** The file of an entry, for this device's directory. */
    public SealedFile seal(MemberEntry entry, RandomGenerator random) {
        return MemberEntryFile.seal(secrets.sealer(secrets.memberLogKey(), random), entry);
    }

    /**
     * Opens the keys which entries hold for this device. The result is whether the secrets changed and must be
     * stored.
     */
    public boolean learnKeys() {
        List<EpochKey> known = new ArrayList<>(secrets.epochKeys());
        DeviceKeys device = secrets.device();
        for (SealedEpochKey sealed : membership.sealedTo(device.id().bytes())) {
            if (!knows(known, sealed)) {
                sealed.open(device.id().bytes(), device.opening()).ifPresent(known::add);
            }
        }
        secrets.joining().ifPresent(joining -> learnFromInvite(joining, known));
        if (known.size() == secrets.epochKeys().size()) {
            return false;
        }
        known.sort(Comparator.comparing(EpochKey::epoch));
        secrets = secrets.withEpochKeys(known);
        return true;
    }

    private void learnFromInvite(LocalSecrets.Joining joining, List<EpochKey> known) {
        try (InviteKeys keys = InviteKeys.of(joining.seed())) {
            Bytes recipient = keys.id().bytes();
            for (SealedEpochKey sealed : membership.sealedTo(recipient)) {
                if (!knows(known, sealed)) {
                    sealed.open(recipient, keys.opening()).ifPresent(known::add);
                }
            }
        }
    }

    private static boolean knows(List<EpochKey> keys, SealedEpochKey sealed) {
        return keys.stream()
                .anyMatch(key -> key.epoch() == sealed.epoch()
                        && SealedEpochKey.checkOf(key).equals(sealed.check()));
    }

    /**
     * Makes a one-time invite.
     *
     * @param role the role of the new user; nothing = a further device of this device's user
     * @param approval whether a member must compare six words and approve
     */
    public IssuedInvite invite(Optional<Role> role, boolean approval, long wallMillis, RandomGenerator random) {
        Optional<MemberDevice> self = self();
        if (self.isEmpty()) {
            return new IssuedInvite.NotAllowed("this device is not a member of the space yet");
        }
        if (role.isPresent() && !self.get().role().mayGrant(role.get())) {
            return new IssuedInvite.NotAllowed(
                    "a device with the role " + lower(self.get().role()) + " cannot invite with the role "
                            + lower(role.get()) + "; ask the owner of the space");
        }
        Secret seed = Secret.random(32, random);
        try (InviteKeys keys = InviteKeys.of(seed)) {
            List<SealedEpochKey> sealed = approval
                    ? List.of()
                    : sealAll(keys.id().bytes(), keys.publicKeys().sealing(), random);
            MemberEntry entry = sign(wallMillis, new MemberAct.Invite(keys.publicKeys(), role, approval, sealed));
            EpochKey logKey = new EpochKey(0, secrets.memberLogKey().secret().copy());
            return new IssuedInvite.Issued(new InviteCode(secrets.space(), logKey, seed, approval), entry);
        }
    }

    /** The entries which close the invites that were used, as far as this device may close them. */
    public List<MemberEntry> closeUsedInvites(long wallMillis) {
        Optional<MemberDevice> self = self();
        List<MemberEntry> closes = new ArrayList<>();
        for (OpenInvite invite : membership.invites()) {
            if (self.isPresent() && invite.join().isPresent() && mayClose(self.get(), invite)) {
                closes.add(sign(
                        wallMillis,
                        new MemberAct.CloseInvite(invite.entry(), invite.join()),
                        invite.join().get()));
            }
        }
        return closes;
    }

    private static boolean mayClose(MemberDevice self, OpenInvite invite) {
        return invite.inviter().equals(self.id())
                || invite.role().filter(self.role()::mayGrant).isPresent();
    }

    /** Lets a device in whose six words were compared. */
    public Answer admit(EntryId request, long wallMillis, RandomGenerator random) {
        return answer(request, pending -> {
            List<SealedEpochKey> keys =
                    sealAll(pending.device().bytes(), pending.keys().sealing(), random);
            return sign(wallMillis, new MemberAct.Admit(request, keys), request);
        });
    }

    /** Turns a device away. */
    public Answer decline(EntryId request, long wallMillis) {
        return answer(request, pending -> sign(wallMillis, new MemberAct.Decline(request), request));
    }

    /** Signs that a device is not waited for any more. */
    public Answer retire(DeviceId device, long wallMillis) {
        Optional<MemberDevice> self = self();
        Optional<MemberDevice> other = membership.device(device);
        if (other.isEmpty()) {
            return new Answer.NotFound("no device of this space has the id " + device);
        }
        return self.filter(me -> mayRetire(me, other.get())).isPresent()
                ? new Answer.Signed(sign(wallMillis, new MemberAct.RetireDevice(device)))
                : new Answer.NotAllowed("the role of this device does not allow it to retire "
                        + other.get().name() + ": ask an admin or the owner");
    }

    /** The other devices which this one may retire. */
    public SortedSet<DeviceId> retirable() {
        SortedSet<DeviceId> devices = new TreeSet<>();
        self().ifPresent(me -> membership.devices().values().stream()
                .filter(other -> !other.id().equals(me.id()) && mayRetire(me, other))
                .forEach(other -> devices.add(other.id())));
        return devices;
    }

    private static boolean mayRetire(MemberDevice self, MemberDevice other) {
        return self.role() == Role.OWNER
                || self.role() == Role.ADMIN
                || self.user().equals(other.user());
    }

    /** Signs that this device is back after it was retired. */
    public MemberEntry comeBack(long wallMillis) {
        return sign(wallMillis, new MemberAct.ReturnDevice());
    }

    private Answer answer(EntryId request, Function<PendingRequest, MemberEntry> act) {
        Optional<PendingRequest> pending = membership.request(request);
        if (pending.isEmpty()) {
            return new Answer.NotFound("no device waits for approval with the request " + request);
        }
        Optional<MemberDevice> self = self();
        Optional<OpenInvite> invite = membership.invites().stream()
                .filter(open -> open.entry().equals(pending.get().invite()))
                .findFirst();
        if (self.isEmpty() || invite.isEmpty() || !mayAnswer(self.get(), invite.get())) {
            return new Answer.NotAllowed("the role of this device does not allow it to answer the request of \""
                    + pending.get().name() + "\"; ask the device that made the invite");
        }
        return new Answer.Signed(act.apply(pending.get()));
    }

    private boolean mayAnswer(MemberDevice self, OpenInvite invite) {
        if (invite.role().isPresent()) {
            return self.role().mayGrant(invite.role().get());
        }
        return membership.device(invite.inviter()).map(MemberDevice::user).equals(Optional.of(self.user()));
    }

    /** What a joining device does next; call {@link #learnKeys} before. */
    public JoinStep joinStep(long wallMillis) {
        if (self().isPresent()) {
            return writingKey().isPresent()
                    ? new JoinStep.Joined()
                    : new JoinStep.AwaitingEntries("the key of the space");
        }
        if (secrets.joining().isEmpty()) {
            return new JoinStep.Failed("this device has not begun to join the space; join it with an invite code");
        }
        try (InviteKeys keys = InviteKeys.of(secrets.joining().get().seed())) {
            return new JoinAttempt(log, secrets, keys).step(wallMillis);
        }
    }

    /** Forgets the invite's seed after joining; the secrets changed and must be stored. */
    public void finishJoin() {
        secrets = secrets.joined();
    }

    /** The newest keys, sealed to one recipient. */
    private List<SealedEpochKey> sealAll(Bytes recipient, SealingKey to, RandomGenerator random) {
        List<EpochKey> keys = secrets.epochKeys();
        return keys.subList(Math.max(0, keys.size() - KEYS_MAX), keys.size()).stream()
                .map(key -> SealedEpochKey.seal(key, recipient, to, random))
                .toList();
    }

    private MemberEntry sign(long wallMillis, MemberAct act, EntryId... answered) {
        DeviceKeys device = secrets.device();
        return log.draft(device.id(), wallMillis, act, answered).sign(device.signing());
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
