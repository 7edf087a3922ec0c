package dev.cairn.cli.shell;

import java.util.Locale;

/** How far long work is: one line that is drawn again on a terminal, and nothing where the output is piped. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;

    private final Shell shell;
    private final String what;
    private final boolean visible;
    private int drawn = -1;

    /** A bar on standard error, for work which begins now. */
    public ProgressBar(Shell shell, String what, boolean json) {
        this.shell = shell;
        this.what = what;
        this.visible = shell.terminal() && !json;
    }

    /** That much of the whole is done. */
    public void show(long done, long total) {
        int percent = total <= 0 ? 100 : (int) (100 * Math.min(done, total) / total);
        if (visible && percent != drawn) {
            drawn = percent;
            int full = WIDTH * percent / 100;
            shell.err()
                    .print(String.format(
                            Locale.ROOT,
                            "\r%s [%s%s] %d %%",
                            what,
                            "#".repeat(full),
                            " ".repeat(WIDTH - full),
                            percent));
            shell.err().flush();
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (drawn >= 0) {
            shell.err().print("\r" + " ".repeat(what.length() + WIDTH + 10) + "\r");
            shell.err().flush();
        }
    }
}
