package dev.cairn.watcher;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines which the watcher logs while this is open; they go nowhere else. */
final class Log extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("dev.cairn.watcher");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    Log() {
        LOGGER.addHandler(this);
        LOGGER.setUseParentHandlers(false);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
