package dev.cairn.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.view.Value;
import dev.cairn.election.SyncedFleet.Settings;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.ForeignClaim;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Claim.Proof;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import dev.cairn.replica.LeaderOnly;
import dev.cairn.replica.SpaceStatus.FileStatus;
import dev.cairn.replica.leaderonly.LateWrite;
import dev.cairn.simulation.disk.PowerLoss;
import dev.cairn.simulation.profile.Names;
import dev.cairn.simulation.profile.Noticing;
import dev.cairn.simulation.profile.SyncProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The scenarios of the election, by number, on simulated folders: real spaces, real files, real local stores, and a
 * sync tool between them, in virtual time. The threshold is 600 s, the grace period 120 s, settling takes 30 s.
 */
final class SyncedScenariosTest {
    private final List<SyncedFleet> fleets = new ArrayList<>();

    @AfterEach
    void close() {
        fleets.forEach(SyncedFleet::close);
    }

    private SyncedFleet fleet(Settings settings, int devices) {
        return fleet(settings, devices, devices);
    }

    private SyncedFleet fleet(Settings settings, int devices, int started) {
        SyncedFleet fleet = new SyncedFleet(settings, devices, 1, started);
        fleets.add(fleet);
        return fleet;
    }

    private SyncedFleet led(Mode mode, int devices) {
        return led(Settings.of(mode), devices);
    }

    private SyncedFleet led(Settings settings, int devices) {
        SyncedFleet fleet = fleet(settings, devices);
        fleet.seconds(600);
        assertThat(fleet.leaders()).containsExactly(0);
        return fleet;
    }

    private static void request(SyncedDevice device, int priority) {
        device.election().ask(Request.Goal.LEAD, "", priority, Duration.ZERO, Duration.ofHours(4));
    }

    private static void put(SyncedDevice device, String key) {
        device.space().commit(tx -> tx.on("notes").map().put(key, device.name));
        device.space().flush();
    }

    /** Nothing is lost: every running device has this, and all are equal. */
    private static void haveAll(SyncedFleet fleet, String... keys) {
        fleet.seconds(120);
        List<SyncedDevice> running =
                fleet.devices.stream().filter(SyncedDevice::isRunning).toList();
        for (SyncedDevice device : running) {
            assertThat(device.space().document("notes").map().entries()).containsKeys(keys);
            assertThat(device.space().stateHash())
                    .isEqualTo(running.get(0).space().stateHash());
        }
    }

