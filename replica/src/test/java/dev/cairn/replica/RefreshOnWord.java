package dev.cairn.replica;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that opens one state directory after another and refreshes when it is told to. Reads a state directory,
 * says "open", reads a line, and says what it has then: the verdicts on the checkpoints, and the state hash.
 */
final class RefreshOnWord {
    private RefreshOnWord() {}

    /** Arguments: the folder. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String state = words.readLine(); state != null; state = words.readLine()) {
            try (Space space = Space.open(Path.of(arguments[0]), SpaceOptions.inState(Path.of(state)))) {
                System.out.println("open");
                words.readLine();
                System.out.println(refreshed(space));
            }
        }
    }

    private static String refreshed(Space space) {
        try {
            space.refresh();
            return verdicts(space) + " " + space.stateHash();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** What the space says of its checkpoints, in one word each. */
    static String verdicts(Space space) {
        return String.join(
                ",",
                space.compaction().status().checkpoints().stream()
                        .map(checkpoint -> checkpoint.verdict() + checkpoint.problem())
                        .toList());
    }
}
