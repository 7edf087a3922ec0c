package dev.cairn.crdt.sequence;

/** Is told of the anchors of a text: the units which are no characters. */
@FunctionalInterface
public interface Anchors {
    /** The anchor with that (negative) content stands before the UTF-16 code unit at the index. */
    void anchor(int unit, int utf16Index);
}
