package dev.cairn.simulation.profile;

/** Whom a device talks to. */
public enum Topology {
    /** Every device talks to every other one: what only a switched-off device has, nobody can get. */
    MESH,
    /**
     * Every device talks to one server, which keeps everything: a device gets what others sent before they went off.
     * Of two concurrent versions the server keeps the one it gets first.
     */
    SERVER
}
