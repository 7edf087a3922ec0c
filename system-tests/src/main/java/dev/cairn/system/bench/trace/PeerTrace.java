package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.trace.EditingHistory.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trace as engines play it which know nothing of this project: edits, and who had seen what. */
public final class PeerTrace {
    private final EditingHistory history;
    private final List<String> agents;

    private PeerTrace(EditingHistory history) {
        this.history = history;
        this.agents = history.transactions.stream()
                .map(Transaction::agent)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Reads a sequential or concurrent trace.
     *
     * @throws IllegalArgumentException if it is of another form, or not of characters of the basic plane alone
     */
    public static PeerTrace read(Path file) throws IOException {
        Trace trace = TraceReader.read(file);
        EditingHistory history = trace.histories().get(0);
        if (trace.form() == Trace.Form.HISTORY || !history.start.isEmpty()) {
            throw new IllegalArgumentException(file + " is not a trace with patches which starts with an empty text");
        }
        for (String inserted : history.inserted) {
            if (inserted.codePointCount(0, inserted.length()) != inserted.length()) {
                throw new IllegalArgumentException(file + " has characters which engines count in different ways");
            }
        }
        return new PeerTrace(history);
    }

    /** How many edits there are. */
    public int size() {
        return history.size();
    }

    /** The place of an edit. */
    public int position(int edit) {
        return history.position[edit];
    }

    /** How much an edit deletes. */
    public int deleted(int edit) {
        return history.deleted[edit];
    }

    /** What an edit inserts. */
    public String inserted(int edit) {
        return history.inserted[edit];
    }

    /** The text in the end. */
    public String end() {
        return history.end.orElse("");
    }

    /** Who edits. */
    public List<String> agents() {
        return agents;
    }

    /**
     * Devices which make and exchange changes.
     *
     * @param <C> a change
     */
    public interface Devices<C> {
        /** Lets a device make edits as one change, and returns what is to be sent to others. */
        List<C> edit(int device, int from, int to);

        /** Shows changes of others to a device. */
        void apply(int device, List<C> changes);
    }

    /** Lets every agent make its edits at exactly the version at which they were made; returns all changes in order. */
    public <C> List<C> merges(Devices<C> devices) {
        List<Transaction> transactions = history.transactions;
        int[] first = new Commits(transactions).fewest();
        int[] last = new int[transactions.size()];
        for (int i = 0; i < first.length; i++) {
            last[first[i]] = i;
        }
        int[][] seen = new int[transactions.size()][];
        int[][] known = new int[agents.size()][agents.size()];
        List<List<List<C>>> made = new ArrayList<>();
        agents.forEach(agent -> made.add(new ArrayList<>()));
        List<C> all = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            if (first[i] != i) {
                continue;
            }
            int agent = agents.indexOf(transactions.get(i).agent());
            int[] version = new int[agents.size()];
            for (int parent : transactions.get(i).parents()) {
                int[] other = seen[first[parent]];
                Arrays.setAll(version, a -> Math.max(version[a], other[a]));
            }
            catchUp(devices, agent, known[agent], version, made);
            List<C> changes = devices.edit(
                    agent, transactions.get(i).from(), transactions.get(last[i]).to());
            made.get(agent).add(changes);
            all.addAll(changes);
            version[agent]++;
            known[agent][agent]++;
            seen[i] = version;
        }
        return all;
    }

    private static <C> void catchUp(
            Devices<C> devices, int agent, int[] known, int[] version, List<List<List<C>>> made) {
        List<C> missing = new ArrayList<>();
        for (int other = 0; other < version.length; other++) {
            if (other != agent) {
                for (; known[other] < version[other]; known[other]++) {
                    missing.addAll(made.get(other).get(known[other]));
                }
            }
        }
        if (!missing.isEmpty()) {
            devices.apply(agent, missing);
        }
    }
}
