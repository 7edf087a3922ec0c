package dev.cairn.election.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and other processes are told of the leader. */
final class LeaderFileTest {
    @TempDir
    Path directory;

    @Test
    void saysInWordsWhatIsSaidLast() throws IOException {
        LeaderFile file = new LeaderFile(directory);
        assertThat(file.read()).isEmpty();
        file.write(Map.of("leader", "old", "gone", "yes"));
        Map<String, String> facts = Map.of("leader", "a name: with = \u00e9 # and\nlines", "token", "");
        file.write(facts);
        assertThat(file.read()).isEqualTo(facts);
        assertThat(Files.readString(directory.resolve("leader.lock")))
                .startsWith("#")
                .contains("leader=");
    }

    @Test
    void saysNothingWhereItIsDamaged() throws IOException {
        Files.writeString(directory.resolve("leader.lock"), "leader=me\nonline=\\u12\n");
        assertThat(new LeaderFile(directory).read()).isEmpty();
    }
}
