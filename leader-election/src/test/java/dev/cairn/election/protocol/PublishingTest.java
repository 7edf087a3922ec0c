package dev.cairn.election.protocol;

import static dev.cairn.election.protocol.Stage.led;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Vote;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a device writes, how often, and under which numbers: SPEC section 23.1, and what an idle fleet costs. */
final class PublishingTest {
    private static List<Long> numbers(Stage.Actor actor) {
        return actor.published.stream().map(Action.Publish::number).toList();
    }

    @Test
    void anIdleDeviceShowsByTheHeartbeatThatItIsThereAndWritesNothingElse() {
        Stage stage = led(Mode.AUTO, 3);
        for (Stage.Actor actor : stage.actors) {
            actor.published.clear();
            actor.persisted = 0;
        }
        stage.seconds(2_000);
        for (Stage.Actor actor : stage.actors) {
            assertThat(actor.count(Lock.class)).isEqualTo(100);
            assertThat(actor.published).hasSize(100);
            assertThat(actor.persisted).as("nor does it touch its own disk").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whatADeviceDoesItSaysAtOnce() {
        Stage stage = new Stage(Mode.AUTO, 3, 1);
        for (int tick = 0; tick < 400; tick++) {
            if (tick == 120) {
                stage.actor(0).commands.add(new Command.Release());
            } else if (tick == 240) {
                stage.actor(1).commands.add(new Command.Leave());
            }
            List<Integer> led = stage.leaders();
            stage.tick();
            for (Stage.Actor actor : stage.actors) {
                Lock said = actor.lastLock();
                assertThat(said.phase()).isEqualTo(actor.phase());
                assertThat(said.incarnation()).isEqualTo(actor.state.incarnation());
                assertThat(said.term()).isLessThanOrEqualTo(actor.disk.term());
                if (actor.leads() && led.contains(actor.number)) {
                    assertThat(said.leader()).isEqualTo(actor.token());
                }
            }
        }
    }

    @Test
    void whatVanishesIsPublishedAgainUnderALaterNumber() {
        Stage stage = led(Mode.QUORUM, 3);
        for (Stage.Actor actor : stage.actors) {
            List<Paper> before = List.copyOf(actor.own().values());
            long last = actor.own().lastKey();
            actor.folder.put(Stage.writer(actor.number), Papers.of(Stage.device(actor.number)));
            stage.seconds(25);
            assertThat(actor.own().values())
                    .filteredOn(paper -> !(paper instanceof Lock))
                    .hasSize(before.size() - 1)
                    .allMatch(before::contains);
            assertThat(actor.own().firstKey()).isGreaterThan(last);
        }
        assertThat(stage.leaders()).containsExactly(0);
    }

    /** A folder may be slow to show what was written to it, and a sync tool slow to carry it. */
    @Test
    void whatIsNotSeenYetIsPublishedAgainByTheHeartbeatOnly() {
        Stage stage = led(Mode.AUTO, 3);
        stage.actor(0).blind = true;
        long before = stage.actor(0).count(Claim.class);
        stage.seconds(200);
        assertThat(stage.actor(0).count(Claim.class) - before).isBetween(9L, 11L);
    }

    @Test
    void noNumberIsUsedTwiceHoweverItsProcessEnds() {
        Stage stage = led(Mode.AUTO, 3);
        Stage.Actor actor = stage.actor(1);
        stage.seconds(6_000); // more locks than are reserved at once
        for (int round = 0; round < 10; round++) {
            actor.crashAfter = round % 3;
            stage.seconds(100);
            actor.restart();
            actor.crashAfter = Integer.MAX_VALUE;
            stage.seconds(100);
            assertThat(actor.disk.reserved()).isGreaterThanOrEqualTo(actor.own().lastKey());
        }
        assertThat(numbers(actor)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatLiesThereIsNotPublishedAgainAfterARestart() {
        Stage stage = led(Mode.QUORUM, 3);
        Stage.Actor voter = stage.actor(1);
        assertThat(voter.count(Vote.class)).isEqualTo(1);
        voter.crash();
        stage.seconds(60);
        voter.restart();
        stage.seconds(300);
        assertThat(voter.count(Vote.class)).isEqualTo(1);
        voter.folder.put(Stage.writer(1), Papers.of(Stage.device(1)));
        stage.seconds(25);
        assertThat(voter.count(Vote.class)).as("until it vanishes").isEqualTo(2);
    }

    @Test
    void withoutAFolderOrARightNothingIsPublishedAndThenAllOfIt() {
        Stage stage = new Stage(Mode.QUORUM, 3, 1);
        Stage.Actor actor = stage.actor(2);
        actor.writable = false;
        stage.seconds(600);
        assertThat(actor.published).isEmpty();
        assertThat(stage.leaders()).containsExactly(0);
        actor.writable = true;
        stage.seconds(5);
        assertThat(actor.count(Lock.class)).isEqualTo(1);
        stage.electorate.remove(Stage.device(2));
        stage.seconds(600);
        assertThat(actor.count(Lock.class)).isEqualTo(1);
    }

    /** In a large fleet a lock has no room for all; whom much rests on has its place in each. */
    @Test
    void inALargeFleetEveryLockNamesTheLeaderAndCandidatesAndAFewLocksEverybody() {
        Stage stage = new Stage(Mode.AUTO, 40, 1);
        Stage.Actor actor = stage.actor(7);
        Stage.Puppet[] others = stage.actors.stream()
                .filter(other -> other != actor)
                .map(other -> stage.puppet(other.number))
                .toArray(Stage.Puppet[]::new);
        others[0].claims(0, 1, Claim.Status.ACTIVE);
        others[20].stands(2, Ballot.Status.OPEN);
        stage.seconds(120, others);
        actor.published.clear();
        stage.seconds(300, others);
        assertThat(actor.count(Lock.class)).as("by a slower heartbeat").isEqualTo(5);
        TreeSet<WriterId> named = new TreeSet<>();
        for (Action.Publish publish : actor.published) {
            Lock lock = (Lock) publish.paper();
            assertThat(lock.seen()).hasSize(Lock.SEEN_MAX);
            assertThat(lock.seen(others[0].writer())).as("the leader").isPresent();
            assertThat(lock.seen(others[20].writer())).as("a candidate").isPresent();
            lock.seen().forEach(sighting -> named.add(sighting.writer()));
        }
        assertThat(named).hasSize(others.length).doesNotContain(Stage.writer(7));
    }

    @Test
    void aDeviceRemembersItsNewestStarts() {
        Stage stage = new Stage(Mode.AUTO, 1, 1);
        Stage.Actor actor = stage.actor(0);
        for (int start = 0; start < 70; start++) {
            actor.restart();
            stage.tick();
        }
        assertThat(actor.disk.incarnations())
                .hasSize(Memory.INCARNATIONS_MAX)
                .doesNotHaveDuplicates()
                .endsWith(actor.state.incarnation());
    }
}
