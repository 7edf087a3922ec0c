package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.trace.EditingHistory.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who makes which transactions of a concurrent history: an actor's changes follow one another, but an agent may have
 * gone on at two places at once.
 *
 * <p>Agents are ordered by the bytes of their names and, within one agent, by the numbers of its transactions. So the
 * transactions of an agent, by number, are cut into lines: the next one starts a new line if it has not seen the one
 * before it. A line is an actor, and actors are in the order of (agent, line).
 */
final class Commits {
    private final List<Transaction> transactions;

    /** The rank of the agent of each transaction, and the number of its line. */
    final int[] agent;

    final int[] line;

    /** The transaction before each in its line, or -1. */
    final int[] previous;

    private final int[] seen;
    private int searches;

    Commits(List<Transaction> transactions) {
        this.transactions = transactions;
        agent = new int[transactions.size()];
        line = new int[transactions.size()];
        previous = new int[transactions.size()];
        seen = new int[transactions.size()];
        Map<String, List<Integer>> byAgent = new TreeMap<>(
                Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        for (int i = 0; i < transactions.size(); i++) {
            byAgent.computeIfAbsent(transactions.get(i).agent(), name -> new ArrayList<>())
                    .add(i);
        }
        int rank = 0;
        for (List<Integer> own : byAgent.values()) {
            own.sort(Comparator.comparingLong(i -> transactions.get(i).seq()));
            lines(own, rank++);
        }
    }

    private void lines(List<Integer> own, int rank) {
        int last = -1;
        int number = 0;
        for (int i : own) {
            if (last >= 0 && !isBefore(last, i)) {
                number++;
                last = -1;
            }
            agent[i] = rank;
            line[i] = number;
            previous[i] = last;
            last = i;
        }
    }

    /** Whether a transaction is in the past of another: a search which goes no further back than need be. */
    private boolean isBefore(int past, int index) {
        int search = ++searches;
        int[] stack = new int[16];
        int depth = 0;
        stack[depth++] = index;
        while (depth > 0) {
            int at = stack[--depth];
            for (int parent : transactions.get(at).parents()) {
                if (parent == past) {
                    return true;
                }
                if (parent > past && seen[parent] != search) {
                    seen[parent] = search;
                    stack = depth == stack.length ? Arrays.copyOf(stack, 2 * depth) : stack;
                    stack[depth++] = parent;
                }
            }
        }
        return false;
    }

    /** The first transaction of the commit in which each one goes when there are to be as few as possible. */
    int[] fewest() {
        Map<Integer, Integer> children = new HashMap<>();
        transactions.forEach(each -> each.parents().forEach(parent -> children.merge(parent, 1, Integer::sum)));
        int[] first = new int[transactions.size()];
        for (int i = 0; i < first.length; i++) {
            List<Integer> parents = transactions.get(i).parents();
            boolean joins = parents.size() == 1
                    && previous[i] == parents.get(0)
                    && children.getOrDefault(parents.get(0), 0) == 1;
            first[i] = joins ? first[previous[i]] : i;
        }
        return first;
    }
}
