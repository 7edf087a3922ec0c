package dev.cairn.cli.demo;

import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Timers;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Token;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.merge.checkpoint.Compactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The demo's election: every device takes part, and who leads writes one checkpoint for all. */
final class Campaign implements AutoCloseable {
    /** Times for files that take a second or two: with those of the profiles nobody would watch to the end. */
    private static final Timers TIMERS =
            new Timers(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(1));

    private static final Duration LOOK = Duration.ofMillis(500);

    private final List<Player> players;
    private final List<LeaderElection> elections = new ArrayList<>();
    private Duration looked = Duration.ZERO;

    private Campaign(List<Player> players) {
        this.players = players;
    }

    /** Everybody takes part from now on. */
    static Campaign among(List<Player> players, SyncTool tool, long seed) {
        Campaign campaign = new Campaign(players);
        for (Player player : players) {
            ElectionOptions options = ElectionOptions.defaults()
                    .with(TIMERS)
                    .with(Mode.QUORUM) // with two devices both must agree, which is quicker than waiting for silence
                    .simulated(
                            tool.clock(player.name()),
                            () -> tool.elapsed().toMillis(),
                            Seeds.random(seed, 1_000 + campaign.elections.size()));
            campaign.elections.add(LeaderElection.attach(player.space(), options));
        }
        return campaign;
    }

    /** Looks into the folders, now and then. */
    void tend(Duration now) {
        if (now.minus(looked).compareTo(LOOK) >= 0) {
            looked = now;
            elections.forEach(LeaderElection::look);
        }
    }

    /** The device of which all say that it leads. */
    Optional<Player> leader() {
        Optional<Token> token = elections.get(0).status().leader().map(Claim::token);
        for (int i = 0; i < players.size() && token.isPresent(); i++) {
            boolean agrees = elections.stream()
                    .allMatch(one -> one.status().leader().map(Claim::token).equals(token));
            if (agrees && elections.get(i).leads()) {
                return Optional.of(players.get(i));
            }
        }
        return Optional.empty();
    }

    /** The leader writes a checkpoint. */
    CompactionResult compact(Player leader) {
        LeaderElection election = elections.get(players.indexOf(leader));
        return new Compactor(leader.space(), election::leads).run(false, (done, total) -> {});
    }

    /** The devices which have read the leader's checkpoint and found in it what they have themselves. */
    List<String> confirmed(Player leader) {
        return players.stream()
                .filter(player -> !player.equals(leader)
                        && player.space().compaction().status().checkpoints().stream()
                                .anyMatch(checkpoint -> checkpoint.verdict().equals("verified")))
                .map(Player::name)
                .toList();
    }

    @Override
    public void close() {
        elections.forEach(LeaderElection::close);
    }
}
