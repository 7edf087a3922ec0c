package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRef;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.Sealer;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.HeadWriter;
import dev.cairn.format.log.Seen;
import dev.cairn.format.log.SegmentWriter;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a hostile member writes into the folder: files that verify and say what is not so, and damage to those of
 * others.
 */
final class HostileActs {
    private static final int FLOOD_FILES = 40;
    private static final int BOMB_BYTES = 512 << 10;
    private static final int OLD_FILES_MAX = 64;

    private final Path folder;
    private final Function<WriterId, Sealer> sealers;
    private final Sealer sealer;
    private final Sealer entries;
    private final Signatory signatory;
    private final KeyRing ring;
    private final Forgeries forgeries;
    private final List<Old> old = new ArrayList<>();
    private long ordinal;
    private long counter;

    /** A member with these keys. */
    HostileActs(Path folder, Hand hand) {
        this.folder = folder;
        this.sealers = hand.sealers();
        this.sealer = sealers.apply(hand.writer());
        this.entries = hand.entries();
        this.signatory = hand.signatory();
        this.ring = hand.ring();
        this.forgeries = new Forgeries(folder, hand);
    }

    /**
     * What a member writes with.
     *
     * @param writer its writer id
     * @param sealers encrypts files under any writer id
     * @param entries encrypts member entries
     * @param signatory signs
     * @param ring opens what others wrote
     */
    record Hand(
            WriterId writer, Function<WriterId, Sealer> sealers, Sealer entries, Signatory signatory, KeyRing ring) {}

    /** A file as it once was. */
    private record Old(String path, Bytes content) {}

    /** Does one of them; says which. */
    String any(RandomGenerator random) throws IOException {
        remember(random);
        return switch (random.nextInt(14)) {
            case 0 -> equivocate(random);
            case 1 -> wrongLamport(random);
            case 2 -> forgedParents(random);
            case 3 -> flood(random);
            case 4 -> bomb(random);
            case 5 -> replay(random);
            case 6 -> lyingHead(random);
            case 7 -> impersonate(random);
            case 8 -> voidEntries(random);
            case 9 -> vandalise(random);
            case 10 -> forgeries.entry(random);
            case 11 -> forgeries.changes(heads(), random);
            case 12 -> forgeries.checkpoint(heads(), random);
            default -> longChain(random);
        };
    }

    private ChainPoint origin(WriterId writer) {
        return ChainPoint.origin(
                sealer.space(), writer, signatory.key().verifyingKey().bytes());
    }

    private static Bytes noise(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }

    private static Change change(RandomGenerator random, long lamport, List<ChangeRef> parents) {
        return new Change(lamport, random.nextInt(), parents, Optional.empty(), noise(random, 1 + random.nextInt(40)));
    }

    private void publish(ChangeRun run) throws IOException {
        HostileMember.put(folder, new SegmentWriter(sealer, signatory).seal(++ordinal, run));
    }

