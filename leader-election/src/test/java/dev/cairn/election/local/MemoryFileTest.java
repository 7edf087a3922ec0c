package dev.cairn.election.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.local.MemoryFile.Stored;
import dev.cairn.election.protocol.Memory;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.PlainPaper;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.FaultyFileSystem;
import dev.cairn.simulation.disk.PowerCutError;
import dev.cairn.simulation.disk.PowerLoss;
import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a device promised outlives its process and its power, or it is known to be lost: it is never another. */
final class MemoryFileTest {
    private static final WriterId WRITER = new WriterId(1, 7);
    private static final WriterId OTHER = new WriterId(2, 7);
    private static final DeviceId DEVICE = DeviceId.of(WRITER.bytes());
    private static final Bytes ELECTORATE = Electorate.digest(new TreeSet<>(Set.of(DEVICE)));
    private static final Token TOKEN = new Token(2, 9, OTHER);

    private static final Memory FULL = new Memory(
            WRITER,
            2,
            9,
            512,
            600_000,
            true,
            LongStream.range(0, Memory.INCARNATIONS_MAX)
                    .mapToObj(start -> start - 3)
                    .toList(),
            Optional.of(TOKEN),
            Optional.of(new Ballot(2, 8, true, 3, 1_000, Ballot.Status.WITHDRAWN, 1, ELECTORATE)),
            Optional.of(new Vote(2, 9, OTHER, ELECTORATE, 600_000)),
            Optional.of(new Claim(
                    1,
                    7,
                    Claim.Proof.QUORUM,
                    new OrderKey(false, 3, 1_000, WRITER),
                    460_000,
                    Claim.Status.RELEASED,
                    Optional.empty())),
            Optional.of(new Request(-3, Request.Goal.LEAD, "why", 1, 0, 3_600_000, Request.Status.DONE)),
            Optional.of(new Choice(Choice.Question.CHOOSE_LEADER, 1, 7, OTHER.toString(), "Ann")));

    private FaultyFileSystem disk = newDisk();
    private Path state = disk.getPath("/state");

    private static FaultyFileSystem newDisk() {
        return SimulatedDisks.unix().newFaultyDisk(VirtualTime.start().clock());
    }

    @BeforeEach
    void start() throws IOException {
        disk = newDisk();
        state = Files.createDirectory(disk.getPath("/state"));
        disk.writeBack();
    }

    private MemoryFile file() throws IOException {
        return new MemoryFile(MemoryFile.directory(state), DEVICE);
    }

    private Path path() {
        return state.resolve("election").resolve("memory");
    }

    @Test
    void aDeviceThatNeverTookPartHasNone() throws IOException {
        assertThat(file().read()).isEqualTo(new Stored.Missing());
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (Memory memory : List.of(Memory.of(WRITER), FULL, FULL.of(OTHER, false))) {
            file().write(memory);
            assertThat(file().read()).isEqualTo(new Stored.Found(memory));
        }
    }

    @Nested
    class WhenThePowerGoes {
        @Test
        void whatWasWrittenIsThere() throws IOException {
            file().write(FULL);
            assertThat(disk.unforcedChanges())
                    .as("nor is its directory at risk")
                    .isZero();
            disk.cutPower();
            disk.restorePower(PowerLoss.ALL_LOST, new Random(1));
            assertThat(file().read()).isEqualTo(new Stored.Found(FULL));
        }

        @Test
        void theOneBeforeIsThereOrTheNewOne() throws IOException {
            Memory before = FULL.of(WRITER, true);
            List<Stored> seen = new ArrayList<>();
            boolean finished = false;
            for (int at = 0; !finished; at++) {
                start();
                file().write(before);
                disk.writeBack();
                finished = writesUntil(at);
                disk.restorePower(PowerLoss.IN_ANY_ORDER, new Random(at));
                Stored after = file().read();
                assertThat(after).isIn(new Stored.Found(before), new Stored.Found(FULL));
                seen.add(after);
            }
            assertThat(seen).contains(new Stored.Found(before)).endsWith(new Stored.Found(FULL));
        }

