package dev.cairn.watcher;

import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import java.nio.file.Path;
import java.time.Duration;

/** What a watcher needs of a space. All calls come from one thread but {@link #onDue}'s. */
interface Refreshable {
    Path folder();

    /** Takes in what is new in the folder. */
    void refresh();

    /** Does what is due, and says how long until something is due again. */
    Duration duties();

    /** Registers what to call, from any thread, when duties became due sooner. */
    Subscription onDue(Runnable wake);

    static Refreshable of(Space space) {
        return new Refreshable() {
            @Override
            public Path folder() {
                return space.folder();
            }

            @Override
            public void refresh() {
                space.refresh();
            }

            @Override
            public Duration duties() {
                return space.duties();
            }

            @Override
            public Subscription onDue(Runnable wake) {
                return space.onDue(wake);
            }
        };
    }
}
