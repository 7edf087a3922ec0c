package dev.cairn.format.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.log.Fixture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read; that what others write is read aright is what the vectors say. */
final class PaperTest {
    private static final Bytes ELECTORATE = Bytes.hex("e1".repeat(Electorate.DIGEST_SIZE));
    private static final WriterId WRITER = Fixture.WRITER;
    private static final WriterId OTHER = Fixture.OTHER;

    private static Lock lock(Lock.Phase phase) {
        return new Lock(
                0x0102030405060708L,
                1_700_000_000_000L,
                -5,
                3,
                1,
                6,
                phase,
                20_000,
                600_000,
                List.of(new Lock.Sighting(OTHER, -2, 7), new Lock.Sighting(WRITER, 9, 8)),
                phase == Lock.Phase.LEADER ? Optional.of(new Token(1, 6, WRITER)) : Optional.empty());
    }

    private static Ballot ballot(Ballot.Status status) {
        return new Ballot(1, 6, status == Ballot.Status.WON, 3, 1_000, status, 2, ELECTORATE);
    }

    private static Claim claim(Claim.Proof proof, Claim.Status status) {
        Claim.HandOver heir = new Claim.HandOver(OTHER, 4, List.of(new Claim.Point(WRITER, 12)));
        return new Claim(
                1,
                6,
                proof,
                new OrderKey(true, 3, 1_000, WRITER),
                460_000,
                status,
                status == Claim.Status.HANDED_OVER ? Optional.of(heir) : Optional.empty());
    }

    static Stream<Paper> papers() {
        Stream<Paper> locks = Arrays.stream(Lock.Phase.values()).map(PaperTest::lock);
        Stream<Paper> ballots = Arrays.stream(Ballot.Status.values()).map(PaperTest::ballot);
        Stream<Paper> claims = Arrays.stream(Claim.Proof.values())
                .flatMap(proof -> Arrays.stream(Claim.Status.values()).map(status -> claim(proof, status)));
        Stream<Paper> requests = Arrays.stream(Request.Goal.values())
                .flatMap(goal -> Arrays.stream(Request.Status.values())
                        .map(status -> new Request(7, goal, "because", 5, 1_000, 600_000, status)));
        Stream<Paper> choices = Arrays.stream(Choice.Question.values())
                .map(question -> new Choice(question, 1, 6, "lead", "Ann at her desk"));
        Stream<Paper> votes = Stream.of(new Vote(1, 6, OTHER, ELECTORATE, 600_000));
        return Stream.of(locks, ballots, claims, requests, choices, votes).flatMap(one -> one);
    }

    @ParameterizedTest
    @MethodSource("papers")
    void comesBackFromItsFile(Paper paper) {
        ElectionWriter writer = new ElectionWriter(Fixture.sealer(), Fixture.signatory());
        Bytes file = writer.seal(9, paper).content();
        ElectionFile read = new ElectionReader(Fixture.SPACE, Fixture.KEYS, new Fixture())
                .read(file, WRITER, paper.kind())
                .content()
                .orElseThrow();
        assertThat(read.paper()).isEqualTo(paper);
        assertThat(read.number()).isEqualTo(9);
        assertThat(read.device()).isEqualTo(Fixture.DEVICE);
        assertThat(read.digest()).isEqualTo(file.sha256());
    }

    @ParameterizedTest
    @MethodSource("papers")
    void comesBackFromWhatADeviceKeepsForItself(Paper paper) throws MalformedException {
        Bytes plain = PlainPaper.encode(Fixture.DEVICE, paper);
        assertThat(PlainPaper.decode(paper.kind(), WRITER, plain)).isEqualTo(paper);
    }

