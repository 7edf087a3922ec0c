package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.CheckpointWriter;
import dev.cairn.format.checkpoint.CutPoint;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.log.HeadWriter;
import dev.cairn.format.log.SegmentWriter;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntryFile;
import dev.cairn.format.members.Role;
import dev.cairn.format.membership.MemberDevice;
import dev.cairn.format.membership.MemberLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a hostile member writes in the name of others, with its own signature or with none that fits; and checkpoints
 * in its own name, which hold nothing of what they say.
 */
final class Forgeries {
    private static final int IMAGE_BYTES = 4_000;
    private static final int LAMPORT = 1 << 20;

    private final Path folder;
    private final HostileActs.Hand hand;
    private long ordinal = 1_000;

    Forgeries(Path folder, HostileActs.Hand hand) {
        this.folder = folder;
        this.hand = hand;
    }

    private DeviceId self() {
        return hand.signatory().device();
    }

    private MemberLog log() throws IOException {
        return HostileMember.read(folder, hand.entries().space(), hand.ring());
    }

    private static <T> Optional<T> any(List<T> all, RandomGenerator random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** An entry by which an owner takes a member's role away, or says that nobody waits for it; neither wrote it. */
    String entry(RandomGenerator random) throws IOException {
        MemberLog log = log();
        List<MemberDevice> others = log.membership().devices().values().stream()
                .filter(device -> !device.id().equals(self()))
                .toList();
        Optional<MemberDevice> author = any(
                others.stream().filter(device -> device.role() == Role.OWNER).toList(), random);
        Optional<MemberDevice> victim = any(others, random);
        if (author.isEmpty() || victim.isEmpty()) {
            return "nobody to forge an entry of";
        }
        MemberAct act = random.nextBoolean()
                ? new MemberAct.RetireDevice(victim.get().id())
                : new MemberAct.SetRole(victim.get().user(), Role.NONE, List.of(), Optional.empty());
        EntryContent content = log.draft(author.get().id(), random.nextInt(), act);
        HostileMember.put(
                folder,
                MemberEntryFile.seal(
                        hand.entries(), content.sign(hand.signatory().key())));
        return "forged entry of " + author.get().id();
    }

    /** The next change of a writer and a head with it, in the name of its device. */
    String changes(List<Head> heads, RandomGenerator random) throws IOException {
        List<Head> others = heads.stream()
                .filter(head -> !head.body().device().equals(self()))
                .toList();
        Optional<Head> found = any(others, random);
        MemberLog log = log();
        Optional<VerifyingKey> key =
                found.flatMap(head -> log.membership().key(head.body().device()));
        if (found.isEmpty() || key.isEmpty()) {
            return "nobody to forge changes of";
        }
        Head head = found.get();
        DeviceId device = head.body().device();
        Signatory theirs = new Signatory(device, hand.signatory().key());
        Sealer sealer = hand.sealers().apply(head.writer());
        ChainPoint origin =
                ChainPoint.origin(sealer.space(), head.writer(), key.get().bytes());
        long seq = head.body().lastSeq();
        ChainPoint end = seq == 0
                ? origin
                : new ChainPoint(
                        seq,
                        head.body().lastHash(),
                        1 + random.nextInt(LAMPORT),
                        head.body().timeMillis());
        ChangeRun.Builder run = ChangeRun.builder(head.writer(), end);
        run.add(new Change(
                LAMPORT + 1L + random.nextInt(LAMPORT),
                random.nextInt(),
                List.of(),
                Optional.empty(),
                Bytes.utf8("forged")));
        ChangeRun forged = run.build();
        HostileMember.put(folder, new SegmentWriter(sealer, theirs).seal(++ordinal, forged));
        HostileMember.put(
                folder,
                new HeadWriter(sealer, theirs).seal(head.counter() + 1, body(head, forged), Optional.of(forged)));
        return "forged changes of " + head.writer();
    }

    private static HeadBody body(Head head, ChangeRun tail) {
        HeadBody body = head.body();
        return new HeadBody(
                body.device(),
                tail.lastSeq(),
                tail.after().hash(),
                body.seen(),
                body.acknowledged(),
                body.retiredThrough(),
                List.of(),
                body.version(),
                body.timeMillis(),
                body.deviceName(),
                body.previousWriter());
    }

    /** A checkpoint with all that the heads name, whose image is noise; sometimes in the name of another device. */
    String checkpoint(List<Head> heads, RandomGenerator random) throws IOException {
        SortedSet<CutPoint> cut = new TreeSet<>();
        heads.stream()
                .filter(head -> head.body().lastSeq() > 0)
                .filter(head -> cut.stream().map(CutPoint::writer).noneMatch(head.writer()::equals))
                .forEach(head -> cut.add(new CutPoint(
                        head.writer(), head.body().lastSeq(), head.body().lastHash())));
        if (cut.isEmpty()) {
            return "nothing to forge a checkpoint of";
        }
        DeviceId device = random.nextBoolean()
                ? self()
                : any(heads, random).orElseThrow().body().device();
        WriterId writer = hand.writer();
        CheckpointWriter checkpoints = new CheckpointWriter(
                hand.sealers().apply(writer),
                new Signatory(device, hand.signatory().key()));
        byte[] noise = new byte[IMAGE_BYTES];
        random.nextBytes(noise);
        Bytes image = Bytes.owning(noise);
        SealedFile part = checkpoints.part(++ordinal, image);
        HostileMember.put(folder, part);
        PartRef reference = new PartRef(part.digest(), image.size(), image.sha256());
        HostileMember.put(
                folder,
                checkpoints.manifest(
                        ordinal,
                        new CheckpointBody(
                                device,
                                List.copyOf(cut),
                                image.sha256(),
                                List.of(reference),
                                List.of(),
                                random.nextInt())));
        return "checkpoint of noise";
    }
}
