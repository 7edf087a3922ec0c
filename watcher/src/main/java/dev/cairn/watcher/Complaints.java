package dev.cairn.watcher;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What a watched folder has to complain of, one line in the log for each trouble and not for each attempt. */
final class Complaints {
    private static final Logger LOG = System.getLogger("dev.cairn.watcher");

    /** What is being complained of. */
    enum Topic {
        /** The folder gives no events; it is polled. */
        WATCH("cannot be watched, is polled"),
        /** The space, or a listener, has thrown. */
        REFRESH("cannot be refreshed, is tried again");

        private final String text;

        Topic(String text) {
            this.text = text;
        }
    }

    private final Path folder;
    private final Map<Topic, String> last = new EnumMap<>(Topic.class);

    Complaints(Path folder) {
        this.folder = folder;
    }

    /** Logs a trouble, unless it is the one that was logged last on this topic. */
    void about(Topic topic, Throwable trouble) {
        String line = folder + " " + topic.text + ": " + trouble;
        if (!line.equals(last.put(topic, line))) {
            LOG.log(Level.WARNING, line);
            LOG.log(Level.DEBUG, "where it comes from", trouble);
        }
    }

    /** A trouble is over: should it come back, it is logged again. */
    void over(Topic topic) {
        last.remove(topic);
    }

    /** Logs that a refresh does not come back from the disk. */
    void aboutClosing() {
        LOG.log(Level.WARNING, folder + ": the disk holds up a refresh; its thread ends when it lets go");
    }
}
