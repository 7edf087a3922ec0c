package dev.cairn.election.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.election.protocol.Mode;
import dev.cairn.format.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Some devices of a fleet, between which files go at once where they go. */
final class DevicesTest {
    private static final Weather FAIR = Weather.fair(2);

    private final List<Device> devices = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<File> everything = new ArrayList<>();
    private boolean joined = true;
    private long now;

    private record File(int from, String name, Object content) {}

    /** One device that looks, whatever the others do. */
    private void look(int device) {
        List<File> files = new ArrayList<>();
        devices.get(device).look(now, (name, content) -> files.add(new File(device, name, content)));
        for (File file : files) {
            sent.add(device + " " + file.name());
            everything.add(file);
            for (int to = 0; joined && to < devices.size(); to++) {
                if (to != device) {
                    devices.get(to).receive(device, file.name(), file.content(), now);
                }
            }
        }
    }

    private void seconds(long seconds, int... looking) {
        long end = now + seconds * 1000;
        while (now < end) {
            for (int device : looking) {
                look(device);
            }
            now += 5_000;
        }
    }

    private List<Integer> leaders() {
        List<Integer> leaders = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).leads(now)) {
                leaders.add(i);
            }
        }
        return leaders;
    }

    private File newest(int from, String name) {
        return everything.stream()
                .filter(file -> file.from() == from && file.name().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private long count(String file) {
        return sent.stream().filter(file::equals).count();
    }

    @Nested
    class OfThePublishedIdea {
        private void ideas(int count, Weather weather) {
            for (int i = 0; i < count; i++) {
                devices.add(new PublishedIdea(i, weather, new Random(i)));
            }
        }

        @Test
        void oneAloneInItsFleetStandsAfterGraceAndLeadsAfterAnother() {
            ideas(1, Weather.fair(1));
            seconds(120, 0);
            assertThat(count("0 ballot")).isZero();
            seconds(120, 0);
            assertThat(count("0 ballot")).isEqualTo(1);
            assertThat(leaders()).isEmpty();
            seconds(5, 0);
            assertThat(leaders()).containsExactly(0);
            assertThat(count("0 leader.lock")).isEqualTo(1);
            assertThat(devices.get(0).elections()).isEqualTo(1);
            assertThat(count("0 lock")).as("one in twenty seconds").isEqualTo(13);
            seconds(1_000, 0);
            assertThat(devices.get(0).elections()).isEqualTo(1);
        }

        @Test
        void theEarliestStandsAndTheOthersFollowIt() {
            ideas(3, Weather.fair(3));
            seconds(60, 2);
            seconds(400, 0, 1, 2);
            assertThat(leaders()).containsExactly(2);
            assertThat(count("0 ballot") + count("1 ballot")).isZero();
            assertThat(devices).allMatch(device -> device.conflictCopies() == 0 && device.prompts() == 0);
        }

        @Test
        void ofTwoThatStartTogetherTheFirstOneStands() {
            ideas(2, FAIR);
            seconds(400, 0, 1);
            assertThat(leaders()).containsExactly(0);
            assertThat(count("1 ballot")).isZero();
        }

        @Test
        void whoFindsNobodyElseAsksAndLeadsByAWord() {
            ideas(1, FAIR.withConfirms(1));
            seconds(120, 0);
            assertThat(devices.get(0).prompts()).isZero();
            seconds(5, 0);
            assertThat(devices.get(0).prompts()).isEqualTo(1);
            seconds(55, 0);
            assertThat(leaders()).isEmpty();
            seconds(5, 0);
            assertThat(leaders()).containsExactly(0);
        }

        @Test
        void withoutAWordItAsksOnceAndNeverLeads() {
            ideas(1, FAIR);
            seconds(5_000, 0);
            assertThat(leaders()).isEmpty();
            assertThat(devices.get(0).prompts()).isEqualTo(1);
            devices.get(0).restart();
            seconds(500, 0);
            assertThat(devices.get(0).prompts())
                    .as("again after it started again")
                    .isEqualTo(2);
        }

        @Test
        void aWordThatComesTooLateIsNone() {
            ideas(2, FAIR.withConfirms(1));
            joined = false;
            seconds(130, 0);
            assertThat(devices.get(0).prompts()).isEqualTo(1);
            joined = true;
            seconds(20, 1);
            seconds(60, 0, 1);
            assertThat(leaders()).isEmpty();
        }

        @Test
        void aCandidateGivesWayToAnEarlierBallot() {
            ideas(2, FAIR);
            seconds(5, 0, 1); // they know of each other
            joined = false;
            seconds(200, 0); // which stands
            joined = true;
            assertThat(count("0 ballot")).isEqualTo(1);
            devices.get(0).receive(1, "ballot", 1L, now);
            seconds(5, 0);
            assertThat(count("0 ballot")).as("and takes its own back").isEqualTo(2);
            seconds(300, 0, 1);
            assertThat(devices.get(0).elections()).isLessThanOrEqualTo(1);
        }

        @Test
        void aLeaderThatIsSilentIsReplacedAfterTheThreshold() {
            ideas(2, FAIR);
            seconds(400, 0, 1);
            assertThat(leaders()).containsExactly(0);
            seconds(590, 1);
            assertThat(devices.get(1).elections() + devices.get(1).prompts()).isZero();
            seconds(200, 1);
            assertThat(devices.get(1).prompts()).as("it is alone now").isEqualTo(1);
        }

        @Test
        void twoThatWriteTheCommonFileMakeAConflictOfWhichTheLaterWins() {
            ideas(2, FAIR.withConfirms(1));
            joined = false;
            seconds(200, 0);
            seconds(200, 1);
            assertThat(leaders()).containsExactly(0, 1);
            File earlier = newest(0, "leader.lock");
            File later = newest(1, "leader.lock");
            devices.get(1).receive(0, "leader.lock", earlier.content(), now);
            devices.get(0).receive(1, "leader.lock", later.content(), now);
            devices.get(0).receive(1, "leader.lock", later.content(), now);
            assertThat(leaders()).containsExactly(1);
            assertThat(devices.get(0).conflictCopies()).isEqualTo(1);
            assertThat(devices.get(1).conflictCopies()).isZero();
        }

        @Test
        void whoReplacesALeaderItKnowsMakesNone() {
            ideas(2, FAIR.withConfirms(1));
            seconds(400, 0, 1);
            assertThat(leaders()).containsExactly(0);
            joined = false;
            seconds(900, 1);
            assertThat(leaders()).containsExactly(0, 1);
            devices.get(0).receive(1, "leader.lock", newest(1, "leader.lock").content(), now);
            assertThat(leaders()).containsExactly(1);
            assertThat(devices.get(0).conflictCopies()).isZero();
        }

        @Test
        void aWrongClockMakesOthersSeemGone() {
            List<PublishedIdea> wrong = new ArrayList<>();
            Weather weather = FAIR.withSleep(0, Duration.ofHours(2));
            for (int seed = 0; seed < 20; seed++) {
                wrong.add(new PublishedIdea(0, weather, new Random(seed)));
            }
            ideas(1, FAIR);
            devices.add(new PublishedIdea(1, FAIR, new Random(1)));
            devices.remove(0);
            int asking = 0;
            for (PublishedIdea one : wrong) {
                devices.add(0, one);
                now = 0;
                seconds(300, 0, 1);
                asking += one.prompts() > 0 ? 1 : 0;
                devices.remove(0);
            }
            assertThat(asking).as("ten minutes of two hours are right").isBetween(12, 20);
        }
    }

    @Nested
    class OfCairn {
        private void cairn(int running, int devicesOfAll, double confirms) {
            SortedSet<DeviceId> electorate = new TreeSet<>();
            for (int i = 0; i < devicesOfAll; i++) {
                electorate.add(CairnDevice.device(i));
            }
            Weather weather = Weather.fair(devicesOfAll).withConfirms(confirms);
            for (int i = 0; i < running; i++) {
                devices.add(new CairnDevice(i, Mode.AUTO, weather, new Random(i), electorate));
            }
        }

        @Test
        void oneOfThreeAsksAndLeadsByAWordAMinuteLater() {
            cairn(1, 3, 1);
            seconds(155, 0);
            assertThat(devices.get(0).prompts()).isEqualTo(1);
            seconds(55, 0);
            assertThat(leaders()).isEmpty();
            seconds(5, 0);
            assertThat(leaders()).containsExactly(0);
            assertThat(devices.get(0).elections()).isEqualTo(1);
            assertThat(devices.get(0).conflictCopies()).isZero();
        }

        @Test
        void withoutAWordItGoesOnAskingAndNeverLeads() {
            cairn(1, 3, 0);
            seconds(2_000, 0);
            assertThat(leaders()).isEmpty();
            assertThat(devices.get(0).prompts()).isEqualTo(2);
        }

        @Test
        void aWordIsForTheQuestionThatStands() {
            cairn(2, 3, 1);
            joined = false;
            seconds(155, 0);
            joined = true;
            seconds(20, 1); // somebody is there, and the question is settled
            seconds(60, 0, 1);
            assertThat(devices.get(0).elections()).isZero();
        }

        @Test
        void twoOfThreeElectOneOfThem() {
            cairn(2, 3, 0);
            seconds(600, 0, 1);
            assertThat(leaders()).containsExactly(0);
            assertThat(devices.get(0).prompts() + devices.get(1).prompts()).isZero();
        }

        @Test
        void aProcessThatStartsAgainLeadsNoMoreAndKeepsItsTerm() {
            cairn(1, 1, 0);
            seconds(160, 0);
            assertThat(leaders()).containsExactly(0);
            devices.get(0).restart();
            assertThat(leaders()).isEmpty();
            seconds(160, 0);
            assertThat(leaders()).containsExactly(0);
            assertThat(devices.get(0).elections()).isEqualTo(2);
            assertThat(sent).contains("0 lock", "0 ballot", "0 claim");
        }
    }
}
