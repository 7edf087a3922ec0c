package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Request.Goal;
import dev.cairn.format.election.Token;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Subscription;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of a device which takes part, the others of that device, and another device of the same folder. */
final class ProcessesTest {
    @TempDir
    Path root;

    private final VirtualTime time = VirtualTime.start();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(root.resolve("folder"));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private SpaceOptions in(String state) {
        return SpaceOptions.inState(root.resolve(state)).toBuilder()
                .clock(time.clock())
                .deviceName(state)
                .build();
    }

    private Space created() {
        return kept(Space.create(folder, in("desk")));
    }

    private Space joined(Space host) {
        String code = host.invite(InviteOptions.writer()).code();
        host.flush();
        Space joined = kept(((JoinResult.Joined) Space.join(folder, code, in("phone"))).space());
        joined.flush();
        host.refresh();
        return joined;
    }

    private <C extends AutoCloseable> C kept(C one) {
        open.add(one);
        return one;
    }

    private ElectionOptions options(Mode mode) {
        return ElectionOptions.defaults()
                .with(mode)
                .withLabel("Ann")
                .simulated(time.clock(), () -> time.elapsed().toMillis(), new Random(1));
    }

    private LeaderElection attached(Space space, Mode mode) {
        return kept(LeaderElection.attach(space, options(mode), events::add));
    }

    private void run(long seconds, LeaderElection... elections) {
        for (long done = 0; done < seconds; done += 5) {
            time.advance(Duration.ofSeconds(5));
            for (LeaderElection election : elections) {
                election.look();
            }
        }
    }

    @Nested
    class OfOneDevice {
        @Test
        void theOthersSeeAndSayWhatTheOneWhichTakesPartDoes() {
            Space space = created();
            LeaderElection election = attached(space, Mode.AUTO);
            LeaderElection other = kept(LeaderElection.observe(space, options(Mode.AUTO)));
            assertThat(other.status().phase()).isEmpty();
            assertThat(other.status().leader()).isEmpty();
            run(160, election);
            assertThat(election.leads()).isTrue();
            assertThat(other.leads()).as("it is not the one").isFalse();
            assertThat(other.permit()).isEmpty();
            assertThat(other.status().leader()).as("before it looks").isEmpty();
            other.refresh();
            ElectionStatus status = other.status();
            assertThat(status.leading()).isTrue();
            assertThat(status.leader().map(Claim::token))
                    .isEqualTo(election.token())
                    .isPresent();
            assertThat(status.leaderOnline()).isTrue();
            assertThat(status.grace()).isEqualTo(Duration.ofMinutes(2));
            assertThat(status.threshold()).isEqualTo(Duration.ofMinutes(10));
            assertThat(status.roundTrip()).isEmpty();
            assertThat(status.participants()).singleElement().satisfies(one -> {
                assertThat(one.writer()).isEqualTo(status.self());
                assertThat(one.phase()).isEqualTo(Phase.LEADER);
                assertThat(one.online()).isTrue();
                assertThat(one.seenMillis()).isLessThanOrEqualTo(time.clock().millis());
            });
            assertThat(other.token()).isEqualTo(election.token());
            election.close();
            assertThat(other.token()).as("it ends with that process").isEmpty();
            assertThat(other.status().leading()).isFalse();
            assertThat(other.status().participants()).noneMatch(ElectionStatus.Participant::online);
        }

        @Test
        void whoCannotSayGoodByeLetsGoAllTheSame() throws IOException {
            Space space = created();
            LeaderElection election = attached(space, Mode.AUTO);
            run(160, election);
            assertThat(election.leads()).isTrue();
            Path memory = root.resolve("desk/election/memory");
            Files.delete(memory);
            Files.createDirectories(memory.resolve("in-the-way"));
            election.close();
            Files.delete(memory.resolve("in-the-way"));
            Files.delete(memory);
            assertThat(attached(space, Mode.AUTO).takesPart())
                    .as("another takes part for the device")
                    .isTrue();
        }

