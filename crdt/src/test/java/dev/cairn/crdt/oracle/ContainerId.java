package dev.cairn.crdt.oracle;

import java.util.Optional;

/** The name of a container. */
sealed interface ContainerId {
    /** Returns what it is. */
    Kind kind();

    /** Returns the document it is in. */
    String document();

    /** Tells whether it is directly inside that one. */
    boolean isIn(ContainerId outer);

    /** The root map of a document. */
    record Root(String document) implements ContainerId {
        @Override
        public boolean isIn(ContainerId outer) {
            return false;
        }

        @Override
        public Kind kind() {
            return Kind.MAP;
        }
    }

    /**
     * A container under a key; whoever makes it from the same knowledge gets the same one.
     *
     * @param base the greatest removal of the key which its maker had seen, if any
     */
    record Derived(ContainerId parent, String key, Kind kind, Optional<OpId> base) implements ContainerId {
        @Override
        public String document() {
            return parent.document();
        }

        @Override
        public boolean isIn(ContainerId outer) {
            return parent.equals(outer);
        }
    }

    /** A container that is an element of a list, made by that insertion. */
    record MadeBy(ContainerId parent, OpId insertion, Kind kind) implements ContainerId {
        @Override
        public String document() {
            return parent.document();
        }

        @Override
        public boolean isIn(ContainerId outer) {
            return parent.equals(outer);
        }
    }
}
