package dev.cairn.simulation.disk;

import java.nio.file.Path;
import java.util.List;

/** The order in which a directory lists what it holds. */
interface ListingOrder {

    /** The same paths in the order of this disk. */
    List<Path> arrange(List<Path> sorted);
}
