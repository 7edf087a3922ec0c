package dev.cairn.cli.demo;

import dev.cairn.cli.shell.Printable;
import dev.cairn.cli.shell.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows the devices as they converge: on a terminal a few lines which are redrawn, elsewhere plain lines without a
 * control character, about one a second and device.
 */
final class Screen {
    private static final Duration PLAIN_PERIOD = Duration.ofSeconds(2);
    private static final int WIDTH_DEFAULT = 100;
    private static final int ROOM_MIN = 8;

    private final Shell shell;
    private final boolean silent;
    private final int width;
    private int drawn;
    private Duration shown = Duration.ofSeconds(-10);

    Screen(Shell shell, boolean silent) {
        this.shell = shell;
        this.silent = silent;
        this.width = shell.variable("COLUMNS")
                .filter(columns -> columns.matches("[0-9]{2,4}"))
                .map(Integer::parseInt)
                .orElse(WIDTH_DEFAULT);
    }

    /** Whether anybody watches it live, so that time should pass as it does for them. */
    boolean isLive() {
        return shell.terminal() && !silent;
    }

    /** What happens from here on. */
    void say(String text) {
        drawn = 0;
        print(text + "\n");
    }

    /** The devices now, as often as the medium can take. */
    void show(Duration time, List<Player> players) {
        if (silent || (!shell.terminal() && time.minus(shown).compareTo(PLAIN_PERIOD) < 0)) {
            return;
        }
        shown = time;
        List<String> lines = new ArrayList<>();
        for (Player player : players) {
            lines.add(line(time, player, players));
        }
        StringBuilder frame = new StringBuilder();
        if (shell.terminal()) {
            if (drawn > 0) {
                frame.append("\u001b[").append(drawn).append('A');
            }
            lines.forEach(line -> frame.append("\r\u001b[2K").append(line).append('\n'));
            drawn = lines.size();
        } else {
            lines.forEach(line -> frame.append(line).append('\n'));
        }
        print(frame.toString());
    }

    private String line(Duration time, Player player, List<Player> players) {
        String start = String.format(
                Locale.ROOT,
                "%5.1f s  %-8s%5d changes%5d behind  ",
                time.toMillis() / 1000.0,
                player.name(),
                player.changes(),
                player.lag(players));
        int room = width - 1 - start.length(); // a line that wraps cannot be redrawn
        return room < ROOM_MIN
                ? start.substring(0, Math.min(start.length(), width - 1))
                : start + Printable.tail(player.text().strip(), room);
    }

    private void print(String text) {
        if (!silent) {
            shell.out().print(text);
            shell.out().flush();
        }
    }
}
