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
     * A container under a key of a map, or in a register; whoever makes it from the same knowledge gets the same one.
     *
     * @param key the key, empty in a register
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

        Spot spot() {
            return new Spot(parent, key);
        }
    }

    /**
     * A container which an operation made: in a list, in an element of a movable list, or as the map of a node.
     *
     * @param maker the operation, of which it has the name
     * @param element the insertion of the element, or the node, to which it belongs
     */
    record MadeBy(ContainerId parent, OpId maker, OpId element, Kind kind) implements ContainerId {
        @Override
        public String document() {
            return parent.document();
        }

        @Override
        public boolean isIn(ContainerId outer) {
            return parent.equals(outer);
        }

        Spot spot() {
            return new Spot(parent, element);
        }
    }
}
