package dev.cairn.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a sync tool did, line by line: time since the world began, device, what, which file, details.
 *
 * <p>The same seed and the same application give the same lines, byte for byte. Only the newest lines are kept; the
 * {@linkplain #fingerprint() fingerprint} is over all of them.
 */
public final class Timeline {

    private static final int LINES_KEPT = 20_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final MessageDigest digest;
    private long written;
    private Consumer<String> sink = line -> {};

    Timeline() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(Duration elapsed, String device, SyncAction action, String text) {
        String line = String.format(
                Locale.ROOT,
                "%s %-10s %-16s %s",
                format(elapsed),
                device,
                action.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                text);
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        lines.addLast(line);
        written++;
        sink.accept(line);
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
    }

    /** Hands every line from now on to {@code next} as well, such as to a file. */
    public void onLine(Consumer<String> next) {
        sink = next;
    }

    /** The newest lines, at most 20,000, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The newest lines, at most {@code count}, oldest first. */
    public List<String> tail(int count) {
        return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }

    /** How many lines there have ever been. */
    public long size() {
        return written;
    }

    /** The SHA-256 of all lines, in hexadecimal: equal runs have equal fingerprints. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    private static String format(Duration elapsed) {
        return String.format(
                Locale.ROOT,
                "%dd %02d:%02d:%02d.%06d",
                elapsed.toDays(),
                elapsed.toHoursPart(),
                elapsed.toMinutesPart(),
                elapsed.toSecondsPart(),
                elapsed.toNanosPart() / 1_000);
    }
}
