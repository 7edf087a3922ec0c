package dev.cairn.crdt.oracle;

/**
 * Where a value stands: under a key of a map, in a register, or in an element of a movable list.
 *
 * @param container the map, register or list
 * @param name the key, the empty string, or the insertion of the element
 */
record Spot(ContainerId container, Object name) {}