        /** Writes on a machine whose power goes at the operation of that number; whether it came to the end. */
        private boolean writesUntil(int at) throws IOException {
            MemoryFile file = file();
            int[] operations = {0};
            DiskFaults fault = (operation, path) -> {
                if (operations[0]++ == at) {
                    disk.cutPower();
                }
            };
            disk.set(fault);
            try {
                file.write(FULL);
                return true;
            } catch (PowerCutError e) {
                return false;
            }
        }
    }

    @Nested
    class WhenItIsDamaged {
        private void isLost() throws IOException {
            assertThat(file().read())
                    .isInstanceOfSatisfying(
                            Stored.Lost.class,
                            lost -> assertThat(lost.problem()).contains(path().toString()));
        }

        @Test
        void anyByteThatIsNotAsWrittenIsNoticed() throws IOException {
            file().write(FULL);
            byte[] written = Files.readAllBytes(path());
            for (int i = 0; i < written.length; i++) {
                byte[] damaged = written.clone();
                damaged[i] ^= 4;
                Files.write(path(), damaged);
                isLost();
            }
        }

        @Test
        void aPartOfItIsNone() throws IOException {
            file().write(FULL);
            byte[] written = Files.readAllBytes(path());
            for (int size : new int[] {0, 1, 31, 32, 33, written.length - 1}) {
                Files.write(path(), Arrays.copyOf(written, size));
                isLost();
            }
        }

        @Test
        void aFileThatNoDeviceWritesIsNotTakenIn() throws IOException {
            file().write(FULL);
            Files.write(path(), new byte[(1 << 20) + 1]);
            isLost();
        }

        /** What the digest says is as written, and yet it is none of this version. */
        private void isNotUnderstood(CborWriter body, String why) throws IOException {
            file().write(FULL);
            Bytes bytes = body.toBytes();
            Files.write(path(), Bytes.concat(bytes, bytes.sha256()).toArray());
            isLost();
            assertThat(((Stored.Lost) file().read()).problem()).contains(why);
        }

        private CborWriter body(int entries, int version) {
            CborWriter out = new CborWriter().map(entries);
            out.key(1).unsigned(version).key(2).bytes(WRITER.bytes());
            out.key(3).unsigned(2).key(4).unsigned(9).key(5).unsigned(0).key(6).unsigned(0);
            return out.key(7).bool(true).key(8).array(0);
        }

        @Test
        void aNewerVersionIsNotGuessedAt() throws IOException {
            isNotUnderstood(body(10, 2).key(9).nothing().key(10).array(0), "2");
            isNotUnderstood(
                    body(11, 1).key(9).nothing().key(10).array(0).key(11).nothing(), "11");
            isNotUnderstood(body(9, 1).key(9).nothing(), "not ten entries");
        }

        @Test
        void partsThatAreMissingOrTooManyAreNoticed() throws IOException {
            isNotUnderstood(
                    body(10, 1).key(9).array(2).unsigned(2).unsigned(9).key(10).array(0), "three parts");
            Bytes vote = PlainPaper.encode(DEVICE, FULL.vote().orElseThrow());
            int code = FileKind.VOTE.code();
            isNotUnderstood(
                    body(10, 1).key(9).nothing().key(10).array(1).array(1).unsigned(code), "two parts");
            isNotUnderstood(
                    body(10, 1)
                            .key(9)
                            .nothing()
                            .key(10)
                            .array(1)
                            .array(2)
                            .unsigned(FileKind.HEAD.code())
                            .bytes(vote),
                    "no kind");
        }

        @Test
        void bytesBehindItAreNoticed() throws IOException {
            file().write(FULL);
            Bytes whole = Bytes.owning(Files.readAllBytes(path()));
            Bytes longer = Bytes.concat(whole.slice(0, whole.size() - 32), Bytes.hex("f6"));
            Files.write(path(), Bytes.concat(longer, longer.sha256()).toArray());
            isLost();
        }
    }

    /** Where a directory cannot be forced, as on Windows, the memory is written all the same. */
    @Test
    void aDiskWhoseDirectoriesCannotBeForcedWillDo() throws IOException {
        FileSystem plain = SimulatedDisks.windows().newDisk(VirtualTime.start().clock());
        state = plain.getRootDirectories().iterator().next().resolve("state");
        file().write(FULL);
        assertThat(file().read()).isEqualTo(new Stored.Found(FULL));
    }
}
