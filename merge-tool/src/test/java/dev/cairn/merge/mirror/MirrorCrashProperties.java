package dev.cairn.merge.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.merge.Ward.SetClock;
import dev.cairn.merge.mirror.FakeDocuments.Death;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A round ends at each of its operations in turn, both sides are edited then, and the rounds after it make them equal
 * with every line once.
 */
class MirrorCrashProperties {
    private static final List<String> NAMES = List.of("a.md", "b.md", "c/d.md");
    private static final int ROUNDS_MAX = 6;
    private static final List<Edit> ON_ONE_SIDE = List.of(Edit.FILE, Edit.DOCUMENT);
    private static final List<Edit> ANYWHERE = List.of(Edit.NONE, Edit.FILE, Edit.DOCUMENT, Edit.BOTH);

    @Property(tries = 15)
    void whereverARoundEndsNoLineIsLostAndNoneStandsTwice(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int mix) throws IOException {
        int operations = 0;
        while (new Story(seed, mix, operations).isCutShort()) {
            operations++;
        }
        assertThat(operations).as("operations at which it ended").isGreaterThan(2);
    }

    /** What one side of a name has got since both agreed. */
    private enum Edit {
        NONE,
        FILE,
        DOCUMENT,
        BOTH
    }

    /** One folder, one space, and one round which ends at an operation. */
    private static final class Story {
        private final SplittableRandom random;
        private final int end;
        private final FakeDocuments documents = new FakeDocuments();
        private final Map<String, Set<String>> words = new HashMap<>();
        private int operations;
        private int next;

        Story(long seed, int mix, int end) {
            this.random = new SplittableRandom(seed * 31 + mix);
            this.end = end;
        }

        /** Plays it; whether there was such an operation. */
        boolean isCutShort() throws IOException {
            Path state = Files.createTempFile("mirror", ".db");
            Files.delete(state);
            try (FileSystem real = Jimfs.newFileSystem(Configuration.unix());
                    Memory memory = Memory.open(state)) {
                FaultyFileSystem disk = FaultyFileSystem.over(real);
                Path vault = Files.createDirectory(disk.getPath("/vault"));
                return play(disk, vault, memory);
            } finally {
                Files.deleteIfExists(state);
            }
        }

        private boolean play(FaultyFileSystem disk, Path vault, Memory memory) throws IOException {
            for (String name : NAMES) {
                if (random.nextInt(4) > 0) {
                    editFile(vault, name, 3);
                }
            }
            round(vault, memory);
            for (String name : NAMES) {
                boolean fresh = !documents.texts.containsKey(name);
                List<Edit> possible = fresh ? ON_ONE_SIDE : ANYWHERE;
                edit(vault, name, possible.get(random.nextInt(possible.size())));
            }
            boolean cut = isCut(disk, vault, memory);
            for (String name : NAMES) {
                if (Files.exists(vault.resolve(name)) && documents.texts.containsKey(name)) {
                    edit(vault, name, Edit.BOTH);
                }
            }
            rounds(vault, memory);
            for (String name : NAMES) {
                List<String> lines = Files.readAllLines(vault.resolve(name));
                assertThat(lines)
                        .as("%s, ended at %d", name, end)
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(words.getOrDefault(name, Set.of()));
                assertThat(documents.texts).containsEntry(name, Files.readString(vault.resolve(name)));
            }
            return cut;
        }

        private boolean isCut(FaultyFileSystem disk, Path vault, Memory memory) throws IOException {
            disk.set((operation, path) -> {
                if (operation.changes()) {
                    operation();
                }
            });
            documents.each = this::operation;
            try {
                round(vault, memory);
                return false;
            } catch (Death dead) {
                return true;
            } finally {
                disk.set(DiskFaults.NONE);
                documents.each = () -> {};
            }
        }

        private void operation() {
            if (operations++ >= end) {
                throw new Death();
            }
        }

        private void rounds(Path vault, Memory memory) throws IOException {
            int rounds = 0;
            while (!round(vault, memory).items().isEmpty()) {
                assertThat(++rounds).as("rounds until both are equal").isLessThan(ROUNDS_MAX);
            }
        }

        private MirrorReport round(Path vault, Memory memory) throws IOException {
            Mirror.Options options = new Mirror.Options(true, false, new SetClock());
            return new Mirror(new Vault(vault), documents, memory, options).round(name -> true, (done, all) -> {});
        }

        private void edit(Path vault, String name, Edit edit) throws IOException {
            if (edit == Edit.FILE || edit == Edit.BOTH) {
                editFile(vault, name, 1 + random.nextInt(2));
            }
            if (edit == Edit.DOCUMENT || edit == Edit.BOTH) {
                int lines = 1 + next % 2;
                for (int i = 0; i < lines; i++) {
                    documents.texts.put(name, edited(name, documents.texts.getOrDefault(name, "")));
                }
            }
        }

        private void editFile(Path vault, String name, int lines) throws IOException {
            Path file = vault.resolve(name);
            Files.createDirectories(file.getParent());
            for (int i = 0; i < lines; i++) {
                Files.writeString(file, edited(name, Files.exists(file) ? Files.readString(file) : ""));
            }
        }

        /** A line with a new word in it, somewhere in the text. */
        private String edited(String name, String text) {
            List<String> lines = new ArrayList<>(text.lines().toList());
            String word = "w" + next++;
            words.computeIfAbsent(name, any -> new HashSet<>()).add(word);
            lines.add(random.nextInt(lines.size() + 1), word);
            return String.join("\n", lines) + "\n";
        }
    }
}
