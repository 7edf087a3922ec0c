package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.simulation.disk.SimulatedDisks;
import dev.cairn.simulation.profile.SyncProfile;
import dev.cairn.simulation.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample of the module's README, which is copied from here. */
class ReadmeSampleTest {

    // sample begin
    /** An application which lives in a folder: a list, to which every device appends in a file of its own. */
    record ListApp(Path folder, String device) {

        void add(String item) throws IOException {
            Path own = folder.resolve(device + ".txt");
            String before = Files.exists(own) ? Files.readString(own) : "";
            Files.writeString(own, before + item + "\n");
        }

        Set<String> items() throws IOException {
            Set<String> items = new TreeSet<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".txt")).toList()) {
                    items.addAll(Files.readAllLines(file));
                }
            }
            return items;
        }
    }

    @Test
    void everyItemGetsEverywhere() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            VirtualTime time = VirtualTime.start();
            SimulatedSync sync = SimulatedSync.of(SyncProfile.syncthing(), seed, time);
            ListApp phone = new ListApp(SimulatedDisks.unix().newFolder("phone", time.clock()), "phone");
            ListApp laptop = new ListApp(SimulatedDisks.windows().newFolder("laptop", time.clock()), "laptop");
            sync.join("phone", phone.folder()).join("laptop", laptop.folder());

            phone.add("milk");
            sync.advance(Duration.ofSeconds(seed % 30)); // the tool may be anywhere in its work
            sync.partition(Set.of("phone"), Set.of("laptop"));
            laptop.add("bread");
            phone.add("eggs");
            sync.heal();
            sync.settle();

            assertThat(phone.items()).as("seed %d\n%s", seed, sync.timeline()).containsExactly("bread", "eggs", "milk");
            assertThat(laptop.items()).isEqualTo(phone.items());
            assertThat(sync.counters().conflictCopies()).isZero();
        }
    }
    // sample end

    @Test
    void theReadmeShowsExactlyThis() throws IOException {
        Path module = Path.of(System.getProperty("cairn.root", ".."), "simulation");
        Path source = module.resolve("src/test/java/dev/cairn/simulation/ReadmeSampleTest.java");
        List<String> lines = Files.readAllLines(source);
        String sample =
                lines.subList(lines.indexOf("    // sample begin") + 1, lines.indexOf("    // sample end")).stream()
                        .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                        .collect(Collectors.joining("\n"));
        assertThat(Files.readString(module.resolve("README.md"))).contains("```java\n" + sample + "\n```");
    }
}
