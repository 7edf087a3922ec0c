package dev.cairn.crdt.view;

/** What is under a key or an index: a scalar, or a view of a container. */
public sealed interface Node permits Value, MapView, ListView, TextView, CounterView, RegisterView, TreeView {}