    @Test
    void aKeptPaperOfANewerVersionIsRefused() {
        Choice choice = new Choice(Choice.Question.CLOCK_SKEW, 0, 6, "lead", "Ann");
        String known = PlainPaper.encode(Fixture.DEVICE, choice).toHex();
        String question = Fixture.DEVICE.bytes().toHex() + "0206";
        assertThat(known).contains(question);
        Bytes newer = Bytes.hex(known.replace(question, Fixture.DEVICE.bytes().toHex() + "0207"));
        assertThatThrownBy(() -> PlainPaper.decode(FileKind.CHOICE, WRITER, newer))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void aClaimOfAnotherWriterIsNotSealed() {
        ElectionWriter writer = new ElectionWriter(Fixture.sealer(), Fixture.signatory());
        Claim foreign = new Claim(
                1, 6, Claim.Proof.USER, new OrderKey(false, 3, 0, OTHER), 1, Claim.Status.ACTIVE, Optional.empty());
        assertThatThrownBy(() -> writer.seal(1, foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void theNumbersOfConstantsAreThoseOfTheSpecification() {
        assertThat(Lock.Phase.LEADER.code()).isEqualTo(4);
        assertThat(Ballot.Status.WON.code()).isEqualTo(2);
        assertThat(Claim.Proof.HANDOVER.code()).isEqualTo(3);
        assertThat(Claim.Status.HANDED_OVER.code()).isEqualTo(2);
        assertThat(Request.Goal.PING.code()).isEqualTo(2);
        assertThat(Request.Status.CANCELLED.code()).isEqualTo(2);
        assertThat(Choice.Question.ONLY_DEVICE.code()).isEqualTo(1);
        assertThat(Choice.Question.CLOCK_SKEW.code()).isEqualTo(6);
    }

    @Test
    void numbersBeyondTheConstantsAreNone() {
        assertThat(Choice.Question.ofCode(0)).isEmpty();
        assertThat(Choice.Question.ofCode(1)).contains(Choice.Question.ONLY_DEVICE);
        assertThat(Choice.Question.ofCode(6)).contains(Choice.Question.CLOCK_SKEW);
        assertThat(Choice.Question.ofCode(7)).isEmpty();
        assertThat(Lock.Phase.ofCode(6)).isEmpty();
        assertThat(Ballot.Status.ofCode(3)).isEmpty();
        assertThat(Claim.Proof.ofCode(4)).isEmpty();
        assertThat(Claim.Status.ofCode(3)).isEmpty();
        assertThat(Request.Goal.ofCode(3)).isEmpty();
        assertThat(Request.Status.ofCode(3)).isEmpty();
    }

    @Test
    void aVoteIsForOneCandidacyOnly() {
        Vote vote = new Vote(1, 6, OTHER, ELECTORATE, 600_000);
        Ballot ballot = ballot(Ballot.Status.OPEN);
        assertThat(vote.isFor(OTHER, ballot)).isTrue();
        assertThat(vote.isFor(WRITER, ballot)).isFalse();
        assertThat(new Vote(2, 6, OTHER, ELECTORATE, 600_000).isFor(OTHER, ballot))
                .isFalse();
        assertThat(new Vote(1, 7, OTHER, ELECTORATE, 600_000).isFor(OTHER, ballot))
                .isFalse();
        Bytes others = Bytes.hex("e2".repeat(Electorate.DIGEST_SIZE));
        assertThat(new Vote(1, 6, OTHER, others, 600_000).isFor(OTHER, ballot)).isFalse();
    }

    @Test
    void anElectorateIsNamedByItsDevicesInOrder() {
        DeviceId first = DeviceId.of(Bytes.hex("01".repeat(DeviceId.SIZE)));
        DeviceId second = DeviceId.of(Bytes.hex("02".repeat(DeviceId.SIZE)));
        Bytes expected = Bytes.concat(Bytes.utf8("cairn/v1/electorate"), first.bytes(), second.bytes())
                .sha256()
                .slice(0, 16);
        assertThat(Electorate.digest(new TreeSet<>(List.of(second, first)))).isEqualTo(expected);
        assertThat(Electorate.digest(new TreeSet<>(List.of(first)))).isNotEqualTo(expected);
    }

    @Test
    void aTokenIsReadAsItIsWritten() {
        Token token = new Token(Limits.NUMBER_MAX, Limits.NUMBER_MAX, WRITER);
        assertThat(Token.parse(token.toString())).contains(token);
        assertThat(Token.parse("0.1." + WRITER)).contains(new Token(0, 1, WRITER));
        for (String wrong : List.of(
                "0.0." + WRITER,
                "0.01." + WRITER,
                "-1.1." + WRITER,
                "1." + WRITER,
                "0.1." + WRITER + ".",
                "0.1.x",
                Limits.NUMBER_MAX + 1 + ".1." + WRITER,
                "0." + (Limits.NUMBER_MAX + 1) + "." + WRITER)) {
            assertThat(Token.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void aTokenHasNumbersWithinTheLimits() {
        assertThat(new Token(0, 1, WRITER)).isLessThan(new Token(0, 2, WRITER)).isLessThan(new Token(1, 1, WRITER));
        for (long[] wrong : new long[][] {{-1, 1}, {0, 0}, {Limits.NUMBER_MAX + 1, 1}, {0, Limits.NUMBER_MAX + 1}}) {
            assertThatThrownBy(() -> new Token(wrong[0], wrong[1], WRITER))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
