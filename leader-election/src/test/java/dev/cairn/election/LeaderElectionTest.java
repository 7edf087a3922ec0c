package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.crdt.view.Value;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.ForeignClaim;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Token;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Leadership;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One device, a real folder and a real state directory, in virtual time. */
final class LeaderElectionTest {
    @TempDir
    Path root;

    private final VirtualTime time = VirtualTime.start();
    private Path folder = Path.of("");
    private Path state = Path.of("");

    @BeforeEach
    void directories() throws IOException {
        folder = Files.createDirectories(root.resolve("folder"));
        state = root.resolve("state");
    }

    private Space space() {
        SpaceOptions options =
                SpaceOptions.inState(state).toBuilder().clock(time.clock()).build();
        return Files.exists(folder.resolve("cairn-space.json"))
                ? Space.open(folder, options)
                : Space.create(folder, options);
    }

    private ElectionOptions options() {
        return ElectionOptions.defaults()
                .simulated(time.clock(), () -> time.elapsed().toMillis(), new Random(1));
    }

    private void run(LeaderElection election, Duration span) {
        for (long done = 0; done < span.toMillis(); done += 5_000) {
            time.advance(Duration.ofSeconds(5));
            election.look();
        }
    }

    /** E01, on a disk. */
    @Test
    void aDeviceAloneLeadsWhenItHasLookedAround() throws IOException {
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            run(election, Duration.ofSeconds(140));
            assertThat(election.permit()).isEmpty();
            run(election, Duration.ofSeconds(20));
            Permit permit = election.permit().orElseThrow();
            assertThat(permit.token().term()).isEqualTo(1);
            assertThat(permit.token().epoch()).isZero();
            assertThat(permit.isValid()).isTrue();
            assertThat(election.status().prompts()).isEmpty();
            assertThat(Files.readString(state.resolve("election/leader.lock")))
                    .contains(permit.token().writer().toString());
            assertThat(Files.exists(folder.resolve("leader.lock"))).isFalse();
        }
    }

    @Test
    void aPermitEndsWithTheElectionAndTheNextOneHasALaterTerm() {
        Permit first;
        try (Space space = space()) {
            try (LeaderElection election = LeaderElection.attach(space, options())) {
                run(election, Duration.ofSeconds(160));
                first = election.permit().orElseThrow();
            }
            assertThat(first.isValid()).isFalse();
        }
        time.advance(Duration.ofMinutes(1));
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            assertThat(election.status().phase()).contains(Phase.JOINING);
            run(election, Duration.ofSeconds(160));
            assertThat(election.permit().orElseThrow().token()).isGreaterThan(first.token());
        }
    }

    @Test
    void oneProcessTakesPartAndPassesOnWhatTheOthersAsk() {
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options());
                LeaderElection second = LeaderElection.attach(space, options())) {
            assertThat(election.takesPart()).isTrue();
            assertThat(second.takesPart()).isFalse();
            run(election, Duration.ofSeconds(160));
            assertThat(election.permit()).isPresent();
            second.release();
            run(election, Duration.ofSeconds(5));
            assertThat(election.permit()).isEmpty();
        }
    }

    @Test
    void theLeaderWritesWhatIsTheLeadersAndOthersOfTheDeviceMayThroughIt() {
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options());
                LeaderElection second = LeaderElection.observe(space, options())) {
            assertThatThrownBy(() -> space.leaderOnly("rates").write(election, edits -> edits.put("eur", 1)))
                    .isInstanceOf(SpaceException.class);
            run(election, Duration.ofSeconds(160));
            space.leaderOnly("rates").write(election, edits -> edits.put("eur", 2));
            assertThat(second.token()).isEqualTo(election.token()).isPresent();
            election.release();
            run(election, Duration.ofSeconds(5));
            assertThat(second.token()).isEmpty();
            assertThat(space.leaderOnly("rates").get("eur")).contains(Value.of(2));
        }
    }

    private static Leadership leads(Space space, long term) {
        Token token = new Token(0, term, space.electionFolder().writer());
        return () -> Optional.of(token);
    }

    /** E30: who takes part is told of what waits; how it is kept aside is LeaderOnlyTest's. */
    @Test
    void whoTakesPartIsToldOfLateWrites() {
        List<String> asked = new ArrayList<>();
        SpaceOptions others = SpaceOptions.inState(root.resolve("others")).toBuilder()
                .clock(time.clock())
                .build();
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            election.onEvent(event -> {
                if (event instanceof Event.Asked question && question.prompt().question() == Question.LATE_WRITES) {
                    asked.add(question.prompt().text());
                }
            });
            String code = space.invite(InviteOptions.writer()).code();
            space.flush();
            try (Space other = ((JoinResult.Joined) Space.join(folder, code, others)).space()) {
                space.leaderOnly("rates").write(leads(space, 1), edits -> edits.put("eur", 1));
                run(election, Duration.ofSeconds(10));
                assertThat(asked).isEmpty();
                other.leaderOnly("rates").write(leads(other, 2), edits -> edits.put("eur", 2));
                other.flush();
                space.refresh();
                run(election, Duration.ofSeconds(10));
                assertThat(asked).singleElement().asString().startsWith("1 write to \"rates\" came from a leader");
            }
        }
    }

    /** E35. */
    @Test
    void aLeaderWhoseFolderGoesAwayStepsDownAtOnce() throws IOException {
        List<Event> events = new ArrayList<>();
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            run(election, Duration.ofSeconds(160));
            election.onEvent(events::add);
            Files.move(folder, root.resolve("elsewhere"));
            run(election, Duration.ofSeconds(5));
            assertThat(election.permit()).isEmpty();
            assertThat(events).hasAtLeastOneElementOfType(Event.SteppedDown.class);
            space.commit(tx -> tx.on("notes").map().put("kept", "yes"));
            Files.move(root.resolve("elsewhere"), folder);
            run(election, Duration.ofSeconds(200));
            assertThat(election.permit()).isPresent();
            assertThat(space.documents()).contains("notes");
        }
    }

    /** E21, E26. */
    @Test
    void whatVanishesOrIsTornIsPublishedAgain() throws IOException {
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            run(election, Duration.ofSeconds(160));
            Path directory =
                    folder.resolve("devices").resolve(election.status().self().toString());
            Files.delete(directory.resolve("lock.cairn"));
            byte[] claim = Files.readAllBytes(directory.resolve("claim.cairn"));
            Files.write(directory.resolve("claim.cairn"), java.util.Arrays.copyOf(claim, 300));
            run(election, Duration.ofSeconds(5));
            assertThat(election.status().leader()).as("the old view is kept").isPresent();
            run(election, Duration.ofSeconds(30));
            assertThat(Files.exists(directory.resolve("lock.cairn"))).isTrue();
            assertThat(Files.size(directory.resolve("claim.cairn"))).isGreaterThan(300);
            assertThat(election.permit()).isPresent();
        }
    }

    /** E22, E23. */
    @Test
    void conflictCopiesAndForeignLocksAreShownAndDecideNothing() throws IOException {
        try (Space space = space();
                LeaderElection election = LeaderElection.attach(space, options())) {
            run(election, Duration.ofSeconds(160));
            Path directory =
                    folder.resolve("devices").resolve(election.status().self().toString());
            Files.copy(
                    directory.resolve("claim.cairn"),
                    directory.resolve("claim.sync-conflict-20260101-120000-ABCDEFG.cairn"));
            Files.writeString(folder.resolve("leader.lock"), "phone\n");
            Files.writeString(folder.resolve("leader.sync-conflict-20260101-120000-ABCDEFG.lock"), "laptop\n");
            Files.writeString(folder.resolve("leader (1).lock"), "tablet\n");
            run(election, Duration.ofSeconds(10));
            assertThat(election.permit()).isPresent();
            assertThat(election.status().foreign())
                    .extracting(ForeignClaim::text)
                    .containsExactly("laptop", "phone", "tablet");
        }
    }
}