        @Test
        void whatTheOthersAskForIsDoneByTheOneWhichTakesPart() {
            Space space = created();
            LeaderElection other = kept(LeaderElection.observe(space, options(Mode.MANUAL)));
            LeaderElection election = attached(space, Mode.MANUAL);
            run(300, election);
            assertThat(election.leads()).isFalse();
            other.choose(election.status().self());
            run(10, election);
            assertThat(election.leads()).as("choose").isTrue();
            other.release();
            run(10, election);
            assertThat(election.leads()).as("release").isFalse();
            other.request("to say something");
            run(10, election);
            assertThat(election.leads()).as("request").isTrue();
            Request request = election.status().wish().orElseThrow().request();
            assertThat(request.reason()).isEqualTo("to say something");
            assertThat(request.expiryMillis()).isEqualTo(3_600_000);
            assertThat(request.status()).isEqualTo(Request.Status.DONE);
            long number = election.status().wish().orElseThrow().number();
            other.ask(Goal.COMPACT, "", 0, Duration.ZERO, Duration.ofHours(1));
            run(10, election);
            assertThat(election.status().wish().orElseThrow().number()).isGreaterThan(number);
            other.fulfilled();
            run(10, election);
            other.refresh();
            assertThat(other.status().wish().orElseThrow().request().status()).isEqualTo(Request.Status.DONE);
            other.ask(Goal.COMPACT, "", 0, Duration.ZERO, Duration.ofHours(1));
            other.cancel();
            run(10, election);
            other.refresh();
            assertThat(other.status().wish().orElseThrow().request().status()).isEqualTo(Request.Status.CANCELLED);
        }

        @Test
        void whatIsAskedWhileNobodyTakesPartWaits() {
            Space space = created();
            LeaderElection other = kept(LeaderElection.observe(space, options(Mode.MANUAL)));
            other.request("");
            LeaderElection election = attached(space, Mode.MANUAL);
            run(5, election);
            assertThat(election.leads()).isTrue();
        }

        @Test
        void aQuestionCanBeAnsweredInAnyOfThem() {
            Space space = created();
            LeaderElection election = attached(space, Mode.USER);
            LeaderElection other = kept(LeaderElection.observe(space, options(Mode.USER)));
            assertThat(other.status().prompts()).isEmpty();
            run(160, election);
            Prompt asked = other.status().prompts().get(0);
            assertThat(asked.question()).isEqualTo(Question.ONLY_DEVICE);
            assertThat(asked.text()).startsWith("It looks like you are the only device online!");
            assertThat(asked.answers()).containsExactly(Prompt.LEAD, Prompt.WAIT);
            assertThat(asked.defaultAnswer()).isEqualTo(Prompt.WAIT);
            assertThat(other.status().prompts()).hasSize(1);
            other.answer(Question.ONLY_DEVICE, Prompt.LEAD);
            run(5, election);
            assertThat(election.leads()).isTrue();
            assertThat(other.status().prompts()).isEmpty();
        }

        @Test
        void aQuestionEndsWithTheProcessThatAsks() {
            Space space = created();
            LeaderElection election = attached(space, Mode.USER);
            LeaderElection other = kept(LeaderElection.observe(space, options(Mode.USER)));
            run(160, election);
            assertThat(other.status().prompts()).hasSize(1);
            election.close();
            assertThat(other.status().prompts()).isEmpty();
        }

        @Test
        void whenItEndsAnotherTakesPart() {
            Space space = created();
            LeaderElection election = attached(space, Mode.AUTO);
            LeaderElection second = attached(space, Mode.AUTO);
            run(160, election, second);
            assertThat(second.takesPart()).isFalse();
            assertThat(second.status().phase()).isEmpty();
            election.close();
            run(5, second);
            assertThat(second.takesPart()).isTrue();
            assertThat(second.status().phase()).contains(Phase.JOINING);
            run(160, second);
            assertThat(second.leads()).isTrue();
        }

