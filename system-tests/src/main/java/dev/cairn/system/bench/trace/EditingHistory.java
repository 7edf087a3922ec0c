package dev.cairn.system.bench.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A recorded editing session of one text: transactions, each made by an agent who had seen its parents, parents first.
 *
 * <p>The edits are columns. Positions and lengths count Unicode code points, at the state before the edit; an edit
 * first deletes and then inserts at the same place.
 */
final class EditingHistory {
    final String start;
    final Optional<String> end;
    final List<Transaction> transactions;
    final int[] position;
    final int[] deleted;
    final String[] inserted;
    private final long units;

    private EditingHistory(String start, Optional<String> end, List<Transaction> transactions, Edits edits) {
        this.start = start;
        this.end = end;
        this.transactions = List.copyOf(transactions);
        this.position = Arrays.copyOf(edits.position, edits.size);
        this.deleted = Arrays.copyOf(edits.deleted, edits.size);
        this.inserted = Arrays.copyOf(edits.inserted, edits.size);
        this.units = edits.units();
    }

    static EditingHistory of(String start, Optional<String> end, List<Transaction> transactions, Edits edits) {
        return new EditingHistory(start, end, transactions, edits);
    }

    /** How many edits there are. */
    int size() {
        return position.length;
    }

    /** How many code points are deleted and inserted, one by one. */
    long units() {
        return units;
    }

    /**
     * Edits which an agent made in a row.
     *
     * @param agent the agent's name
     * @param seq a number which rises with the transactions of an agent
     * @param parents the indexes of the transactions whose merge the agent had seen; empty for the start
     * @param from the index of its first edit
     * @param to the index behind its last edit
     * @param timeMillis when, in milliseconds since 1970; 0 if that is not recorded
     */
    record Transaction(String agent, long seq, List<Integer> parents, int from, int to, long timeMillis) {
        Transaction {
            parents = List.copyOf(parents);
        }
    }

    /** Growing columns of edits. */
    static final class Edits {
        private int size;
        private int[] position = new int[16];
        private int[] deleted = new int[16];
        private String[] inserted = new String[16];

        void add(int at, int delete, String insert) {
            if (size == position.length) {
                position = Arrays.copyOf(position, 2 * size);
                deleted = Arrays.copyOf(deleted, 2 * size);
                inserted = Arrays.copyOf(inserted, 2 * size);
            }
            position[size] = at;
            deleted[size] = delete;
            inserted[size++] = insert;
        }

        void addAll(Edits others) {
            for (int i = 0; i < others.size; i++) {
                add(others.position[i], others.deleted[i], others.inserted[i]);
            }
        }

        int size() {
            return size;
        }

        int position(int i) {
            return position[i];
        }

        int deleted(int i) {
            return deleted[i];
        }

        String inserted(int i) {
            return inserted[i];
        }

        /** How many code points are deleted and inserted, one by one. */
        long units() {
            long units = 0;
            for (int i = 0; i < size; i++) {
                units += deleted[i] + inserted[i].codePointCount(0, inserted[i].length());
            }
            return units;
        }
    }
}
