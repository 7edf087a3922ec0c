package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.state.MarkRange;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.view.Mark;
import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The editor of a text. */
public record OfText(Editing editing, SequenceContainer text) implements TextEditor {
    @Override
    public TextEditor insert(int position, String inserted) {
        Objects.checkIndex(position, length() + 1);
        editing.insertText(text, place(position), inserted);
        return this;
    }

    /** Returns the position for what is put between two characters. */
    private int place(int index) {
        return text.place(behindCharacter(index));
    }

    private int behindCharacter(int index) {
        int position = text.sequence().fromUtf16(index);
        if (position < 0) {
            throw new IllegalArgumentException("position " + index + " is inside a surrogate pair");
        }
        return position;
    }

    @Override
    public TextEditor delete(int position, int length) {
        Objects.checkFromIndexSize(position, length, length());
        int from = text.sequence().behindAnchors(behindCharacter(position));
        editing.delete(text, from, behindCharacter(position + length) - from);
        return this;
    }

    @Override
    public TextEditor mark(int start, int end, String key, @Nullable Object value, Expand expand) {
        byte[] name = Utf8.name(key);
        Value checked = Value.of(value);
        Objects.checkFromToIndex(start, end, length());
        int from = place(start);
        editing.mark(text, from, place(end) - from, name, expand, checked);
        return this;
    }

    @Override
    public TextEditor unmark(int start, int end, String key, Expand expand) {
        return mark(start, end, key, null, expand.opposite());
    }

    @Override
    public List<Mark> marks() {
        return new StateBuilder(editing.document()).text(text).marks();
    }

    List<MarkRange> ranges() {
        return MarkRange.of(new StateBuilder(editing.document()).text(text));
    }

    @Override
    public int length() {
        return text.sequence().utf16Length();
    }

    @Override
    public String toString() {
        return text.sequence().text().toString();
    }
}
