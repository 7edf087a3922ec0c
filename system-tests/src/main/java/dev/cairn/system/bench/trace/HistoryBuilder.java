package dev.cairn.system.bench.trace;

import dev.cairn.system.bench.trace.EditingHistory.Edits;
import dev.cairn.system.bench.trace.EditingHistory.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what a file says about one history, and checks it against the rules of its form. */
final class HistoryBuilder {
    private final List<RawTransaction> transactions = new ArrayList<>();
    private String kind = "";
    private String start = "";
    private Optional<String> end = Optional.empty();
    private int agents = Integer.MAX_VALUE;

    void kind(String value) {
        kind = value;
    }

    void start(String value) {
        start = value;
    }

    void end(String value) {
        end = Optional.of(value);
    }

    void agents(int value) {
        agents = value;
    }

    void add(RawTransaction transaction) {
        List<Integer> span = transaction.span;
        if (span == null) {
            if (transaction.patches == null) {
                throw new IllegalArgumentException("a transaction has neither patches nor a span");
            }
        } else if (span.size() != 2) {
            throw new IllegalArgumentException("a span is [from, to], found " + span);
        } else if (transaction.operations == null || transaction.parents == null || transaction.agent == null) {
            throw new IllegalArgumentException("a transaction with a span has no ops, no parents or no agent");
        }
        transactions.add(transaction);
    }

    Trace.Form form() {
        if (!transactions.isEmpty() && transactions.get(0).span != null) {
            return Trace.Form.HISTORY;
        }
        boolean concurrent = kind.equals("concurrent") || transactions.stream().anyMatch(each -> each.parents != null);
        return concurrent ? Trace.Form.CONCURRENT : Trace.Form.SEQUENTIAL;
    }

    EditingHistory build() {
        if (!List.of("", "concurrent", "sequential").contains(kind)) {
            throw new IllegalArgumentException("kind is \"" + kind + "\", expected concurrent, sequential or none");
        }
        Trace.Form form = form();
        if (form != Trace.Form.SEQUENTIAL && !start.isEmpty()) {
            throw new IllegalArgumentException(
                    "a history with parents starts with an empty text, not with " + start.length() + " characters");
        }
        return form == Trace.Form.HISTORY ? fromSpans() : fromPatches(form == Trace.Form.CONCURRENT);
    }

    private EditingHistory fromPatches(boolean concurrent) {
        Edits edits = new Edits();
        List<Transaction> all = new ArrayList<>(transactions.size());
        for (RawTransaction raw : transactions) {
            int index = all.size();
            if (raw.span != null || raw.patches == null) {
                throw new IllegalArgumentException("transaction " + index + " has a span, the ones before have not");
            }
            int from = edits.size();
            edits.addAll(raw.patches);
            List<Integer> parents = index == 0 ? List.of() : List.of(index - 1);
            String agent = "";
            if (concurrent) {
                parents = parents(raw, index);
                agent = agent(raw, index);
            }
            all.add(new Transaction(agent, index, parents, from, edits.size(), raw.timeMillis()));
        }
        return EditingHistory.of(start, end, all, edits);
    }

    private static List<Integer> parents(RawTransaction raw, int index) {
        List<Integer> parents = raw.parents;
        if (parents == null) {
            throw new IllegalArgumentException("transaction " + index + " has no parents field");
        }
        for (int parent : parents) {
            if (parent >= index) {
                throw new IllegalArgumentException(
                        "transaction " + index + " has the parent " + parent + ", which does not stand before it");
            }
        }
        return parents;
    }

    private String agent(RawTransaction raw, int index) {
        String agent = raw.agent;
        if (agent == null) {
            throw new IllegalArgumentException("transaction " + index + " has no agent");
        }
        if (agents != Integer.MAX_VALUE && (!agent.matches("[0-9]{1,9}") || Integer.parseInt(agent) >= agents)) {
            throw new IllegalArgumentException(
                    "transaction " + index + " is by agent " + agent + ", but numAgents is " + agents);
        }
        return agent;
    }

    private EditingHistory fromSpans() {
        NavigableSet<Integer> cuts = cuts();
        Edits edits = new Edits();
        List<Transaction> all = new ArrayList<>(transactions.size());
        Map<Integer, Integer> endsAt = new HashMap<>();
        Map<String, Long> lastSeqs = new HashMap<>();
        for (RawTransaction raw : transactions) {
            String agent = String.valueOf(raw.agent);
            List<Integer> span = span(raw);
            long seq = raw.seqStart >= 0 ? raw.seqStart : lastSeqs.getOrDefault(agent, 0L);
            List<Integer> parents = raw.parents(parent -> endsAt.get(parent + 1));
            SpanPieces pieces = new SpanPieces(raw, span.get(1) - span.get(0));
            int from = span.get(0);
            while (from < span.get(1)) {
                Integer cut = cuts.higher(from);
                int to = cut == null ? span.get(1) : Math.min(cut, span.get(1));
                int first = edits.size();
                pieces.take(to - from, edits);
                all.add(new Transaction(
                        agent, seq + from - span.get(0), parents, first, edits.size(), raw.timeMillis()));
                parents = List.of(all.size() - 1);
                endsAt.put(to, all.size() - 1);
                from = to;
            }
            lastSeqs.put(agent, seq + span.get(1) - span.get(0));
        }
        return EditingHistory.of(start, end, all, edits);
    }

    /** The places inside spans behind which a parent ends: there the span is cut in two. */
    private NavigableSet<Integer> cuts() {
        TreeSet<Integer> cuts = new TreeSet<>();
        int last = 0;
        for (RawTransaction raw : transactions) {
            List<Integer> span = span(raw);
            if (span.get(0) != last) {
                throw new IllegalArgumentException(
                        "the span " + span + " does not continue the ones before it, which end at " + last);
            }
            for (int parent : raw.parents == null ? List.<Integer>of() : raw.parents) {
                if (parent >= span.get(0)) {
                    throw new IllegalArgumentException(
                            "the span " + span + " has the parent " + parent + ", which does not stand before it");
                }
                cuts.add(parent + 1);
            }
            last = span.get(1);
        }
        return cuts;
    }

    private static List<Integer> span(RawTransaction raw) {
        @Nullable List<Integer> span = raw.span;
        if (span == null) {
            throw new IllegalArgumentException("a transaction without a span follows ones with spans");
        }
        if (span.get(0) >= span.get(1)) {
            throw new IllegalArgumentException("the span " + span + " is empty");
        }
        return span;
    }
}