        /** A leadership without a lease that is prolonged is over, whatever a file says. */
        @Test
        void whatAnotherProcessSaidOfTheLeadershipEndsWithItsLease() {
            Space space = created();
            Space second = joined(space);
            LeaderElection election = attached(space, Mode.GRACE);
            LeaderElection other = attached(second, Mode.GRACE);
            run(400, election, other);
            LeaderElection leader = election.leads() ? election : other;
            LeaderElection beside = kept(LeaderElection.observe(leader.space(), options(Mode.GRACE)));
            Token token = leader.token().orElseThrow();
            assertThat(beside.token()).contains(token);
            run(400, new LeaderElection[0]);
            assertThat(beside.token()).contains(token);
            run(100, new LeaderElection[0]);
            assertThat(leader.leads()).as("it does not look any more").isFalse();
            assertThat(beside.token()).isEmpty();
        }

        @Test
        void aPermitIsForOneLeadershipAlone() {
            Space space = created();
            LeaderElection election = attached(space, Mode.MANUAL);
            election.choose(election.status().self());
            run(5, election);
            Permit first = election.permit().orElseThrow();
            assertThat(first.isValid()).isTrue();
            assertThat(first).hasToString("Permit[" + first.token() + "]");
            election.release();
            run(5, election);
            election.choose(election.status().self());
            run(5, election);
            assertThat(election.leads()).isTrue();
            assertThat(first.isValid()).isFalse();
            Permit second = election.permit().orElseThrow();
            election.close();
            assertThat(second.isValid()).isFalse();
            assertThat(election.leads()).isFalse();
            assertThat(election.token()).isEmpty();
        }

        @Test
        void whoStoppedListeningIsToldNothing() {
            Space space = created();
            LeaderElection election = attached(space, Mode.MANUAL);
            List<Event> heard = new ArrayList<>();
            Subscription subscription = election.onEvent(heard::add);
            election.choose(election.status().self());
            run(5, election);
            assertThat(heard).hasAtLeastOneElementOfType(Event.Elected.class);
            subscription.close();
            heard.clear();
            election.release();
            run(5, election);
            assertThat(heard).isEmpty();
            assertThat(events).hasAtLeastOneElementOfType(Event.SteppedDown.class);
        }
    }

    @Nested
    class OfTwoDevices {
        @Test
        void eachSeesWhoLeadsAndWhoTakesPart() {
            Space desk = created();
            Space phone = joined(desk);
            LeaderElection one = attached(desk, Mode.AUTO);
            LeaderElection two = attached(phone, Mode.AUTO);
            LeaderElection beside = kept(LeaderElection.observe(desk, options(Mode.AUTO)));
            run(400, one, two);
            beside.refresh();
            for (LeaderElection each : List.of(one, two, beside)) {
                ElectionStatus status = each.status();
                assertThat(status.leader()).isEqualTo(one.status().leader()).isPresent();
                assertThat(status.leaderOnline()).isTrue();
                assertThat(status.participants())
                        .extracting(ElectionStatus.Participant::writer)
                        .hasSize(2)
                        .isSorted();
                assertThat(status.participants()).allMatch(ElectionStatus.Participant::online);
            }
            assertThat(one.status().roundTrip()).isPresent();
            assertThat(List.of(one.leads(), two.leads())).containsExactlyInAnyOrder(true, false);
        }

        @Test
        void aFarewellIsSeenAtOnceAndSilenceAfterTheThreshold() {
            Space desk = created();
            Space phone = joined(desk);
            LeaderElection one = attached(desk, Mode.AUTO);
            LeaderElection two = attached(phone, Mode.AUTO);
            LeaderElection beside = kept(LeaderElection.observe(phone, options(Mode.AUTO)));
            run(400, one, two);
            run(590, two);
            assertThat(online(two)).hasSize(2);
            run(60, two);
            assertThat(online(two)).containsExactly(two.status().self());
            beside.refresh();
            assertThat(online(beside)).as("also by its clock alone").isEqualTo(online(two));
            assertThat(two.status().leaderOnline()).isEqualTo(two.leads());
            run(60, one, two);
            assertThat(online(two)).hasSize(2);
            one.close();
            run(5, two);
            beside.refresh();
            assertThat(online(two)).containsExactly(two.status().self());
            assertThat(online(beside)).isEqualTo(online(two));
        }

