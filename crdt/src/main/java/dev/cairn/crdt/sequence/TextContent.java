package dev.cairn.crdt.sequence;

/** The content of a text at one moment; immutable. */
public final class TextContent {
    private final RopeSnapshot content;

    TextContent(RopeSnapshot content) {
        this.content = content;
    }

    /** Returns the length in UTF-16 code units. */
    public int utf16Length() {
        return content.utf16Length();
    }

    /** Visits the anchors in order. */
    public void anchors(Anchors visitor) {
        content.anchors(visitor);
    }

    /** Returns the text, without the anchors. */
    @Override
    public String toString() {
        return content.string();
    }
}
