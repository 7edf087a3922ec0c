package dev.cairn.crdt;

import dev.cairn.crdt.log.DocumentTable;
import dev.cairn.crdt.version.ActorId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one call has done so far. Mostly it is about one actor and one document: then it takes hardly any objects. */
final class Outcome {
    private static final int NONE = -1;
    private static final BitSet NO_DOCUMENTS = new BitSet();

    private Integration.@Nullable Span onlySpan;
    private @Nullable List<Integration.Span> spans;
    private int lastTouched = NONE;
    private @Nullable BitSet touched;
    private @Nullable Set<Integration.Refusal> refused;
    private long duplicates;

    void applied(ActorId actor, long from, long to) {
        Integration.Span span = new Integration.Span(actor, from, to);
        if (onlySpan == null) {
            onlySpan = span;
            return;
        }
        if (spans == null) {
            spans = new ArrayList<>();
            spans.add(onlySpan);
        }
        spans.add(span);
    }

    /** Notes that a change touches the document at an index. */
    void touched(int document) {
        if (document == lastTouched) {
            return;
        }
        if (touched == null && lastTouched != NONE) {
            touched = new BitSet();
            touched.set(lastTouched);
        }
        if (touched != null) {
            touched.set(document);
        }
        lastTouched = document;
    }

    /** Returns the same in a table in which documents have other indexes, or -1: these are left out. */
    Outcome renumbered(IntUnaryOperator indexes) {
        Outcome same = new Outcome();
        same.onlySpan = onlySpan;
        same.spans = spans;
        same.refused = refused;
        same.duplicates = duplicates;
        documents().stream().map(indexes).filter(index -> index >= 0).forEach(same::touched);
        return same;
    }

    private BitSet documents() {
        if (touched != null || lastTouched == NONE) {
            return touched == null ? NO_DOCUMENTS : touched;
        }
        BitSet one = new BitSet();
        one.set(lastTouched);
        return one;
    }

    void refused(Integration.Refusal refusal) {
        if (refused == null) {
            refused = new LinkedHashSet<>();
        }
        refused.add(refusal);
    }

    void duplicates(long more) {
        duplicates += more;
    }

    Integration with(DocumentTable table, List<Integration.Waiting> waiting) {
        return new Integration(
                spans(), names(table), duplicates, refused == null ? List.of() : List.copyOf(refused), waiting);
    }

    private List<Integration.Span> spans() {
        if (spans != null) {
            return List.copyOf(spans);
        }
        return onlySpan == null ? List.of() : List.of(onlySpan);
    }

    private SortedSet<String> names(DocumentTable table) {
        boolean one = touched == null && lastTouched != NONE;
        return one ? table.nameAlone(table.get(lastTouched)) : table.names(documents());
    }
}
