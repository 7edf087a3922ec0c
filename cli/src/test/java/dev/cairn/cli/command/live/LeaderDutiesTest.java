package dev.cairn.cli.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Shell;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Mode;
import dev.cairn.format.election.Request;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leader compacts of its own accord, on a disk and in virtual time. */
final class LeaderDutiesTest {
    @TempDir
    Path root;

    private final VirtualTime time = VirtualTime.start();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Space space;

    @SuppressWarnings("NullAway.Init")
    private LeaderElection election;

    @BeforeEach
    void attach() throws IOException {
        folder = Files.createDirectories(root.resolve("folder"));
        space = Space.create(
                folder,
                SpaceOptions.inState(root.resolve("state")).toBuilder()
                        .clock(time.clock())
                        .build());
        ElectionOptions options = ElectionOptions.defaults()
                .simulated(time.clock(), () -> time.elapsed().toMillis(), new Random(1));
        election = LeaderElection.attach(space, options);
    }

    @AfterEach
    void close() {
        election.close();
        space.close();
    }

    private LeaderDuties duties(boolean onlyDevice) {
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Map.of(),
                folder,
                false,
                new Interruption());
        return new LeaderDuties(
                new CairnCommand(shell),
                space,
                election,
                onlyDevice,
                () -> time.elapsed().toMillis());
    }

    private void write(int changes) {
        space.batch(batch -> {
            for (int i = 0; i < changes; i++) {
                int value = i;
                batch.commit("", tx -> tx.on("notes").map().put("k" + value % 50, value));
            }
        });
        space.flush();
    }

    private void run(LeaderDuties duties, Duration span) {
        for (long done = 0; done < span.toMillis(); done += 5_000) {
            time.advance(Duration.ofSeconds(5));
            election.look();
            duties.tend();
        }
    }

    private List<Path> files(String part) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(part))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aLeaderCompactsWhenItHasLedForAWhile() {
        write(1_500);
        try (LeaderDuties duties = duties(false)) {
            run(duties, Duration.ofSeconds(140));
            assertThat(election.leads()).isFalse();
            assertThat(files("checkpoints")).isEmpty();
            run(duties, Duration.ofSeconds(30));
            assertThat(election.leads()).isTrue();
            assertThat(files("checkpoints")).as("not in the first moment").isEmpty();
            run(duties, Duration.ofSeconds(130));
            assertThat(files("checkpoints")).hasSize(1);
            assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Checkpoint of 1,500 changes");
            run(duties, Duration.ofMinutes(10));
            assertThat(files("checkpoints")).as("once").hasSize(1);
        }
    }

    @Test
    void withoutTheUsersWordTheSegmentsOfALoneDeviceStay() {
        write(40_000);
        int segments = files("/changes/").size();
        assertThat(segments).isPositive();
        try (LeaderDuties duties = duties(false)) {
            run(duties, Duration.ofMinutes(6));
            assertThat(files("checkpoints")).isNotEmpty();
            assertThat(files("/changes/")).hasSize(segments);
        }
    }

    @Test
    void withTheUsersWordTheyGo() {
        write(40_000);
        String before = space.stateHash();
        try (LeaderDuties duties = duties(true)) {
            run(duties, Duration.ofMinutes(6));
            assertThat(files("checkpoints")).isNotEmpty();
            assertThat(files("/changes/")).isEmpty();
        }
        assertThat(space.stateHash()).isEqualTo(before);
    }

    @Test
    void whoeverDoesNotLeadDoesNothing() {
        write(1_500);
        election.release();
        try (LeaderDuties duties = duties(true)) {
            for (int i = 0; i < 200; i++) {
                time.advance(Duration.ofSeconds(5)); // nobody looks, so nobody leads
                duties.tend();
            }
            assertThat(files("checkpoints")).isEmpty();
        }
    }

    @Test
    void aFolderThatGoesAwayEndsItAndItGoesOnWhenTheFolderIsBack() throws IOException {
        write(1_500);
        try (LeaderDuties duties = duties(false)) {
            run(duties, Duration.ofSeconds(200));
            assertThat(election.leads()).isTrue();
            Path moved = root.resolve("elsewhere");
            Files.move(folder, moved);
            run(duties, Duration.ofSeconds(60));
            assertThat(election.leads()).isFalse();
            Files.move(moved, folder);
            run(duties, Duration.ofMinutes(10));
            assertThat(files("checkpoints")).hasSize(1);
        }
    }

    /** The words of {@code cairn leader request --goal compact}, through the box, the folder and the leader. */
    @Test
    void aDeviceThatAsksForACheckpointGetsOneAndItsRequestEnds() throws IOException {
        try (ElectionDesk leader = new ElectionDesk(root.resolve("two"), "Laptop", VirtualTime.start(), Mode.GRACE);
                ElectionDesk asking = leader.joinedBy(root.resolve("two"), "Phone", Mode.GRACE);
                LeaderDuties leaders = duties(leader);
                LeaderDuties askers = duties(asking)) {
            asking.space.commit(tx -> tx.on("notes").map().put("few", "changes"));
            asking.space.flush();
            together(600, List.of(leader, asking), List.of(leaders, askers));
            assertThat(leader.election.leads()).isTrue();
            assertThat(leader.printed()).as("nobody asked").doesNotContain("Checkpoint");
            assertThat(ask(asking)).startsWith("asked");
            together(60, List.of(leader, asking), List.of(leaders, askers));
            assertThat(leader.printed())
                    .contains("Phone asks for compact: a trip")
                    .contains("Checkpoint of 1 change");
            ElectionStatus.Wish wish = asking.election.status().wish().orElseThrow();
            assertThat(wish.request().goal()).isEqualTo(Request.Goal.COMPACT);
            assertThat(wish.request().status()).isEqualTo(Request.Status.DONE);
            together(600, List.of(leader, asking), List.of(leaders, askers));
            assertThat(leader.printed()).as("once").doesNotContain("Checkpoint");
            ask(asking);
            together(60, List.of(leader, asking), List.of(leaders, askers));
            assertThat(asking.election.status().wish().orElseThrow().request().status())
                    .as("where there is nothing to do it is done")
                    .isEqualTo(Request.Status.DONE);
        }
    }

    @Test
    void aLeaderObligesItsOwnUser() throws IOException {
        try (ElectionDesk alone = new ElectionDesk(root.resolve("one"), "Laptop", VirtualTime.start(), Mode.GRACE);
                LeaderDuties duties = duties(alone)) {
            alone.space.commit(tx -> tx.on("notes").map().put("few", "changes"));
            together(400, List.of(alone), List.of(duties));
            alone.printed();
            ask(alone);
            together(30, List.of(alone), List.of(duties));
            assertThat(alone.printed()).contains("Checkpoint of 1 change");
            assertThat(alone.election.status().wish().orElseThrow().request().status())
                    .isEqualTo(Request.Status.DONE);
        }
    }

    private static LeaderDuties duties(ElectionDesk desk) {
        return new LeaderDuties(
                desk.root(InputStream.nullInputStream()),
                desk.space,
                desk.election,
                false,
                () -> desk.time.elapsed().toMillis());
    }

    /** What another process of the device does. */
    private static String ask(ElectionDesk desk) {
        return desk.cairn("leader", "request", "--goal", "compact", "--reason", "a trip");
    }

    private static void together(long seconds, List<ElectionDesk> desks, List<LeaderDuties> duties) {
        for (long done = 0; done < seconds; done += 5) {
            desks.get(0).time.advance(Duration.ofSeconds(5));
            for (int i = 0; i < desks.size(); i++) {
                desks.get(i).space.refresh();
                desks.get(i).election.look();
                duties.get(i).tend();
            }
        }
    }
}