    /** Two first changes, each in a file which verifies. */
    private String equivocate(RandomGenerator random) throws IOException {
        for (int i = 0; i < 2; i++) {
            ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), origin(sealer.writer()));
            run.add(change(random, 1, List.of()));
            publish(run.build());
        }
        return "equivocation";
    }

    /** A lamport number far from that of its parents. */
    private String wrongLamport(RandomGenerator random) throws IOException {
        ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), origin(sealer.writer()));
        run.add(change(random, 2 + random.nextLong(1L << 40), known(random)));
        publish(run.build());
        return "wrong lamport number";
    }

    /** Parents which are nowhere, and such as are known under another hash. */
    private String forgedParents(RandomGenerator random) throws IOException {
        TreeSet<ChangeRef> parents = new TreeSet<>();
        known(random).forEach(ref -> parents.add(new ChangeRef(ref.writer(), ref.seq(), random.nextLong())));
        parents.add(new ChangeRef(WriterId.random(random), 1 + random.nextInt(1000), random.nextLong()));
        ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), origin(sealer.writer()));
        run.add(change(random, 7, List.copyOf(parents)));
        publish(run.build());
        return "forged parents";
    }

    private String flood(RandomGenerator random) throws IOException {
        ChainPoint at = origin(sealer.writer());
        for (int i = 0; i < FLOOD_FILES; i++) {
            ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), at);
            run.add(change(random, i + 1L, List.of()));
            at = run.after();
            publish(run.build());
        }
        return "flood";
    }

    /** Much out of little: what compresses well. */
    private String bomb(RandomGenerator random) throws IOException {
        ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), origin(sealer.writer()));
        Bytes zeros = Bytes.owning(new byte[BOMB_BYTES]);
        run.add(new Change(1, random.nextInt(), List.of(), Optional.empty(), zeros));
        publish(run.build());
        return "bomb";
    }

    /** Many changes whose operations are noise; each is a change all the same. */
    private String longChain(RandomGenerator random) throws IOException {
        ChangeRun.Builder run = ChangeRun.builder(sealer.writer(), origin(sealer.writer()));
        for (int i = 0; i < 100; i++) {
            run.add(change(random, i + 1L, List.of()));
        }
        publish(run.build());
        return "long chain";
    }

    private void remember(RandomGenerator random) throws IOException {
        List<Path> files = HostileMember.files(folder);
        if (!files.isEmpty() && old.size() < OLD_FILES_MAX) {
            Path file = files.get(random.nextInt(files.size()));
            old.add(new Old(path(file), Bytes.owning(Files.readAllBytes(file))));
        }
    }

    private String path(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** An old file in its place again, or under the name of another. */
    private String replay(RandomGenerator random) throws IOException {
        if (old.isEmpty()) {
            return "nothing to replay";
        }
        Old file = old.get(random.nextInt(old.size()));
        String place =
                random.nextInt(3) == 0 ? old.get(random.nextInt(old.size())).path() : file.path();
        HostileMember.put(folder, place, file.content());
        return "replay of " + file.path() + " at " + place;
    }

    private DeviceDirectory directory() throws IOException {
        return HostileMember.read(folder, sealer.space(), ring).membership();
    }

    private List<Head> heads() throws IOException {
        HeadReader reader = new HeadReader(sealer.space(), ring, directory());
        List<Head> heads = new ArrayList<>();
        for (Path file : HostileMember.files(folder)) {
            if (file.toString().contains("head-")) {
                reader.read(Bytes.owning(Files.readAllBytes(file))).content().ifPresent(heads::add);
            }
        }
        return heads;
    }

    /** Changes that are there. */
    private List<ChangeRef> known(RandomGenerator random) throws IOException {
        TreeSet<ChangeRef> refs = new TreeSet<>();
        for (Head head : heads()) {
            if (!head.writer().equals(sealer.writer())
                    && head.body().lastSeq() > 0
                    && random.nextBoolean()
                    && refs.size() < 8) {
                refs.add(new ChangeRef(
                        head.writer(),
                        head.body().lastSeq(),
                        head.body().lastHash().getLong(0)));
            }
        }
        return List.copyOf(refs);
    }

    /** A head which has seen what nobody wrote, and names a writer of another device as its own before. */
    private String lyingHead(RandomGenerator random) throws IOException {
        List<Seen> seen = new ArrayList<>();
        TreeSet<WriterId> writers = new TreeSet<>();
        heads().forEach(head -> writers.add(head.writer()));
        writers.remove(sealer.writer());
        writers.forEach(writer -> seen.add(new Seen(writer, 1 + random.nextInt(1000), random.nextLong())));
        counter += 1 + random.nextInt(1000);
        Bytes hash = noise(random, ChainPoint.HASH_SIZE);
        HeadBody body = new HeadBody(
                signatory.device(),
                1 + random.nextInt(1000),
                hash,
                seen,
                List.of(noise(random, 32)),
                random.nextInt(2),
                List.of(),
                "hostile",
                random.nextInt(),
                UserActs.NAME,
                writers.stream().findFirst());
        HostileMember.put(folder, new HeadWriter(sealer, signatory).seal(counter, body, Optional.empty()));
        return "head that lies";
    }

    /** A chain and a head under the id of a writer of another device. */
    private String impersonate(RandomGenerator random) throws IOException {
        List<Head> heads = heads();
        if (heads.isEmpty()) {
            return "nobody to impersonate";
        }
        WriterId victim = heads.get(random.nextInt(heads.size())).writer();
        Sealer theirs = sealers.apply(victim);
        ChangeRun.Builder run = ChangeRun.builder(victim, origin(victim));
        run.add(change(random, 1, List.of()));
        HostileMember.put(folder, new SegmentWriter(theirs, signatory).seal(1 + random.nextInt(9), run.build()));
        return "files of " + victim;
    }

    /** Entries of acts that are not this member's to do. */
    private String voidEntries(RandomGenerator random) throws IOException {
        for (int i = 0; i < 4; i++) {
            MemberAct act = new MemberAct.CloseInvite(new EntryId(noise(random, EntryId.SIZE)), Optional.empty());
            EntryContent content = new EntryContent(
                    Optional.of(sealer.space()),
                    signatory.device(),
                    List.of(new EntryId(noise(random, EntryId.SIZE))),
                    2 + random.nextInt(9),
                    random.nextInt(),
                    act);
            HostileMember.put(folder, MemberEntryFile.seal(entries, content.sign(signatory.key())));
        }
        return "entries without effect";
    }

    /** Deletes or garbles a file of somebody. */
    private String vandalise(RandomGenerator random) throws IOException {
        List<Path> files = HostileMember.files(folder);
        if (files.isEmpty()) {
            return "nothing to vandalise";
        }
        Path file = files.get(random.nextInt(files.size()));
        if (random.nextBoolean()) {
            Files.delete(file);
            return "deletes " + path(file);
        }
        HostileMember.put(folder, path(file), noise(random, (int) Files.size(file) + 1));
        return "garbles " + path(file);
    }
}
