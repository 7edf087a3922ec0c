package dev.cairn.election.fleet;

import java.util.function.BiConsumer;

/** One device of a fleet that is watched. */
interface Device {
    /** Takes a file in that has come. */
    void receive(int from, String name, Object content, long now);

    /** Looks and acts; {@code send} takes the name and content of each file it writes. */
    void look(long now, BiConsumer<String, Object> send);

    /** Whether it takes itself for the leader. */
    boolean leads(long now);

    /** How often it became the leader. */
    long elections();

    /** How often its user was asked. */
    long prompts();

    /** Files which another device wrote as well. */
    long conflictCopies();

    /** Its process ends, and another begins with what it has kept. */
    void restart();
}
