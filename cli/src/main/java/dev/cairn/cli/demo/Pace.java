package dev.cairn.cli.demo;

import dev.cairn.cli.shell.Interruption;
import java.time.Duration;

/** How the demo's time passes for those who watch it. */
interface Pace {
    /** As fast as it can. */
    Pace FAST = time -> {};

    /** Lets real time pass, as much as that, if anybody cares. */
    void keep(Duration time);

    /** As on the wall, until it is interrupted. */
    static Pace real(Interruption interruption) {
        return time -> {
            try {
                interruption.await(time);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                interruption.raise();
            }
        };
    }
}
