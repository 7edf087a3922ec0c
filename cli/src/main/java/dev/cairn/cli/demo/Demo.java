package dev.cairn.cli.demo;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Shell;
import dev.cairn.merge.checkpoint.CompactionResult;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The demo from the first device to the verdict: make a space, bring the other devices in by invites, let everybody
 * write at once, cut the devices in two, let both sides write and disagree, join them again, let the leader they have
 * elected meanwhile compact what there is, and compare.
 */
public final class Demo implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TYPING_PERCENT = 60;
    private static final List<String> NAMES =
            List.of("laptop", "phone", "tablet", "desk", "attic", "boat", "cabin", "train");

    private final Shell shell;
    private final DemoOptions options;
    private final Screen screen;
    private final Stage stage;
    private final SyncTool tool;
    private final Random dice;
    private final List<Player> players = new ArrayList<>();
    private Optional<Campaign> campaign = Optional.empty();

    /** Prepares a demo; {@code silent} when only the result is wanted. */
    public Demo(Shell shell, DemoOptions options, boolean silent) {
        this.shell = shell;
        this.options = options;
        this.dice = new Random(options.seed());
        this.screen = new Screen(shell, silent);
        Pace real = Pace.real(shell.interruption());
        this.tool = options.syncthing()
                ? new SyncthingTool(real)
                : new SimulatedTool(options.seed(), screen.isLive() ? real : Pace.FAST);
        this.stage = new Stage(options.keep());
    }

    /** Plays it all and tells how it ended. */
    public DemoResult run() {
        long began = System.nanoTime();
        gather();
        campaign = Optional.of(Campaign.among(players, tool, options.seed()));
        Duration third = options.time().dividedBy(3);
        screen.say("Everybody writes into the same text.");
        write(third);
        Version.Head slip = disagree(third);
        screen.say("All devices are joined again.");
        tool.heal();
        write(third);
        takeBack(slip);
        players.forEach(player -> player.author().finish());
        screen.say("Nobody writes any more; what is under way arrives.");
        settle();
        DemoResult.Compacted compacted = compact(campaign.get());
        settle();
        return DemoResult.of(players, compacted, stage, tool, Duration.ofNanos(System.nanoTime() - began));
    }

    /** The devices agree on one of them, and that one writes a checkpoint which the others confirm. */
    private DemoResult.Compacted compact(Campaign all) {
        passUntil(() -> all.leader().isPresent());
        Player leader = all.leader().orElseThrow(() -> failed("no device was elected"));
        CompactionResult result = all.compact(leader);
        screen.say(String.format(
                Locale.ROOT,
                "%s was elected, and compacts: %,d changes in one checkpoint of %,d bytes.",
                leader.name(),
                result.made().changes(),
                result.made().imageBytes()));
        passUntil(() -> !all.confirmed(leader).isEmpty());
        List<String> confirmed = all.confirmed(leader);
        if (confirmed.isEmpty()) {
            throw failed("nobody confirmed the checkpoint of " + leader.name());
        }
        return new DemoResult.Compacted(
                leader.name(), result.made().changes(), result.made().imageBytes(), confirmed);
    }

    /** The first device makes the space; each other one comes in by an invite of its own. */
    private void gather() {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String name : names()) {
            folders.put(name, stage.folder(name));
        }
        screen.say(options.devices() + " devices in " + stage.root() + ", joined by " + tool.describe());
        tool.start(folders);
        Cast cast = new Cast(options);
        String first = names().get(0);
        Space space = Space.create(stage.folder(first), spaceOptions(first, 0));
        players.add(cast.player(first, stage.folder(first), space));
        for (String name : names().subList(1, options.devices())) {
            String code = space.invite(InviteOptions.writer()).code();
            space.flush();
            players.add(cast.player(name, stage.folder(name), join(name, code)));
            screen.say(name + " joined by an invite.");
        }
    }

    private Space join(String name, String code) {
        SpaceOptions own = spaceOptions(name, players.size());
        Duration deadline = tool.elapsed().plus(PATIENCE);
        while (tool.elapsed().compareTo(deadline) < 0) {
            JoinResult result = Space.join(stage.folder(name), code, own);
            if (result instanceof JoinResult.Joined joined) {
                return joined.space();
            }
            pass();
        }
        throw failed(name + " could not join within " + PATIENCE.toMinutes() + " minutes");
    }

    private SpaceOptions spaceOptions(String name, int index) {
        SpaceOptions.Builder builder = SpaceOptions.inState(stage.state(name)).toBuilder()
                .deviceName(name)
                .profile(Profile.FAST)
                .clock(tool.clock(name));
        if (!options.syncthing()) {
            builder.executor(Runnable::run).random(Seeds.random(options.seed(), index));
        }
        return builder.build();
    }

    private void write(Duration time) {
        Duration end = tool.elapsed().plus(time);
        while (tool.elapsed().compareTo(end) < 0) {
            for (Player player : players) {
                if (dice.nextInt(100) < TYPING_PERCENT) {
                    player.author().type();
                }
            }
            pass();
        }
    }

    /** Both sides of a partition write, and give the board different titles; tells what the first one regrets. */
    private Version.Head disagree(Duration time) {
        int half = players.size() / 2;
        List<String> one = names().subList(0, half);
        List<String> other = names().subList(half, options.devices());
        tool.partition(Set.copyOf(one), Set.copyOf(other));
        screen.say("Cut in two: " + one + " and " + other + ". Both sides go on, and disagree about a title.");
        for (Player player : List.of(players.get(0), players.get(half))) {
            player.space().commit(tx -> tx.on(Author.BOARD).map().put("title", "Notes from the " + player.name()));
        }
        Version.Head slip = players.get(0).author().slip();
        write(time);
        return slip;
    }

    /** What was written among the others' lines goes, and nothing of theirs. */
    private void takeBack(Version.Head slip) {
        Player first = players.get(0);
        screen.say(first.name() + " takes back a line it wrote while they were apart.");
        first.space().undo(slip);
    }

    /** Waits until all devices have everything and say the same. */
    private void settle() {
        passUntil(this::settled);
    }

    /** A moment passes, and more until it is so, as long as anybody has the patience. */
    private void passUntil(BooleanSupplier so) {
        Duration deadline = tool.elapsed().plus(PATIENCE);
        do {
            pass();
        } while (!so.getAsBoolean() && tool.elapsed().compareTo(deadline) < 0);
    }

    private boolean settled() {
        return players.stream().allMatch(player -> player.lag(players) == 0) && Verdict.agree(players);
    }

    /** A moment passes: files travel, every device looks and publishes. */
    private void pass() {
        if (shell.interruption().isRaised()) {
            throw new Failure(
                    Exit.NO,
                    "interrupted",
                    "the demo was interrupted: "
                            + (options.keep() ? "its folders are in " + stage.root() : "its folders are gone"));
        }
        tool.advance(TICK);
        players.forEach(Player::tend);
        campaign.ifPresent(all -> all.tend(tool.elapsed()));
        screen.show(tool.elapsed(), players);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < options.devices(); i++) {
            String name = NAMES.get(i % NAMES.size());
            names.add(i < NAMES.size() ? name : name + (i / NAMES.size() + 1));
        }
        return names;
    }

    private static Failure failed(String why) {
        return new Failure(
                Exit.NO, "demo_failed", "demo: " + why + ": run it again with --keep and look at the folders");
    }

    /** Closes the spaces, stops the sync tool and removes the folders, as far as each was begun. */
    @Override
    public void close() {
        try {
            campaign.ifPresent(Campaign::close);
            players.forEach(Player::close);
        } finally {
            try {
                tool.close();
            } finally {
                stage.close();
            }
        }
    }
}
