package dev.cairn.crdt;

import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.log.DocumentTable;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.view.KeyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one call has done so far. Mostly it is about one actor and one document: then it takes hardly any objects. */
final class Outcome {
    private static final SortedSet<String> NO_DOCUMENTS = Collections.emptySortedSet();

    private Integration.@Nullable Span onlySpan;
    private @Nullable List<Integration.Span> spans;
    private @Nullable DocumentLog lastTouched;
    private @Nullable Set<String> touched;
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

    void touched(DocumentLog document) {
        if (document == lastTouched) {
            return;
        }
        if (lastTouched != null) {
            if (touched == null) {
                touched = new HashSet<>();
                touched.add(lastTouched.name());
            }
            touched.add(document.name());
        }
        lastTouched = document;
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
                spans(), documents(table), duplicates, refused == null ? List.of() : List.copyOf(refused), waiting);
    }

    private List<Integration.Span> spans() {
        if (spans != null) {
            return List.copyOf(spans);
        }
        return onlySpan == null ? List.of() : List.of(onlySpan);
    }

    private SortedSet<String> documents(DocumentTable table) {
        if (touched == null) {
            return lastTouched == null ? NO_DOCUMENTS : table.nameAlone(lastTouched);
        }
        if (touched.size() == table.all().size()) {
            return table.names(); // which need not be put in order once more
        }
        SortedSet<String> names = new TreeSet<>(KeyOrder.INSTANCE);
        names.addAll(touched);
        return Collections.unmodifiableSortedSet(names);
    }
}
