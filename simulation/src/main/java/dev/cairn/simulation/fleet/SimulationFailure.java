package dev.cairn.simulation.fleet;

/** The application did what it must not: threw something while nothing was wrong with its disk, or broke a rule. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure of the application. */
    public SimulationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** A broken rule. */
    public SimulationFailure(String message) {
        super(message);
    }
}
