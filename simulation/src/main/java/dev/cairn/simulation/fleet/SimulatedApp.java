package dev.cairn.simulation.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * The application under test, as one process of one device. A simulation starts it, lets its user act, and ends it
 * orderly or not.
 *
 * <p>What the disk refuses while it is told to may come out as an {@link IOException} or its unchecked form; anything
 * else that is thrown ends the run as a failure.
 */
public interface SimulatedApp extends Closeable {

    /** Does what the user does next. */
    void use(RandomGenerator choices) throws IOException;

    /** Does what the application does by itself now and then, such as reading its folder. */
    default void tick() throws IOException {}

    /** Ends the process orderly. Also called, on a disk without power, after its end by force, to free memory. */
    @Override
    default void close() throws IOException {}
}
