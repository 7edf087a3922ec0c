package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Output;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Event;
import dev.cairn.format.WriterId;
import dev.cairn.replica.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints what happens in the election, and takes answers from whoever sits there. What is heard before {@link #begin},
 * such as who leads already, is printed then.
 */
final class ElectionTalk implements AutoCloseable {
    private final CairnCommand root;
    private final Space space;
    private final List<Event> early = new ArrayList<>();
    private @Nullable LeaderElection election;
    private boolean closed;

    ElectionTalk(CairnCommand root, Space space) {
        this.root = root;
        this.space = space;
    }

    /** Listens to an election from its first look on. */
    synchronized void hear(Event event) {
        LeaderElection known = election;
        if (known == null) {
            early.add(event);
        } else if (!closed) {
            say(event, known);
        }
    }

    /** Begins to print, and to listen where somebody can type. */
    ElectionTalk begin(LeaderElection begun) {
        Output output = root.output();
        output.result(
                () -> Map.of("electing", space.folder().toString()),
                () -> "taking part in the election in " + space.folder() + ", until interrupted");
        synchronized (this) {
            election = begun;
            early.forEach(event -> say(event, begun));
            early.clear();
        }
        if (root.shell().terminal()) {
            Thread typing = new Thread(new TypedAnswers(root, space, begun)::listen, "answers");
            typing.setDaemon(true);
            typing.start();
        }
        return this;
    }

    private void say(Event event, LeaderElection known) {
        ElectionNews news = ElectionNews.of(event, writer -> name(writer, known));
        root.output().result(news::plain, news::text);
    }

    private String name(WriterId writer, LeaderElection known) {
        return LeaderReport.of(space, known.status()).nameOf(writer);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
