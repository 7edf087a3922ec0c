package dev.cairn.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Plays the {@link RetirementStory} of a seed, for whoever hunts faults in what a device withdraws. */
public final class RetirementProbe implements BiFunction<Path, Long, List<String>> {
    private static final int EVENTS = 60;

    /** What was broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        try (RetirementStory fleet = new RetirementStory(
                Files.createTempDirectory(scratch, "story"),
                seed,
                new RetirementTally(),
                RetirementStory.PlantedFault.NONE)) {
            fleet.live(EVENTS);
            return List.of();
        } catch (AssertionError broken) {
            return List.of(String.valueOf(broken.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a story", e);
        }
    }
}
