package dev.cairn.merge.text;

import java.util.List;

/** A stretch of a merge's result. */
sealed interface Piece {
    /** Lines on which all agree, or which a rule made. */
    record Merged(List<String> lines) implements Piece {}

    /** A stretch which nobody but a person can merge. */
    record Clash(Region region) implements Piece {}
}
