package dev.cairn.merge.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.merge.Ward.SetClock;
import dev.cairn.merge.mirror.FakeDocuments.Death;
import dev.cairn.merge.mirror.FakeDocuments.Dies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Files and documents are edited in any way, and rounds end anywhere: both sides come to the same without a loss. */
class MirrorProperties {
    private static final List<String> NAMES = List.of("a.md", "b/c.md", "b/d.md");

    @Property(tries = 60)
    void whateverIsEditedAndWhereverARoundEndsBothSidesComeToTheSame(@ForAll long seed) throws IOException {
        Path root = Files.createTempDirectory("mirror");
        try (Memory memory = Memory.open(root.resolve("memory.db"))) {
            new Life(root, memory, new SplittableRandom(seed)).live();
        } finally {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** A folder, a space, and people at both. */
    private static final class Life {
        private final Path vault;
        private final Memory memory;
        private final FakeDocuments documents = new FakeDocuments();
        private final SplittableRandom random;
        private final Set<String> words = new HashSet<>();
        private int next;

        Life(Path root, Memory memory, SplittableRandom random) throws IOException {
            this.vault = Files.createDirectory(root.resolve("vault"));
            this.memory = memory;
            this.random = random;
        }

        void live() throws IOException {
            for (int i = 0; i < 40; i++) {
                act();
            }
            documents.dies = Dies.NEVER;
            round();
            for (MirrorReport.Item differing : round().items()) {
                settle(differing);
            }
            round();
            assertThat(round().items()).isEmpty();
            Set<String> said = new HashSet<>();
            for (String name : NAMES) {
                Path file = vault.resolve(name);
                assertThat(Files.exists(file)).isEqualTo(documents.texts.containsKey(name));
                if (Files.exists(file)) {
                    String text = Files.readString(file);
                    assertThat(documents.texts).containsEntry(name, text);
                    List<String> lines = Arrays.asList(text.split("\n", -1));
                    assertThat(lines.stream().filter(line -> !line.isEmpty())).doesNotHaveDuplicates();
                    said.addAll(lines);
                }
            }
            assertThat(said).containsAll(words);
        }

        private void act() throws IOException {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            Path file = vault.resolve(name);
            int kind = random.nextInt(10);
            if (kind < 3) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, edited(Files.exists(file) ? Files.readString(file) : ""));
            } else if (kind < 6) {
                documents.texts.put(name, edited(documents.texts.getOrDefault(name, "")));
            } else if (kind == 6 && random.nextBoolean()) {
                forget(Files.exists(file) ? Files.readString(file) : "", documents.texts.getOrDefault(name, ""));
                Files.deleteIfExists(file);
            } else if (kind == 7 && random.nextBoolean()) {
                forget(Files.exists(file) ? Files.readString(file) : "", documents.texts.getOrDefault(name, ""));
                documents.texts.remove(name);
            } else {
                documents.dies = List.of(Dies.NEVER, Dies.BEFORE, Dies.AFTER).get(random.nextInt(3));
                try {
                    round();
                } catch (Death gone) {
                    assertThat(documents.dies).isNotEqualTo(Dies.NEVER);
                }
            }
        }

        /** A person makes equal what began on both sides by itself. */
        private void settle(MirrorReport.Item item) throws IOException {
            assertThat(item.outcome()).isEqualTo(MirrorReport.Outcome.DIFFERS);
            Path file = vault.resolve(item.name());
            String both = documents.mergeCharacters(
                    "", Files.readString(file), documents.texts.getOrDefault(item.name(), ""));
            Files.writeString(file, both);
            documents.texts.put(item.name(), both);
        }

        /** A line with a new word in it, somewhere in the text. */
        private String edited(String text) {
            List<String> lines = new ArrayList<>(text.lines().toList());
            String word = "w" + next++;
            words.add(word);
            lines.add(random.nextInt(lines.size() + 1), word);
            return String.join("\n", lines) + "\n";
        }

        /** Of what is deleted nothing is promised. */
        private void forget(String file, String document) {
            words.removeAll(file.lines().toList());
            words.removeAll(document.lines().toList());
        }

        private MirrorReport round() throws IOException {
            Mirror.Options options = new Mirror.Options(true, false, new SetClock());
            return new Mirror(new Vault(vault), documents, memory, options).round(name -> true, (done, all) -> {});
        }
    }
}
