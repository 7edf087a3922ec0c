package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import java.util.List;

/**
 * One way a writer's chain goes, from its start to one of its ends. A writer has one, or more after it went on in
 * several ways; ways share what lies before the branch.
 */
public final class Way {
    private final Chains chains;
    private final List<LineState> lines;

    /** The lines of a way, from the writer's own to one without branches. */
    Way(Chains chains, List<LineState> lines) {
        this.chains = chains;
        this.lines = List.copyOf(lines);
    }

    private LineState last() {
        return lines.get(lines.size() - 1);
    }

    /** Whose chain it is. */
    public WriterId writer() {
        return last().line().writer();
    }

    /** The device which signed its end. */
    public DeviceId device() {
        return last().line().device();
    }

    /** Where it ends. */
    public ChainPoint end() {
        return last().end();
    }

    /** Whether it has change {@code seq} with that chain hash, and so all that this hash stands for. */
    public boolean has(long seq, Bytes hash) {
        return lines.stream()
                .filter(line -> line.line().fork() < seq && seq <= line.end().seq())
                .anyMatch(line -> chains.has(line, seq, hash));
    }
}