        private List<WriterId> online(LeaderElection election) {
            return election.status().participants().stream()
                    .filter(ElectionStatus.Participant::online)
                    .map(ElectionStatus.Participant::writer)
                    .toList();
        }

        @Test
        void anOpenWishIsSeenByTheOtherUntilItHasCome() {
            Space desk = created();
            Space phone = joined(desk);
            LeaderElection one = attached(desk, Mode.AUTO);
            LeaderElection two = attached(phone, Mode.AUTO);
            run(700, one, two);
            LeaderElection leader = one.leads() ? one : two;
            LeaderElection other = one.leads() ? two : one;
            other.ask(Goal.COMPACT, "space", 3, Duration.ZERO, Duration.ofHours(1));
            run(10, one, two);
            assertThat(leader.status().participants())
                    .filteredOn(participant -> participant.request().isPresent())
                    .singleElement()
                    .satisfies(asking -> {
                        assertThat(asking.writer()).isEqualTo(other.status().self());
                        assertThat(asking.request().orElseThrow().priority()).isEqualTo(3);
                    });
            assertThat(events).hasAtLeastOneElementOfType(Event.Wished.class);
            other.fulfilled();
            run(10, one, two);
            assertThat(leader.status().participants())
                    .noneMatch(participant -> participant.request().isPresent());
        }

        @Test
        void aDamagedFileIsToldOfOnceAndOnlyWhenItStays() throws IOException {
            Space desk = created();
            LeaderElection one = attached(desk, Mode.AUTO);
            run(160, one);
            Path claim = folder.resolve("devices")
                    .resolve(one.status().self().toString())
                    .resolve("claim.cairn");
            Path copy = claim.resolveSibling("claim.sync-conflict-20260101-120000-ABCDEFG.cairn");
            Files.copy(claim, copy);
            run(5, one);
            assertThat(one.status().problems()).hasSize(1);
            assertThat(events).noneMatch(Event.Ignored.class::isInstance);
            run(30, one);
            assertThat(events)
                    .filteredOn(Event.Ignored.class::isInstance)
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(((Event.Ignored) event).path())
                                .endsWith(copy.getFileName().toString());
                        assertThat(((Event.Ignored) event).why()).isEqualTo("a copy, which has no effect");
                    });
        }
    }

    /** What a device has forgotten it may have promised. */
    @Nested
    class WhenTheMemoryIsGone {
        private Path memory() {
            return root.resolve("desk").resolve("election").resolve("memory");
        }

        @Test
        void aDamagedOneMakesADeviceAskBeforeItVotes() throws IOException {
            Space space = created();
            LeaderElection election = attached(space, Mode.AUTO);
            run(160, election);
            long term = election.token().orElseThrow().term();
            election.close();
            Files.write(memory(), new byte[] {1, 2, 3});
            LeaderElection again = attached(space, Mode.AUTO);
            run(5, again);
            assertThat(again.status().prompts()).extracting(Prompt::question).containsExactly(Question.CLONE_DETECTED);
            again.answer(Question.CLONE_DETECTED, Prompt.GONE);
            run(5, again);
            assertThat(again.status().prompts()).isEmpty();
            run(160, again);
            assertThat(again.token().orElseThrow().term()).as("from the folder").isGreaterThan(term);
        }

        @Test
        void aMissingOneIsThatOfADeviceWhichNeverTookPart() throws IOException {
            Space space = created();
            LeaderElection election = attached(space, Mode.AUTO);
            run(5, election);
            election.close();
            Files.delete(memory());
            LeaderElection again = attached(space, Mode.AUTO);
            run(5, again);
            assertThat(again.status().prompts()).isEmpty();
        }
    }
}
