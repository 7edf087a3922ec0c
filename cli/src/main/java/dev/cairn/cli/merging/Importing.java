package dev.cairn.cli.merging;

import dev.cairn.cli.document.Assignment;
import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Rebuilding;
import dev.cairn.cli.document.TextEdit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.text.TextDiff;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.merge.importing.Incoming;
import dev.cairn.merge.importing.Incoming.LeftOut;
import dev.cairn.replica.Batch;
import dev.cairn.replica.Document;
import dev.cairn.replica.LeaderOnly;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes documents of what comes in. Documents that are there and say the same stay as they are, so that an import may
 * be repeated; those that say something else are edited only if that is asked for, by as few edits as possible.
 *
 * <p>Many small documents share one write to the disk; the memory in use does not depend on how many there are.
 */
public final class Importing implements AutoCloseable {
    private static final int BATCH_DOCUMENTS_MAX = 256;
    private static final int BATCH_CHARACTERS_MAX = 2 << 20;
    /** A document of more than these does not wait for others. */
    private static final int LARGE_CHARACTERS = 256 << 10;

    private static final int NAME_BYTES_MAX = 1024;

    private final Space space;
    private final Options options;
    private final List<Task> waiting = new ArrayList<>();
    private int waitingCharacters;
    private long created;
    private long updated;
    private long unchanged;
    private final List<String> differing = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** An import into an open space. */
    public Importing(Space space, Options options) {
        this.space = space;
        this.options = options;
    }

    /**
     * How to import.
     *
     * @param prefix what comes before every document's name
     * @param message what to say of each change
     * @param update whether documents that say something else are edited
     * @param dryRun whether nothing is to be done
     */
    public record Options(String prefix, String message, boolean update, boolean dryRun) {}

    /**
     * What came of it.
     *
     * @param differing documents that were there, said something else, and were left
     * @param leftOut what became no document
     */
    public record Result(long created, long updated, long unchanged, List<String> differing, List<LeftOut> leftOut) {
        /** Whether all that came in is in the space now. */
        public boolean isComplete() {
            return differing.isEmpty() && leftOut.isEmpty();
        }
    }

    /** One document to be made or edited. */
    private record Task(String name, boolean fresh, int characters, Work work) {}

    /** Makes the changes of a document, one or several. */
    private interface Work {
        void commit(Batch batch);
    }

