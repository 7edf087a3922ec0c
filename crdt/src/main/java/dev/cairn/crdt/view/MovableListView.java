package dev.cairn.crdt.view;

/** An immutable view of a movable list; a {@link ListView} which is no movable list is a plain one. */
public interface MovableListView extends ListView {}
