package dev.cairn.system.bench.peer;

/** Makes replicas of one document. */
interface Engine {
    /** Its name in the rows. */
    String name();

    /** The replica of the device with that number, with nothing in it but an empty text and a counter at 0. */
    Replica replica(int device);
}