    @Test
    void e01OneDeviceLeadsAfterSettlingAndGrace() {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 1);
        fleet.seconds(140);
        assertThat(fleet.leaders()).isEmpty();
        fleet.seconds(20);
        SyncedDevice device = fleet.device(0);
        assertThat(device.token()).contains(new Token(0, 1, device.writer()));
        assertThat(device.was(Event.Asked.class)).isFalse();
    }

    @Test
    void e02OfThreeThatStartTogetherTheFirstLeadsAndNobodyElseStands() {
        for (Mode mode : List.of(Mode.GRACE, Mode.QUORUM)) {
            SyncedFleet fleet = led(mode, 3);
            assertThat(fleet.device(0).count(FileKind.BALLOT)).isPositive();
            assertThat(fleet.device(1).count(FileKind.BALLOT)).isZero();
            assertThat(fleet.device(2).count(FileKind.BALLOT)).isZero();
            assertThat(fleet.effective()).hasSize(1);
        }
    }

    @Test
    void e03WithEqualTicketsAndStartsTheLowestIdLeads() {
        SyncedFleet fleet = led(Mode.AUTO, 4);
        assertThat(fleet.devices).extracting(device -> device.lock().ticket()).containsOnly(1L);
        assertThat(fleet.devices)
                .extracting(device -> device.lock().sinceMillis())
                .containsOnly(fleet.device(0).lock().sinceMillis());
        assertThat(fleet.devices.stream().map(SyncedDevice::writer).min(WriterId::compareTo))
                .contains(fleet.device(0).writer());
    }

    @Test
    void e04WhoeverStoodBeforeAnEarlierBallotCameWithdraws() {
        SyncedFleet fleet = fleet(Settings.of(Mode.GRACE), 4);
        fleet.alone(0, 3); // device 1 sees device 2 only
        fleet.seconds(165);
        assertThat(fleet.device(1).phase()).isEqualTo(Phase.CANDIDATE);
        fleet.heal();
        fleet.seconds(600);
        assertThat(fleet.leaders()).containsExactly(0);
        assertThat(fleet.device(1).was(Event.Elected.class)).isFalse();
        assertThat(fleet.device(1).ballot().status()).isEqualTo(Ballot.Status.WITHDRAWN);
    }

    @Test
    void e05WhoeverSeesAnEarlierOneNeverStands() {
        SyncedFleet fleet = fleet(Settings.of(Mode.GRACE), 3);
        fleet.alone(1); // device 2 sees device 0 only
        fleet.seconds(900);
        assertThat(fleet.device(2).count(FileKind.BALLOT)).isZero();
        assertThat(fleet.leaders()).containsExactly(0);
    }

    @Test
    void e06OneAloneOfThreeAsksAndDoesNotLead() {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 3);
        fleet.alone(2);
        fleet.seconds(1200);
        assertThat(fleet.leaders()).containsExactly(0);
        assertThat(fleet.device(2).isAsked(Question.ONLY_DEVICE)).isTrue();
        assertThat(fleet.device(2).was(Event.Elected.class)).isFalse();
        assertThat(fleet.device(2).count(FileKind.CLAIM)).isZero();
    }

    @Test
    void e07AfterAConfirmedIsolationTheUsersLeaderFencesTheOther() {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 3);
        fleet.alone(2);
        fleet.seconds(300);
        SyncedDevice confirmed = fleet.device(2);
        confirmed.election().answer(Question.ONLY_DEVICE, Prompt.LEAD);
        fleet.seconds(10);
        assertThat(confirmed.token().orElseThrow().epoch()).isEqualTo(1);
        assertThat(fleet.leaders()).containsExactly(0, 2);
        for (int leader : fleet.leaders()) {
            put(fleet.device(leader), "by " + leader);
            fleet.device(leader).space().compaction().checkpoint((done, total) -> {});
        }
        fleet.seconds(200);
        fleet.heal();
        fleet.seconds(120);
        assertThat(fleet.leaders()).containsExactly(2);
        assertThat(fleet.device(0).events)
                .anyMatch(event -> event instanceof Event.SteppedDown down && down.reason() == Event.Reason.FENCED);
        assertThat(fleet.effective()).hasSize(1);
        haveAll(fleet, "by 0", "by 2");
        fleet.devices.forEach(
                device -> assertThat(device.space().compaction().status().checkpoints())
                        .as("both are valid on %s", device)
                        .hasSize(2)
                        .allMatch(one -> one.whole() && !one.verdict().equals("refused")));
    }

    @Test
    void e08AfterThreeWindowsWithoutAResultTheUserIsAskedToChoose() {
        SyncProfile votesStay = SyncProfile.perfect().withNames(Names.ignoring(".*/vote\\.cairn"));
        SyncedFleet fleet = fleet(Settings.of(Mode.QUORUM).with(votesStay), 3);
        SyncedDevice candidate = fleet.device(0);
        while (!candidate.isAsked(Question.CHOOSE_LEADER) && fleet.ticks < 1440) {
            fleet.tick();
        }
        assertThat(candidate.isAsked(Question.CHOOSE_LEADER)).isTrue();
        assertThat(candidate.phase()).isEqualTo(Phase.NEED_USER);
        assertThat(candidate.was(Event.Elected.class)).isFalse();
        candidate.election().answer(Question.CHOOSE_LEADER, Prompt.LEAD);
        fleet.tick();
        assertThat(candidate.leads()).isTrue();
        assertThat(candidate.claim().proof()).isEqualTo(Proof.USER);
    }

    @Test
    void e08WhenBothUsersChooseThemselvesTheOrderDecides() {
        SyncedFleet fleet = fleet(Settings.of(Mode.QUORUM), 3, 2);
        fleet.alone(0);
        fleet.seconds(400);
        for (int i = 0; i < 2; i++) {
            fleet.device(i).election().choose(fleet.device(i).writer());
            put(fleet.device(i), "by " + i);
        }
        fleet.seconds(10);
        assertThat(fleet.leaders()).containsExactly(0, 1);
        fleet.heal();
        fleet.seconds(60);
        assertThat(fleet.leaders()).containsExactly(0);
        assertThat(fleet.effective()).hasSize(1);
        haveAll(fleet, "by 0", "by 1");
    }

    @Test
    void e09ACrashedLeaderIsReplacedAfterTheThresholdInALaterTerm() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        Token first = fleet.device(0).token().orElseThrow();
        fleet.device(0).crash();
        fleet.seconds(590);
        assertThat(fleet.leaders()).isEmpty();
        fleet.seconds(600);
        assertThat(fleet.leaders()).containsExactly(1);
        assertThat(fleet.device(1).token().orElseThrow().term()).isEqualTo(first.term() + 1);
    }

    @Test
    void e10ALeaderThatSleptIsNoneWhenItWakes() {
        for (boolean stood : new boolean[] {false, true}) {
            SyncedFleet fleet = led(Mode.AUTO, 3);
            fleet.device(0).sleep();
            fleet.seconds(stood ? 7200 : 1800);
            fleet.device(0).wake(stood);
            assertThatLeaderOnlyIsRefused(fleet.device(0), stood);
            fleet.tick();
            assertThat(fleet.device(0).leads()).isFalse();
            assertThat(fleet.device(0).phase()).isEqualTo(Phase.JOINING);
            fleet.seconds(600);
            assertThat(fleet.leaders()).containsExactly(1);
        }
    }

    /** Before it has looked, only a clock that went on tells that it slept; then nothing is written either. */
    private static void assertThatLeaderOnlyIsRefused(SyncedDevice device, boolean stood) {
        if (!stood) {
            assertThat(device.election().token()).isEmpty();
            assertThat(device.election().permit()).isEmpty();
        }
    }

    @Test
    void e11ALeaderThatIsCutOffStopsBeforeOthersMayElect() {
        SyncProfile slow = SyncProfile.syncthing().withNoticeDelay(Duration.ofSeconds(10));
        SyncedFleet fleet = led(Settings.of(Mode.AUTO).with(slow), 3);
        fleet.alone(0);
        while (fleet.device(0).leads()) {
            fleet.tick();
            assertThat(fleet.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(fleet.leaders()).isEmpty();
        fleet.seconds(900);
        assertThat(fleet.leaders()).containsExactly(1);
    }

    @Test
    void e12TheLastLeaderIsLastInOrderWhenItComesBackFirst() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.devices.forEach(SyncedDevice::crash);
        fleet.seconds(3600);
        fleet.device(0).start();
        fleet.seconds(100);
        assertThat(fleet.device(0).phase()).isEqualTo(Phase.JOINING);
        fleet.device(1).start();
        fleet.device(2).start();
        fleet.seconds(1200);
        assertThat(fleet.leaders()).hasSize(1).doesNotContain(0);
    }

    @Test
    void e13WrongClocksDoNotMakeTwoLeaders() {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 3, 0);
        fleet.device(0).clock.setOffset(Duration.ofDays(365));
        fleet.device(1).clock.setOffset(Duration.ofDays(-1));
        fleet.devices.forEach(SyncedDevice::start);
        for (int i = 0; i < 400; i++) {
            fleet.tick();
            assertThat(fleet.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(fleet.leaders()).hasSize(1);
        assertThat(fleet.device(2).isAsked(Question.CLOCK_SKEW)).isTrue();
    }

    @Test
    void e14AClockThatJumpsBackChangesNothing() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        Optional<Token> token = fleet.device(0).token();
        fleet.device(0).clock.jump(Duration.ofHours(-1));
        for (int i = 0; i < 240; i++) {
            fleet.tick();
            assertThat(fleet.device(0).token()).isEqualTo(token);
        }
    }

    @Test
    void e15ARequestHandsOverOnceTheVersionIsThere() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        put(fleet.device(0), "before");
        request(fleet.device(2), 0);
        while (fleet.device(0).leads()) {
            fleet.tick();
        }
        assertThat(fleet.device(0).claim().status()).isEqualTo(Claim.Status.HANDED_OVER);
        assertThat(fleet.device(0).claim().handOver().orElseThrow().version()).isNotEmpty();
        while (!fleet.device(2).leads()) {
            assertThat(fleet.leaders()).isEmpty();
            fleet.tick();
        }
        assertThat(fleet.device(2).space().document("notes").map().entries()).containsKey("before");
        assertThat(fleet.device(2).claim().proof()).isEqualTo(Proof.HANDOVER);
        assertThat(fleet.device(2).claim().term()).isEqualTo(2);
        int claims = fleet.device(0).count(FileKind.CLAIM);
        fleet.seconds(1200);
        assertThat(fleet.leaders()).containsExactly(2);
        assertThat(fleet.device(0).count(FileKind.CLAIM))
                .as("it claims nothing more")
                .isEqualTo(claims);
        assertThat(fleet.device(2).request().status()).isEqualTo(Request.Status.DONE);
    }

    /** A tool which does not carry what holds the newest changes. */
    private static Settings changesStay() {
        return Settings.of(Mode.AUTO)
                .with(SyncProfile.perfect()
                        .withNames(Names.ignoring("devices/[^/]*/head-.*", "devices/.*/changes/.*")));
    }

    @Test
    void e16AnHeirWaitsForTheVersion() {
        SyncedFleet fleet = led(changesStay(), 3);
        put(fleet.device(0), "before");
        request(fleet.device(2), 0);
        fleet.seconds(300);
        assertThat(fleet.device(0).claim().status()).isEqualTo(Claim.Status.HANDED_OVER);
        assertThat(fleet.device(2).was(Event.Elected.class)).isFalse();
        assertThat(fleet.device(2).count(FileKind.CLAIM)).isZero();
    }

    @Test
    void e17AnHeirThatDiesIsPassedOverAndFencedWhenItComesBack() {
        SyncedFleet fleet = led(changesStay(), 3);
        put(fleet.device(0), "before");
        request(fleet.device(2), 0);
        fleet.seconds(60);
        assertThat(fleet.device(0).claim().status()).isEqualTo(Claim.Status.HANDED_OVER);
        fleet.device(2).crash();
        fleet.seconds(1200);
        assertThat(fleet.leaders()).containsExactly(1);
        assertThat(fleet.device(1).token().orElseThrow().term()).isEqualTo(3);
        fleet.device(2).start();
        fleet.seconds(600);
        assertThat(fleet.leaders()).containsExactly(1);
        assertThat(fleet.device(2).was(Event.Elected.class)).isFalse();
    }

    @Test
    void e18OfEqualRequestsTheFirstSeenGoesFirstAndNobodyStarves() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        List<Integer> order = new ArrayList<>();
        request(fleet.device(2), 0);
        fleet.seconds(10);
        request(fleet.device(1), 0);
        int before = 0;
        for (int round = 0; round < 10; round++) {
            while (fleet.leaders().isEmpty() || fleet.leaders().get(0) == before) {
                fleet.tick();
            }
            int leader = fleet.leaders().get(0);
            order.add(leader);
            fleet.device(leader).election().cancel();
            request(fleet.device(before), 0);
            before = leader;
        }
        assertThat(order).startsWith(2, 1).contains(0, 1, 2);
        assertThat(Collections.frequency(order, 0)).isBetween(3, 4);
    }

    @Test
    void e19ARequestOfADeadDeviceIsIgnoredAndExpires() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.device(1).election().ask(Request.Goal.LEAD, "", 0, Duration.ofHours(1), Duration.ofHours(4));
        while (!fleet.device(1).leads()) {
            fleet.tick();
        }
        Optional<Token> token = fleet.device(1).token(); // which it keeps for an hour
        request(fleet.device(2), 9);
        fleet.seconds(30);
        WriterId dead = fleet.device(2).writer();
        fleet.device(2).crash();
        assertThat(fleet.device(1).papersOf(dead).request().map(Request::status))
                .as("the leader has it")
                .contains(Request.Status.OPEN);
        fleet.seconds(2 * 3600);
        assertThat(fleet.device(1).token()).as("nothing is handed to the dead").isEqualTo(token);
        fleet.device(2).start();
        fleet.seconds(60);
        assertThat(fleet.device(2).request().status()).isEqualTo(Request.Status.CANCELLED);
    }

    /** No paper is ever deleted by a device; a delete that a user makes somewhere says nothing, early or late. */
    @Test
    void e20ADeletedBallotHasNoEffect() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        Optional<Token> token = fleet.device(0).token();
        Path ballot = fleet.device(1)
                .folder()
                .resolve(fleet.device(0)
                        .folder()
                        .relativize(fleet.device(0).file(FileKind.BALLOT))
                        .toString());
        Files.delete(ballot);
        fleet.alone(1);
        fleet.seconds(60);
        fleet.heal(); // and now the delete comes to the others
        fleet.seconds(300);
        assertThat(fleet.device(0).token()).isEqualTo(token);
        assertThat(fleet.device(1).effective().map(Claim::token)).isEqualTo(token);
        assertThat(fleet.device(0).file(FileKind.BALLOT)).exists();
        assertThat(ballot).as("its owner has published it again").exists();
    }

    @Test
    void e21AVanishedLockIsNoFarewellAndIsBackWithinAHeartbeat() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        Files.delete(fleet.device(0).file(FileKind.LOCK));
        fleet.tick();
        assertThat(fleet.device(1).election().status().leaderOnline())
                .as("absence says nothing")
                .isTrue();
        fleet.seconds(20);
        assertThat(fleet.device(0).file(FileKind.LOCK)).exists();
        fleet.seconds(900);
        assertThat(fleet.leaders()).containsExactly(0);
        assertThat(fleet.device(1).count(FileKind.BALLOT)).isZero();
    }

    @Test
    void e22AConflictCopyOfAClaimIsToldOfAndDecidesNothing() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        Optional<Token> token = fleet.device(0).token();
        Path claim = fleet.device(0).file(FileKind.CLAIM);
        Files.copy(claim, claim.resolveSibling("claim.sync-conflict-20260101-120000-ABCDEFG.cairn"));
        Files.copy(claim, claim.resolveSibling("claim (conflicted copy 2026-01-01).cairn"));
        fleet.seconds(60);
        for (SyncedDevice device : fleet.devices) {
            assertThat(device.events)
                    .filteredOn(Event.Ignored.class::isInstance)
                    .extracting(event -> ((Event.Ignored) event).path())
                    .anyMatch(path -> path.contains("sync-conflict"))
                    .anyMatch(path -> path.contains("conflicted copy"))
                    .hasSize(2);
            assertThat(device.effective().map(Claim::token)).isEqualTo(token);
        }
        assertThat(fleet.leaders()).containsExactly(0);
    }

    @Test
    void e23ForeignLocksAreClaimsBelowAllOthersOfWhichTheGreatestIsShownFirst() throws IOException {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 3);
        Path folder = fleet.device(1).folder();
        Files.writeString(folder.resolve("leader.lock"), "phone 2026-01-01T12:00:00Z\n");
        Files.writeString(
                folder.resolve("leader.sync-conflict-20260101-120000-ABCDEFG.lock"), "tablet 2026-01-01T11:00:00Z\n");
        Files.writeString(folder.resolve("leader (1).lock"), "laptop\n");
        Files.writeString(folder.resolve("leader (2).lock"), "phone 2026-01-01T12:00:00Z");
        fleet.seconds(10);
        for (SyncedDevice device : fleet.devices) {
            List<ForeignClaim> foreign = device.election().status().foreign();
            assertThat(foreign)
                    .extracting(ForeignClaim::text)
                    .containsExactly("tablet 2026-01-01T11:00:00Z", "phone 2026-01-01T12:00:00Z", "laptop");
            assertThat(foreign.get(1).files()).containsExactly("leader (2).lock", "leader.lock");
            assertThat(device.effective()).as("it is no device's claim").isEmpty();
        }
        fleet.seconds(600);
        assertThat(fleet.leaders()).as("and holds nobody off").containsExactly(0);
        assertThat(folder.resolve("leader.lock")).hasContent("phone 2026-01-01T12:00:00Z");
    }

    @Test
    void e24OfTwoCopiesOfADeviceTheLaterGoesOnUnderAnotherIdAndNothingIsLost() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        SyncedDevice original = fleet.device(2);
        put(original, "before");
        fleet.seconds(30);
        SyncedDevice copy = fleet.copy(original);
        fleet.seconds(300);
        assertThat(copy.isAsked(Question.CLONE_DETECTED)).isTrue();
        assertThat(copy.writers).hasSize(2).startsWith(original.writer());
        assertThat(original.writers).hasSize(1);
        put(original, "original");
        put(copy, "copy");
        haveAll(fleet, "before", "original", "copy");
        assertThat(fleet.leaders()).containsExactly(0);
    }

    @Test
    void e24WhatBothCopiesWroteBeforeTheyHeardOfEachOtherIsKept() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        SyncedDevice original = fleet.device(2);
        fleet.alone(2);
        SyncedDevice copy = fleet.copy(original);
        put(original, "original");
        put(copy, "copy");
        fleet.seconds(60);
        fleet.heal();
        fleet.seconds(300);
        assertThat(copy.writer()).isNotEqualTo(original.writer());
        haveAll(fleet, "original", "copy");
        assertThat(fleet.leaders()).containsExactly(0);
    }

    @Test
    void e25ADeviceBackAfterNinetyDaysDisturbsNobodyAndItsChangesMerge() {
        SyncedFleet fleet = fleet(Settings.of(Mode.GRACE), 3, 0);
        SyncedDevice old = fleet.device(1);
        old.start();
        fleet.device(2).start();
        while (old.phase() != Phase.CANDIDATE) {
            fleet.tick();
        }
        fleet.alone(1);
        put(old, "unsent");
        old.crash();
        assertThat(old.ballot().status()).isEqualTo(Ballot.Status.OPEN);
        fleet.device(0).start();
        fleet.seconds(1800);
        assertThat(fleet.leaders()).hasSize(1);
        fleet.sync.advance(Duration.ofDays(90));
        fleet.seconds(1800);
        int leader = fleet.leaders().get(0);
        Token before = fleet.device(leader).token().orElseThrow();
        fleet.heal();
        fleet.seconds(60); // its old ballot comes before it starts
        assertThat(fleet.device(leader).token()).contains(before);
        old.start();
        fleet.seconds(600);
        assertThat(fleet.leaders()).containsExactly(leader);
        assertThat(fleet.device(leader).token()).contains(before);
        assertThat(old.effective().map(Claim::token)).contains(before);
        assertThat(old.lock().term()).as("it learns the term").isGreaterThanOrEqualTo(before.term());
        haveAll(fleet, "unsent");
    }

    @Test
    void e26OfATruncatedClaimTheOldViewIsKeptUntilItIsWhole() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        SyncedDevice reader = fleet.device(1);
        Optional<Claim> known = reader.effective();
        fleet.alone(1);
        String place = fleet.device(0)
                .folder()
                .relativize(fleet.device(0).file(FileKind.CLAIM))
                .toString();
        byte[] whole = Files.readAllBytes(fleet.device(0).file(FileKind.CLAIM));
        Path torn = reader.folder().resolve(place);
        Files.write(torn, Arrays.copyOf(whole, 300));
        fleet.seconds(30);
        assertThat(reader.effective()).isEqualTo(known);
        assertThat(reader.election().status().problems())
                .extracting(FileStatus::path)
                .contains(place);
        assertThat(reader.events).hasAtLeastOneElementOfType(Event.Ignored.class);
        Files.write(torn, whole);
        fleet.heal();
        fleet.seconds(60);
        assertThat(reader.election().status().problems()).isEmpty();
        assertThat(reader.effective()).isEqualTo(known);
        assertThat(fleet.leaders()).containsExactly(0);
    }

    /** Every file there ever was which decides anything, in any order and again, in the folder of a mere observer. */
    @Test
    void e27TheOrderOfArrivalDoesNotMatter() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.device(0).crash();
        fleet.seconds(1200);
        request(fleet.device(2), 1);
        fleet.seconds(400);
        assertThat(fleet.leaders()).containsExactly(2);
        List<Map.Entry<String, byte[]>> all = new ArrayList<>();
        fleet.devices.forEach(device -> all.addAll(device.everPublished));
        assertThat(all).hasSizeGreaterThan(100);
        List<Map.Entry<String, byte[]>> decisive = all.stream()
                .filter(file -> !file.getKey().endsWith("lock.cairn"))
                .toList();
        SyncedDevice reader = fleet.device(1);
        String expected = reader.effective().toString();
        for (int i = 0; i < 1000; i++) {
            List<Map.Entry<String, byte[]>> shuffled = new ArrayList<>(decisive);
            Collections.shuffle(shuffled, new Random(i));
            LeaderElection observer = LeaderElection.observe(reader.space(), ElectionOptions.defaults());
            for (Map.Entry<String, byte[]> file : shuffled) {
                Files.write(reader.folder().resolve(file.getKey()), file.getValue());
                observer.refresh();
            }
            Files.write(
                    reader.folder().resolve(shuffled.get(0).getKey()),
                    shuffled.get(0).getValue()); // once more
            observer.refresh();
            assertThat(observer.status().leader()).asString().isEqualTo(expected);
        }
    }

    @Test
    void e28OfFiveSplitThreeToTwoOnlyTheThreeElect() {
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO), 5);
        fleet.alone(0, 1);
        for (int i = 0; i < 300; i++) {
            fleet.tick();
            assertThat(fleet.leaders()).doesNotContain(0, 1).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(fleet.leaders()).containsExactly(2);
        fleet.heal();
        fleet.seconds(300);
        assertThat(fleet.leaders()).containsExactly(2);
        assertThat(fleet.effective()).hasSize(1);
    }

    /** The voter dies at operations on its disk all over the look in which it votes. */
    @Test
    void e29AVoterThatCrashesAroundItsVoteNeverVotesOtherwise() {
        assertThat(crashingVoters(23)).as("some died behind the vote").isPositive();
    }

    @Tag("long")
    @Test
    void e29TheSameAtEveryOperation() {
        assertThat(crashingVoters(1)).isPositive();
    }

    private int crashingVoters(int stride) {
        int votesKept = 0;
        boolean died = true;
        for (int operations = 0; died; operations += stride) {
            SyncedFleet fleet = fleet(Settings.of(Mode.QUORUM), 3);
            SyncedDevice voter = fleet.device(1);
            fleet.alone(0, 1); // so that it is this vote which counts
            while (!fleet.device(0).papers.containsKey(FileKind.BALLOT)) {
                fleet.tick();
            }
            voter.dieAfter(operations, PowerLoss.ALL_LOST);
            fleet.tick();
            died = !voter.isRunning();
            if (died) {
                votesKept += votesOtherwise(fleet, voter);
            }
            fleet.close();
            fleets.remove(fleet);
        }
        return votesKept;
    }

    /** Another candidate comes, and nobody has two votes of this one; tells whether there was a vote before. */
    private static int votesOtherwise(SyncedFleet fleet, SyncedDevice voter) {
        Optional<Vote> before =
                Optional.ofNullable(voter.papers.get(FileKind.VOTE)).map(file -> (Vote) file.paper());
        fleet.device(0).crash();
        voter.start();
        fleet.heal();
        fleet.seconds(1500);
        List<Vote> votes = new ArrayList<>(before.stream().toList());
        voter.everVoted.forEach(votes::add);
        Map<String, WriterId> byTerm = new TreeMap<>();
        for (Vote vote : votes) {
            WriterId candidate = byTerm.putIfAbsent(vote.epoch() + "." + vote.term(), vote.candidate());
            assertThat(candidate == null || candidate.equals(vote.candidate()))
                    .as("%s, then %s", candidate, vote)
                    .isTrue();
        }
        assertThat(fleet.leaders()).hasSize(1);
        return voter.everVoted.isEmpty() ? 0 : 1;
    }

    @Test
    void e30WhatAStaleLeaderWroteIsLateEverywhereAndAcceptedOnce() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.alone(2);
        fleet.seconds(900);
        SyncedDevice stale = fleet.device(0);
        SyncedDevice confirmed = fleet.device(2);
        confirmed.election().answer(Question.ONLY_DEVICE, Prompt.LEAD);
        fleet.seconds(10);
        rates(confirmed).write(confirmed.election(), edits -> edits.put("eur", 2));
        rates(stale).write(stale.election(), edits -> edits.put("eur", 1));
        fleet.heal();
        fleet.seconds(120);
        for (SyncedDevice device : fleet.devices) {
            assertThat(rates(device).get("eur")).contains(Value.of(2));
            assertThat(rates(device).late()).extracting(LateWrite::state).containsExactly(LateWrite.State.PENDING);
            assertThat(device.isAsked(Question.LATE_WRITES)).isTrue();
        }
        LateWrite late = rates(fleet.device(1)).late().get(0);
        rates(fleet.device(1)).accept(late.name());
        fleet.seconds(120);
        for (SyncedDevice device : fleet.devices) {
            assertThat(rates(device).get("eur")).contains(Value.of(1));
            assertThat(rates(device).late()).extracting(LateWrite::state).containsExactly(LateWrite.State.ACCEPTED);
        }
    }

    private static LeaderOnly rates(SyncedDevice device) {
        return device.space().leaderOnly("rates");
    }

    /** Nobody deletes for the one that has not acknowledged; retired by the user's word it is not waited for. */
    @Test
    void e31DevicesThatAreGoneForGoodAreRetiredByTheUsersWord() {
        SyncedFleet fleet = led(Mode.AUTO, 4);
        int owner = Founding.of(4).owner();
        SyncedDevice asked = fleet.device(owner);
        SyncedDevice other = fleet.device((owner + 1) % 4);
        SyncedDevice gone = fleet.device((owner + 2) % 4);
        put(gone, "early");
        fleet.seconds(30);
        fleet.alone((owner + 2) % 4);
        put(gone, "unsent");
        gone.crash();
        fleet.device((owner + 3) % 4).crash();
        asked.space().compaction().checkpoint((done, total) -> {});
        fleet.seconds(700);
        asked.clock.jump(Duration.ofDays(31)); // a month later, which nobody sits out here
        fleet.seconds(700);
        assertThat(fleet.leaders()).as("two of four are no quorum").isEmpty();
        assertThat(other.isAsked(Question.EVICT_DEVICE))
                .as("who may not retire")
                .isFalse();
        Set<String> before = fleet.sync.snapshot(asked.name).paths();
        for (int still = 3; still >= 2; still--) {
            while (asked.election().status().prompts().stream().noneMatch(SyncedScenariosTest::isEviction)) {
                fleet.tick();
            }
            asked.election().answer(Question.EVICT_DEVICE, Prompt.RETIRE);
            fleet.seconds(60);
            assertThat(asked.space().electionFolder().electorate()).hasSize(still);
        }
        fleet.seconds(1200);
        assertThat(fleet.leaders()).hasSize(1);
        assertThat(fleet.sync.snapshot(other.name).paths())
                .as("nobody deletes another's files")
                .containsAll(
                        before.stream().filter(path -> !path.contains("/head-")).toList());
        fleet.heal();
        gone.start();
        haveAll(fleet, "early", "unsent");
    }

    private static boolean isEviction(Prompt prompt) {
        return prompt.question() == Question.EVICT_DEVICE;
    }

    @Test
    void e32IdsThatDifferOnlyInCaseAreImpossible() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 1);
        String id = fleet.device(0).writer().toString();
        assertThat(WriterId.parse(id.toUpperCase(Locale.ROOT))).isEmpty();
        Path copy = fleet.device(0).folder().resolve("devices").resolve(id.toUpperCase(Locale.ROOT));
        Files.createDirectories(copy);
        Files.copy(fleet.device(0).file(FileKind.CLAIM), copy.resolve("claim.cairn"));
        fleet.seconds(60);
        assertThat(fleet.device(0).view()).containsOnlyKeys(fleet.device(0).writer());
        assertThat(fleet.leaders()).containsExactly(0);
    }

    @Test
    void e33AFolderSlowerThanTheProfileRaisesGraceWithAWarning() {
        SyncProfile slow =
                SyncProfile.perfect().withNoticing(new Noticing(Duration.ofSeconds(150), Duration.ofSeconds(150)));
        SyncedFleet fleet = fleet(Settings.of(Mode.AUTO).with(slow), 3);
        for (int i = 0; i < 1200; i++) {
            fleet.tick();
            assertThat(fleet.leaders()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(fleet.leaders()).hasSize(1);
        assertThat(fleet.device(0).was(Event.GraceRaised.class)).isTrue();
        assertThat(fleet.device(0).election().status().grace())
                .isBetween(Duration.ofSeconds(840), Duration.ofSeconds(1000));
    }

    @Test
    void e34AfterAFarewellTheNextOneLeadsAfterGraceAndNotTheThreshold() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.device(0).leave();
        fleet.seconds(295);
        assertThat(fleet.leaders()).containsExactly(1);
    }

    @Test
    void e35ALeaderWithoutItsFolderStepsDownAtOnceAndKeepsItsData() {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        SyncedDevice leader = fleet.device(0);
        fleet.sync.unmount(leader.name);
        fleet.tick();
        assertThat(leader.leads()).isFalse();
        assertThat(leader.events)
                .anyMatch(
                        event -> event instanceof Event.SteppedDown down && down.reason() == Event.Reason.FOLDER_GONE);
        put(leader, "meanwhile");
        fleet.seconds(60);
        fleet.sync.mount(leader.name);
        haveAll(fleet, "meanwhile");
    }

    /** A stable leader costs one small file for each heartbeat and device, in real folders and to the byte. */
    @Test
    void anIdleFleetWritesItsLocksAndNothingElse() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        fleet.devices.forEach(device -> device.published.clear());
        fleet.seconds(1800);
        for (SyncedDevice device : fleet.devices) {
            assertThat(device.published).containsOnlyKeys(FileKind.LOCK);
            assertThat(device.count(FileKind.LOCK)).isBetween(80, 1800 / 20);
            assertThat(Files.size(device.file(FileKind.LOCK))).isEqualTo(1_224);
        }
        assertThat(fleet.leaders()).containsExactly(0);
    }

    /** Beside the scenarios: the same in user mode, where a person decides. */
    @Test
    void inUserModeADeviceLeadsByAWordAndHandsOverOnRequest() {
        SyncedFleet fleet = fleet(Settings.of(Mode.USER), 3);
        fleet.seconds(300);
        assertThat(fleet.leaders()).isEmpty();
        fleet.devices.forEach(device -> {
            assertThat(device.isAsked(Question.CHOOSE_LEADER)).isTrue();
            assertThat(device.papers).doesNotContainKeys(FileKind.BALLOT, FileKind.VOTE, FileKind.CLAIM);
        });
        fleet.device(1)
                .election()
                .answer(Question.CHOOSE_LEADER, fleet.device(2).writer().toString());
        fleet.seconds(30);
        assertThat(fleet.leaders()).containsExactly(2);
        assertThat(fleet.device(2).claim().proof()).isEqualTo(Proof.USER);
        request(fleet.device(0), 0);
        fleet.seconds(400);
        assertThat(fleet.leaders()).containsExactly(0);
        assertThat(fleet.device(0).claim().proof()).isEqualTo(Proof.HANDOVER);
        assertThat(fleet.effective()).hasSize(1);
        fleet.device(0).crash();
        fleet.seconds(1200);
        assertThat(fleet.leaders()).as("nobody follows without a word").isEmpty();
    }

    @Test
    void whatAFleetSaysOfItselfIsInItsLocalFileAndInNoFolder() throws IOException {
        SyncedFleet fleet = led(Mode.AUTO, 3);
        for (SyncedDevice device : fleet.devices) {
            assertThat(Files.readString(device.leaderFile()))
                    .contains("leader=" + fleet.device(0).writer());
            assertThat(device.folder().resolve("leader.lock")).doesNotExist();
        }
    }
}
