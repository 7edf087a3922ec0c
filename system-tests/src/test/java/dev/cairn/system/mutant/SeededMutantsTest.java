package dev.cairn.system.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.replica.CompactionProbe;
import dev.cairn.system.mutant.Hunt.Found;
import dev.cairn.system.mutant.Mutant.Fault.Instead;
import dev.cairn.system.mutant.Mutant.Fault.Without;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults which are built into Cairn are found by the simulated fleets. */
final class SeededMutantsTest {
    private static final int SEEDS = 12;
    private static final int LONG_SEEDS = 60;

    /** Most mutants are found by the first few; where times are wrong, other ways make up for it in most fleets. */
    private static final int HUNTED_SEEDS = 400;

    @TempDir
    private Path scratch;

    @Test
    void aSampleOfMutantsIsFound() {
        assertThat(Mutants.quick()).hasSize(3);
        for (Mutant mutant : Mutants.quick()) {
            assertThat(new Hunt(scratch, SEEDS).find(mutant)).as(mutant.name()).isPresent();
        }
    }

    /** Writes a table of who was found by which seed into {@code target/mutants.txt}. */
    @Test
    @Tag("long")
    void everyMutantIsFound() throws IOException {
        Pattern wanted = Pattern.compile(System.getProperty("cairn.mutants", ""));
        Path table = Path.of("target", "mutants.txt");
        List<String> lines = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Mutant mutant : Mutants.ALL) {
            if (wanted.matcher(mutant.name()).find()) {
                long before = processorMillis();
                Optional<Found> found = new Hunt(scratch, HUNTED_SEEDS).find(mutant);
                lines.add(mutant.name() + ": "
                        + found.map(by -> "seed " + by.seed() + ", " + firstLine(by.broken()))
                                .orElse("NOT FOUND in " + HUNTED_SEEDS + " seeds")
                        + ", " + (processorMillis() - before) / 1000 + " s of a processor");
                if (found.isEmpty()) {
                    missed.add(mutant.name());
                }
                Files.write(table, lines);
            }
        }
        assertThat(missed).isEmpty();
    }

    private static long processorMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(0L);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    @Test
    void aProbeWithoutAFaultFindsNothing() {
        assertThat(new Probe(Set.of()).apply(scratch, 1L)).isEmpty();
        assertThat(new CopiesProbe().apply(scratch, 1L)).isEmpty();
        assertThat(new CopiesProbe().apply(scratch, 2L)).isEmpty();
        assertThat(new BusyProbe().apply(scratch, 1L)).isEmpty();
        assertThat(new StrangersProbe().apply(scratch, 1L)).isEmpty();
        assertThat(new CompactionProbe().apply(scratch, 1L)).isEmpty();
        assertThat(new NightProbe().apply(scratch, 1L)).isEmpty();
    }

    /** What a probe says of a fault it must not say without it. */
    @Test
    @Tag("long")
    void probesWithoutAFaultFindNothingInManySeeds() {
        for (long seed = 1; seed <= LONG_SEEDS; seed++) {
            assertThat(new BusyProbe().apply(scratch, seed))
                    .as("busy, seed %s", seed)
                    .isEmpty();
            assertThat(new CompactionProbe().apply(scratch, seed))
                    .as("scenes, seed %s", seed)
                    .isEmpty();
            assertThat(new NightProbe().apply(scratch, seed))
                    .as("nights, seed %s", seed)
                    .isEmpty();
            assertThat(new StrangersProbe().apply(scratch, seed))
                    .as("strangers, seed %s", seed)
                    .isEmpty();
            assertThat(new CopiesProbe().apply(scratch, seed))
                    .as("copies, seed %s", seed)
                    .isEmpty();
        }
    }

    @Test
    void aFaultThatChangesNothingIsRefused() {
        Mutant absent = Mutant.of("absent", "crdt.graph.EventGraph", "none", Instead.nothing());
        Mutant idle = Mutant.of("idle", "crdt.graph.EventGraph", "compare", new Without("none"));
        ClassLoader loader = Mutant.class.getClassLoader();
        assertThatThrownBy(() -> new MutantLoader(absent, loader)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new MutantLoader(idle, loader)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void eachFitsWhatItIsBuiltInto() {
        assertThat(Mutants.ALL).hasSizeGreaterThanOrEqualTo(40);
        assertThat(Mutants.ALL.stream().map(Mutant::name)).doesNotHaveDuplicates();
        for (Mutant mutant : Mutants.ALL) {
            assertThatCode(() -> new MutantLoader(mutant, Mutant.class.getClassLoader()))
                    .as(mutant.name())
                    .doesNotThrowAnyException();
        }
    }
}
