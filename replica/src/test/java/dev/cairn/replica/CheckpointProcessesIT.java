package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one device which find a checkpoint in the folder at the same time. */
class CheckpointProcessesIT {
    /** How often two of them begin; each time with a state that has read nothing. */
    private static final int ROUNDS = 8;

    /** Enough that both are still putting the image together when the other begins. */
    private static final int DOCUMENTS = 40;

    private static final int DOCUMENT_CHARACTERS = 50_000;

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path joined;

    @SuppressWarnings("NullAway.Init")
    private String hash;

    /** A process, and how it is spoken with. */
    private record Reader(Process process, BufferedReader answers) {
        static Reader start(Path folder) throws IOException {
            Process process = JavaProcess.of(RefreshOnWord.class, List.of(folder.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Reader(process, process.inputReader(StandardCharsets.UTF_8));
        }

        void say(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }
    }

    /** A folder whose changes are in a checkpoint alone, and the state of a device which has read nothing. */
    @BeforeEach
    void aCheckpointAlone() throws IOException {
        folder = Files.createDirectory(directory.resolve("folder"));
        joined = directory.resolve("joined");
        try (Space owner = Space.create(folder, SpaceOptions.inState(directory.resolve("owner")))) {
            String code = owner.invite(InviteOptions.writer()).code();
            owner.flush();
            JoinResult result = Space.join(folder, code, SpaceOptions.inState(joined));
            ((JoinResult.Joined) result).space().close();
            owner.refresh();
            Random random = new Random(6);
            for (int i = 0; i < DOCUMENTS; i++) {
                String name = "document-" + i;
                String text = random.ints(DOCUMENT_CHARACTERS, ' ', '~')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                owner.commit(tx -> tx.on(name).text("body").insert(0, text));
            }
            owner.flush();
            owner.compaction().checkpoint((done, total) -> {});
            hash = owner.stateHash();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path segment : files.filter(
                            file -> Files.isRegularFile(file) && file.toString().contains("changes"))
                    .toList()) {
                Files.delete(segment);
            }
        }
    }

    @Test
    void bothComeToWhatIsInIt() throws Exception {
        List<Reader> readers = List.of(Reader.start(folder), Reader.start(folder));
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Path state = copy(joined, directory.resolve("round-" + round));
                for (Reader reader : readers) {
                    reader.say(state.toString());
                    assertThat(reader.answers().readLine()).isEqualTo("open");
                }
                for (Reader reader : readers) {
                    reader.say("now");
                }
                List<String> said = new ArrayList<>();
                for (Reader reader : readers) {
                    said.add(reader.answers().readLine());
                }
                assertThat(said)
                        .as("round " + round)
                        .allSatisfy(answer -> assertThat(answer).matches("(sound|verified) " + hash));
            }
        } finally {
            for (Reader reader : readers) {
                reader.process().getOutputStream().close();
                reader.process().destroyForcibly().waitFor();
            }
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
