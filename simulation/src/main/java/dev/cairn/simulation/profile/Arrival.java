package dev.cairn.simulation.profile;

/**
 * How a file comes into being in the receiving folder.
 *
 * @param style under which name it grows
 * @param temporary the spelling of temporary names
 * @param transfer how long it takes until all of it is there
 * @param hole how long a replaced file is absent before the new one appears
 * @param placeholder what a file looks like which is known but not downloaded
 * @param placeholders how often, from 0 to 1, a file is a placeholder until its transfer is finished
 * @param duplicates how often, from 0 to 1, a second copy of an arriving file appears as {@code name (1)}
 */
public record Arrival(
        ArrivalStyle style,
        Temporary temporary,
        Span transfer,
        Span hole,
        Placeholder placeholder,
        double placeholders,
        double duplicates) {

    /** Appears whole and at once. */
    public static final Arrival ATOMIC =
            new Arrival(ArrivalStyle.RENAMED, Temporary.OUTSIDE, Span.NONE, Span.NONE, Placeholder.EMPTY, 0, 0);

    public Arrival {
        if (!(placeholders >= 0 && placeholders <= 1) || !(duplicates >= 0 && duplicates <= 1)) {
            throw new IllegalArgumentException("not probabilities: " + placeholders + ", " + duplicates);
        }
    }

    /** The same with a second copy of that share of the files. */
    public Arrival withDuplicates(double share) {
        return new Arrival(style, temporary, transfer, hole, placeholder, placeholders, share);
    }

    /** The same with that share of the files being placeholders for a while. */
    public Arrival withPlaceholders(double share) {
        return new Arrival(style, temporary, transfer, hole, placeholder, share, duplicates);
    }

    /** The same with another time for transfers and for the hole when a file is replaced. */
    public Arrival withTimes(Span newTransfer, Span newHole) {
        return new Arrival(style, temporary, newTransfer, newHole, placeholder, placeholders, duplicates);
    }
}
