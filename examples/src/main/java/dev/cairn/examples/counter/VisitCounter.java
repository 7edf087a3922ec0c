package dev.cairn.examples.counter;

import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import java.nio.file.Path;

/** Counts one visit and prints how many there were on all devices: {@code examples/run counter FOLDER [STATE]}. */
public final class VisitCounter {
    private VisitCounter() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        SpaceOptions options = args.length > 1 ? SpaceOptions.inState(Path.of(args[1])) : SpaceOptions.defaults();
        try (Space space = Space.open(folder, options)) {
            space.refresh();
            space.commit(tx -> tx.on("visits").counter("total").add(1));
            System.out.println("visit number " + space.document("visits").counter("total"));
        }
    }
}
