package dev.cairn.replica;

import java.nio.file.Path;

/** A process that commits in a loop and says so: one line for each commit that has returned. */
final class CommitLoop {
    private CommitLoop() {}

    /** Commits of a batch. */
    static final int BATCH = 200;

    /** Arguments: folder, state directory, name of this loop, number of commits; {@code batch} makes each a batch. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String name = arguments[2];
        int commits = Integer.parseInt(arguments[3]);
        try (Space space = Space.open(folder, SpaceOptions.inState(Path.of(arguments[1])))) {
            for (int i = 0; i < commits; i++) {
                String key = name + "-" + i;
                Version version = arguments.length > 4
                        ? space.batch(batch -> fill(batch, key))
                        : space.commit(tx -> tx.on("acknowledged").map().put(key, true));
                System.out.println(key + " " + version);
                if (i % 7 == 3) {
                    space.flush();
                }
                if (i % 5 == 1) {
                    space.refresh();
                }
            }
        }
    }

    private static void fill(Batch batch, String key) {
        for (int i = 0; i < BATCH; i++) {
            String part = key + "." + i;
            batch.commit(tx -> tx.on("batches").map().put(part, true));
        }
    }
}
