package dev.cairn.crdt.state;

import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.ShownMark;
import dev.cairn.crdt.edit.Expand;
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
public final class MarkRanges implements Anchors {
    private static final Comparator<MarkRange> ORDER = Comparator.<MarkRange>comparingInt(
                    range -> range.shown().start())
            .thenComparing(range -> range.shown().key(), KeyOrder.INSTANCE);

    private final @Nullable ShownMark[] marks;
    private final Map<String, OfKey> keys = new HashMap<>();
    private final List<OfKey> touched = new ArrayList<>();
    private final List<MarkRange> found = new ArrayList<>();
    private int at;

    /** The marks of one key around the present place. */
    private static final class OfKey {
        final String key;
        final TreeSet<ShownMark> around = new TreeSet<>();
        int since;

        /** The mark which counts where the range begins that is open, if one is. */
        @Nullable
        ShownMark first;

        /** The mark which counts right before the present place. */
        @Nullable
        ShownMark last;

        boolean isTouched;

        OfKey(String key) {
            this.key = key;
        }

        @Nullable
        Value shown() {
            return first == null ? null : first.value();
        }
    }

    /** Returns the ranges before the first anchor; the marks are found by their numbers. */
    public MarkRanges(@Nullable ShownMark[] marks) {
        this.marks = marks;
    }

    @Override
    public void anchor(int unit, int utf16Index) {
        if (utf16Index != at) {
            settle();
            at = utf16Index;
        }
        ShownMark mark = Objects.requireNonNull(marks[Marks.markOf(unit)]);
        OfKey ofKey = keys.computeIfAbsent(mark.key(), OfKey::new);
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
            ShownMark mark = ofKey.around.isEmpty() ? null : ofKey.around.last();
            Value value = mark == null ? null : mark.value();
            if (!Objects.equals(value, ofKey.shown())) {
                end(ofKey);
                ofKey.first = value == null ? null : mark;
                ofKey.since = at;
            }
            ofKey.last = mark;
            ofKey.isTouched = false;
        }
        touched.clear();
    }

    private void end(OfKey ofKey) {
        if (ofKey.first != null && ofKey.last != null && ofKey.first.value() != null) {
            Mark shown = new Mark(ofKey.since, at, ofKey.key, ofKey.first.value());
            Expand expand =
                    Expand.of(ofKey.first.expand().before(), ofKey.last.expand().after());
            found.add(new MarkRange(shown, expand));
        }
    }

    /** Returns the marks that show, after all anchors. */
    public List<MarkRange> finish() {
        settle();
        found.sort(ORDER);
        return List.copyOf(found);
    }
}
