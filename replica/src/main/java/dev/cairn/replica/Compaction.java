package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.replica.SpaceException.Code;
import dev.cairn.replica.compaction.CheckpointMaker;
import dev.cairn.replica.compaction.Retirement;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.identity.Answer;
import dev.cairn.replica.store.KnownCheckpoint;
import dev.cairn.replica.store.KnownList;
import dev.cairn.replica.store.OwnFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compaction of a space, as this device may ask for it: checkpoints, and devices that are not waited for.
 *
 * <p>The withdrawal of segments itself needs no call: every {@link Space#refresh()} takes the steps that are safe by
 * then. All methods may be called from any thread.
 */
public final class Compaction {
    private final Replica replica;
    private final Space space;

    Compaction(Replica replica, Space space) {
        this.replica = replica;
        this.space = space;
    }

    /**
     * What was made.
     *
     * @param digest by which the checkpoint is acknowledged
     * @param changes how many changes are in it
     * @param imageBytes the size of its image
     * @param parts its parts
     * @param reusedParts how many of them were in the folder already
     * @param leftOut writers whose newest signature has not come, so that their changes are not in it
     * @param fresh whether it is new; otherwise an earlier one says the same
     * @param published whether all of it is in the folder
     */
    public record Made(
            Bytes digest,
            long changes,
            long imageBytes,
            int parts,
            int reusedParts,
            int leftOut,
            boolean fresh,
            boolean published) {}

    /**
     * Makes a checkpoint of everything this device has and publishes it. Harmless at any time, also when another device
     * does the same.
     *
     * @param listener told how many bytes of how many are sealed
     * @throws SpaceException {@code no_identity} when this device has no key yet
     * @throws IllegalStateException when the space has no change
     */
    public Made checkpoint(CheckpointMaker.Listener listener) {
        if (replica.locked(replica::author).isEmpty()) {
            throw new SpaceException(Code.NO_IDENTITY, "this device has no key to write under yet: let it join first");
        }
        space.flush();
        CheckpointMaker.Made made = replica.publisherLock()
                .alone(() -> new CheckpointMaker(replica).make(listener))
                .orElseThrow(() -> new IllegalStateException("there is no change to make a checkpoint of"));
        boolean published = space.flush();
        return new Made(
                made.digest(),
                made.changes(),
                made.imageBytes(),
                made.parts(),
                made.reused(),
                made.leftOut().size(),
                made.fresh(),
                published);
    }

    /**
     * Says that this is the only device of the space, as its user has confirmed: then this checkpoint is relied on as
     * soon as it was read back from the folder, and segments go at once.
     *
     * @return whether it is so as far as the member log tells
     */
    public boolean confirmAlone(Bytes checkpoint) {
        return replica.locked(() -> replica.store().write(() -> {
            boolean alone = replica.retirement().isAlone();
            if (alone) {
                replica.store().setMeta(Retirement.ALONE, checkpoint);
            }
            return alone;
        }));
    }

    /**
     * Asks the others to agree that the directories of retired devices are cleaned. For the device which leads.
     *
     * @return how many directories
     */
    public int cleanRetired() {
        return replica.locked(
                () -> replica.store().write(() -> replica.retirement().proposeForRetired()));
    }

    /**
     * Says that a device is not waited for any more. It stays a member and can return.
     *
     * @throws SpaceException {@code read_only_role} when this device may not
     * @throws IllegalArgumentException when there is no such device, or it is this one
     */
    public void retire(DeviceId device) {
        if (device.equals(replica.device())) {
            throw new IllegalArgumentException("a device cannot retire itself: do it from another one");
        }
        Answer answer = replica.locked(() -> replica.members().retire(device, replica.nowMillis()));
        if (answer instanceof Answer.NotFound none) {
            throw new IllegalArgumentException(none.problem());
        }
        if (answer instanceof Answer.NotAllowed denied) {
            throw new SpaceException(Code.READ_ONLY_ROLE, denied.problem());
        }
        keep(((Answer.Signed) answer).entry());
    }

    /** Whether another device has said that this one is not waited for. */
    public boolean isRetired() {
        return isRetired(replica.device());
    }

    /** Whether a device is not waited for. */
    public boolean isRetired(DeviceId device) {
        return replica.locked(() -> replica.members().membership().isRetired(device));
    }

    /** Says that this device is back, with all the changes it has made meanwhile. */
    public void comeBack() {
        if (isRetired()) {
            keep(replica.locked(() -> replica.members().comeBack(replica.nowMillis())));
        }
    }

    private void keep(MemberEntry entry) {
        replica.locked(() -> replica.history().write(new Progress(), () -> {
            replica.outbox().add(replica.members().seal(entry, replica.options().random()));
            return replica.addEntries(List.of(entry));
        }));
        space.flush();
    }

    /** What compaction has done and what it waits for. Reads no folder. */
    public CompactionStatus status() {
        return replica.locked(() -> replica.store().write(this::report));
    }

    private CompactionStatus report() {
        List<CompactionStatus.Checkpoint> checkpoints = replica.store().checkpoints().all().stream()
                .filter(known -> replica.inbox().listed(known.digest()).isPresent())
                .map(this::checkpoint)
                .sorted(Comparator.comparingLong(CompactionStatus.Checkpoint::changes)
                        .reversed())
                .toList();
        List<CompactionStatus.RetirementList> lists = replica.store().lists().all().stream()
                .filter(list -> list.state() != KnownList.State.FOREIGN)
                .map(this::list)
                .toList();
        List<OwnFile> segments = replica.store().own().in(OwnFile.State.PUBLISHED).stream()
                .filter(file -> file.name().kind() == FileKind.SEGMENT)
                .toList();
        return new CompactionStatus(
                checkpoints,
                lists,
                replica.outbox().withdrawnThrough(replica.members().secrets().writer()),
                segments.size(),
                segments.stream().mapToLong(OwnFile::size).sum(),
                replica.outbox().deletable(),
                replica.retirement().isAlone(),
                holds(checkpoints, lists, replica.retirement().isAlone()));
    }

    private CompactionStatus.Checkpoint checkpoint(KnownCheckpoint known) {
        return new CompactionStatus.Checkpoint(
                known.digest(),
                known.body().device(),
                name(known.body().device()),
                Instant.ofEpochMilli(known.body().timeMillis()),
                known.body().cut().stream().mapToLong(CutPoint::seq).sum(),
                known.body().imageBytes(),
                replica.retirement().isWhole(known),
                known.verdict().name().toLowerCase(Locale.ROOT),
                replica.retirement().isVerified(known),
                known.problem());
    }

    private CompactionStatus.RetirementList list(KnownList list) {
        return new CompactionStatus.RetirementList(
                list.body().files().size(),
                list.state().name().toLowerCase(Locale.ROOT),
                replica.retirement().waitsFor(list).stream().map(this::name).toList(),
                replica.retirement().remaining(list));
    }

    private String name(DeviceId device) {
        return Optional.ofNullable(replica.members().membership().devices().get(device))
                .map(MemberDevice::name)
                .orElse(device.toString());
    }

    private static List<String> holds(
            List<CompactionStatus.Checkpoint> checkpoints, List<CompactionStatus.RetirementList> lists, boolean alone) {
        List<String> holds = new ArrayList<>();
        for (CompactionStatus.Checkpoint checkpoint : checkpoints) {
            if (checkpoint.verdict().equals("refused")) {
                holds.add("the checkpoint of \"" + checkpoint.deviceName() + "\" " + checkpoint.problem());
            } else if (!checkpoint.whole()) {
                holds.add("the checkpoint of \"" + checkpoint.deviceName() + "\" waits for its parts");
            }
        }
        if (!checkpoints.isEmpty() && checkpoints.stream().noneMatch(CompactionStatus.Checkpoint::relied)) {
            holds.add(
                    alone
                            ? "there is no other device to confirm a checkpoint: if no other will come, 'cairn compact"
                                    + " --only-device' lets segments go at once"
                            : "no other device has confirmed a checkpoint yet");
        }
        for (CompactionStatus.RetirementList list : lists) {
            if (!list.waitsFor().isEmpty()) {
                holds.add(list.files() + " segments wait until " + String.join(", ", list.waitsFor())
                        + (list.waitsFor().size() == 1 ? " agrees" : " agree"));
            } else if (list.remaining().filter(left -> !left.isZero()).isPresent()) {
                holds.add(list.files() + " segments stay for another "
                        + Math.max(1, list.remaining().get().toHours()) + " hours while this device runs");
            }
        }
        return holds;
    }
}
