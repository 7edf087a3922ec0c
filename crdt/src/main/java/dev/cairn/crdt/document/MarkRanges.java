package dev.cairn.crdt.document;

import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.sequence.Anchors;
import dev.cairn.crdt.view.KeyOrder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out from the anchors of a text, in order, which of its marks show and where. */
final class MarkRanges implements Anchors {
    private final Document document;
    private final Marks marks;
    private final Map<String, OfKey> keys = new HashMap<>();
    private final List<OfKey> touched = new ArrayList<>();
    private final List<Mark> found = new ArrayList<>();
    private int at;

    /** The marks of one key around the present place. */
    private static final class OfKey {
        final String key;
        final TreeSet<Integer> around;
        int since;

        @Nullable
        Value shown;

        boolean isTouched;

        OfKey(String key, Comparator<Integer> order) {
            this.key = key;
            this.around = new TreeSet<>(order);
        }
    }

    MarkRanges(Document document, Marks marks) {
        this.document = document;
        this.marks = marks;
    }

    @Override
    public void anchor(int unit, int utf16Index) {
        if (utf16Index != at) {
            settle();
            at = utf16Index;
        }
        int mark = Marks.markOf(unit);
        OfKey ofKey = keys.computeIfAbsent(
                marks.key(mark), key -> new OfKey(key, (a, b) -> marks.compare(document.graph, a, b)));
        if (Marks.isStart(unit)) {
            ofKey.around.add(mark);
        } else {
            ofKey.around.remove(mark);
        }
        if (!ofKey.isTouched) {
            ofKey.isTouched = true;
            touched.add(ofKey);
        }
    }

    /** Ends and starts what changes at the present place. */
    private void settle() {
        for (OfKey ofKey : touched) {
            Value value = ofKey.around.isEmpty() ? null : value(ofKey.around.last());
            if (!Objects.equals(value, ofKey.shown)) {
                if (ofKey.shown != null) {
                    found.add(new Mark(ofKey.since, at, ofKey.key, ofKey.shown));
                }
                ofKey.shown = value;
                ofKey.since = at;
            }
            ofKey.isTouched = false;
        }
        touched.clear();
    }

    private @Nullable Value value(int mark) {
        int address = marks.address(mark);
        Value value = ValueCodec.read(document.log.array(address), document.log.offset(address));
        return value.equals(Value.NULL) ? null : value;
    }

    /** Returns the marks that show, after all anchors. */
    List<Mark> finish() {
        settle();
        found.sort(Comparator.comparingInt(Mark::start).thenComparing(Mark::key, KeyOrder.INSTANCE));
        return List.copyOf(found);
    }
}
