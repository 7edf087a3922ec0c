package dev.cairn.simulation.profile;

/**
 * How a change gets from one device to another. Every file travels on its own, so a wide range is a random order of
 * arrival.
 *
 * @param updates from notice on one device to the beginning of the transfer on another
 * @param deletes the same for deletions
 * @param lostDeletes how often, from 0 to 1, a deletion is not carried out, until the devices connect again
 */
public record Travel(Span updates, Span deletes, double lostDeletes) {

    /** Takes no time. */
    public static final Travel IMMEDIATE = new Travel(Span.NONE, Span.NONE, 0);

    public Travel {
        if (!(lostDeletes >= 0 && lostDeletes <= 1)) {
            throw new IllegalArgumentException("not a probability: " + lostDeletes);
        }
    }
}
