package dev.cairn.election.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Electorate;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.OrderKey;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Of each kind the paper with the greatest number that was ever seen, whatever came when. */
final class PapersTest {
    private static final Bytes ELECTORATE = Electorate.digest(new TreeSet<>(Set.of(Stage.device(0))));

    /** One paper of each kind, which tell of that term. */
    private static List<Paper> papers(long term) {
        OrderKey order = new OrderKey(false, term, 0, Stage.writer(0));
        return List.of(
                new Lock(1, 0, 0, 0, 0, term, Lock.Phase.FOLLOWER, 20_000, 600_000, List.of(), Optional.empty()),
                new Ballot(0, term, false, 1, 0, Ballot.Status.OPEN, 0, ELECTORATE),
                new Vote(0, term, Stage.writer(1), ELECTORATE, 600_000),
                new Claim(0, term, Claim.Proof.GRACE, order, 0, Claim.Status.ACTIVE, Optional.empty()),
                new Request(term, Request.Goal.PING, "", 0, 0, 1, Request.Status.OPEN),
                new Choice(Choice.Question.CLOCK_SKEW, 0, term, "ok", ""));
    }

    private static List<Optional<? extends Paper>> all(Papers papers) {
        return List.of(
                papers.lock(), papers.ballot(), papers.vote(), papers.claim(), papers.request(), papers.choice());
    }

    @Test
    void theGreatestNumberStaysInWhicheverOrderFilesArrive() {
        List<Papers.Numbered<Paper>> files = new ArrayList<>();
        for (long term = 1; term <= 3; term++) {
            for (Paper paper : papers(term)) {
                files.add(new Papers.Numbered<>(term * 10, paper));
            }
        }
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(files, new Random(seed));
            Papers known = Papers.of(Stage.device(0));
            for (Papers.Numbered<Paper> file : files) {
                known = known.with(file.number(), file.paper());
            }
            assertThat(all(known))
                    .isEqualTo(papers(3).stream().map(Optional::of).toList());
            assertThat(known.lockNumber()).isEqualTo(30);
            for (Paper like : papers(1)) {
                assertThat(known.number(like)).isEqualTo(30);
            }
        }
    }

    @Test
    void aPaperOfEachKindStandsForItself() {
        Papers none = Papers.of(Stage.device(0));
        assertThat(all(none)).allMatch(Optional::isEmpty);
        assertThat(none.lockNumber()).isZero();
        for (Paper paper : papers(1)) {
            Papers one = none.with(7, paper);
            assertThat(none.number(paper)).isZero();
            assertThat(one.number(paper)).isEqualTo(7);
            assertThat(all(one)).filteredOn(Optional::isPresent).isEqualTo(List.of(Optional.of(paper)));
        }
    }

    /** A number is never used again, so a second content under it is not the writer's. */
    @Test
    void ofTwoContentsOfOneNumberTheFirstStays() {
        for (int kind = 0; kind < papers(1).size(); kind++) {
            Papers known = Papers.of(Stage.device(0))
                    .with(7, papers(1).get(kind))
                    .with(7, papers(2).get(kind));
            assertThat(all(known).get(kind)).isEqualTo(Optional.of(papers(1).get(kind)));
        }
    }
}