    /** Takes one more in. */
    public void add(Incoming incoming) {
        if (incoming instanceof LeftOut left) {
            leftOut.add(left);
            return;
        }
        String name = options.prefix() + incoming.name();
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > NAME_BYTES_MAX) {
            leftOut.add(
                    new LeftOut(name, "has a name of " + bytes + " bytes: a document's has 1 to " + NAME_BYTES_MAX));
        } else if (incoming instanceof Incoming.Text file) {
            text(name, file.text());
        } else {
            json(name, (Incoming.Json) incoming);
        }
    }

    private void text(String name, String text) {
        Document document = space.document(name);
        Optional<Node> there = document.map().get(TextHistory.KEY);
        if (there.filter(TextView.class::isInstance).map(Object::toString).equals(Optional.of(text))) {
            unchanged++;
            return;
        }
        TextEdit edit = new TextEdit(name, new DocumentPath(List.of(TextHistory.KEY)));
        schedule(new Task(
                name,
                there.isEmpty(),
                text.length(),
                batch -> edit.commit(batch, options.message(), present -> TextDiff.between(present, text))));
    }

    private void json(String name, Incoming.Json incoming) {
        Object content;
        Object kinds;
        try {
            content = Json.read(incoming.json());
            kinds = Json.read(incoming.kinds());
        } catch (Failure malformed) {
            leftOut.add(new LeftOut(incoming.name(), "is " + malformed.text()));
            return;
        }
        if (!(content instanceof Map<?, ?> map) || !(kinds instanceof Map<?, ?> told)) {
            leftOut.add(new LeftOut(incoming.name(), "is no JSON object: a document is one"));
            return;
        }
        Document document = space.document(name);
        boolean trees = told.containsValue("tree");
        if (trees ? TreesAside.same(document.map(), map) : Assignment.same(document.map(), map)) {
            unchanged++;
        } else if (!document.exists()) {
            schedule(new Task(name, true, incoming.json().length(), batch -> rebuild(batch, name, map, told)));
        } else if (trees && options.update()) {
            leftOut.add(new LeftOut(name, "has a tree, which is not edited by an import: import it under a --prefix"));
        } else {
            schedule(new Task(name, false, incoming.json().length(), batch -> edit(batch, name, map)));
        }
    }

    /** Edits a document in as many changes as it takes; one that takes several is edited whole or not at all. */
    private void edit(Batch batch, String name, Map<?, ?> content) {
        boolean[] done = {false};
        int changes = 0;
        try {
            while (!done[0]) {
                batch.commit(
                        options.message(),
                        tx -> done[0] = Assignment.assignMapInPart(tx.on(name).map(), content));
                changes++;
            }
        } catch (Failure misfit) {
            throw changes == 0 ? misfit : new HalfMade(misfit);
        }
    }

    /** Ends a batch in which a document would be left half edited. */
    private static final class HalfMade extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Failure misfit;

        HalfMade(Failure misfit) {
            super(misfit);
            this.misfit = misfit;
        }
    }

    /** A document whose kinds do not fit its content is not left half made. */
    private void rebuild(Batch batch, String name, Map<?, ?> content, Map<?, ?> kinds) {
        Rebuilding rebuilding = Rebuilding.of(content, kinds);
        int changes = 0;
        try {
            while (!rebuilding.isDone()) {
                batch.commit(options.message(), tx -> rebuilding.more(tx.on(name)));
                changes++;
            }
        } catch (Failure misfit) {
            if (changes > 0) {
                batch.commit(options.message(), tx -> {
                    MapEditor map = tx.on(name).map();
                    List.copyOf(map.keys()).forEach(map::remove);
                });
            }
            throw misfit;
        }
    }

    private void schedule(Task task) {
        if (task.name().startsWith(LeaderOnly.PREFIX)) {
            leftOut.add(new LeftOut(
                    task.name(),
                    "is what only a leader writes, with leaderships of the space it comes from: write what you want of"
                            + " it with 'cairn leader-only set' on the leading device, or import it under a --prefix to"
                            + " read it"));
        } else if (!task.fresh() && !options.update()) {
            differing.add(task.name());
        } else if (options.dryRun()) {
            count(task);
        } else {
            if (waitingCharacters + task.characters() > BATCH_CHARACTERS_MAX) {
                flush();
            }
            waiting.add(task);
            waitingCharacters += task.characters();
            if (waiting.size() >= BATCH_DOCUMENTS_MAX || task.characters() > LARGE_CHARACTERS) {
                flush();
            }
        }
    }

    private void count(Task task) {
        if (task.fresh()) {
            created++;
        } else {
            updated++;
        }
    }

    private void flush() {
        List<Task> tasks = List.copyOf(waiting);
        waiting.clear();
        waitingCharacters = 0;
        List<LeftOut> refused = new ArrayList<>();
        try {
            space.batch(batch -> tasks.forEach(task -> run(batch, task).ifPresent(refused::add)));
        } catch (SpaceException limit) {
            if (limit.code() != SpaceException.Code.LIMIT || tasks.isEmpty()) {
                throw limit;
            }
            eachAlone(tasks, refused);
        } catch (HalfMade misfit) {
            eachAlone(tasks, refused);
        }
        leftOut.addAll(refused);
        List<String> without = refused.stream().map(LeftOut::name).toList();
        tasks.stream().filter(task -> !without.contains(task.name())).forEach(this::count);
    }

    private void eachAlone(List<Task> tasks, List<LeftOut> refused) {
        refused.clear();
        tasks.forEach(task -> alone(task, refused));
    }

    /** One document in a batch of its own, whose failure harms no other. */
    private void alone(Task task, List<LeftOut> refused) {
        try {
            space.batch(batch -> run(batch, task).ifPresent(refused::add));
        } catch (SpaceException limit) {
            if (limit.code() != SpaceException.Code.LIMIT) {
                throw limit;
            }
            refused.add(new LeftOut(task.name(), "is too large for one change: " + limit.getMessage()));
        } catch (HalfMade half) {
            refused.add(new LeftOut(task.name(), "is " + half.misfit.text()));
        }
    }

    private Optional<LeftOut> run(Batch batch, Task task) {
        try {
            task.work().commit(batch);
            return Optional.empty();
        } catch (Failure misfit) {
            return Optional.of(new LeftOut(task.name(), "is " + misfit.text()));
        }
    }

    /** Makes what is still waiting, and tells what came of all. */
    public Result finish() {
        if (!waiting.isEmpty()) {
            flush();
        }
        return new Result(created, updated, unchanged, List.copyOf(differing), List.copyOf(leftOut));
    }

    /** Forgets what is still waiting. */
    @Override
    public void close() {
        waiting.clear();
    }
}
