package dev.cairn.election.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.election.protocol.Command;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Request.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandBoxTest {
    @TempDir
    Path directory;

    @Test
    void whatIsPutInComesOutOnceInItsOrder() throws IOException {
        List<Command> commands = List.of(
                new Command.Ask(Goal.COMPACT, "why: = \u00e9\n", 3, Duration.ofSeconds(1), Duration.ofHours(1)),
                new Command.Choose(new WriterId(1, 2), "me"),
                new Command.Answer(Question.EVICT_DEVICE, Prompt.RETIRE, ""),
                new Command.Release(),
                new Command.Cancel());
        CommandBox box = new CommandBox(directory);
        for (Command command : commands) {
            box.put(command, 1_700_000_000_000L); // all in one millisecond
        }
        assertThat(box.take()).isEqualTo(commands);
        assertThat(box.take()).isEmpty();
    }

    @Test
    void whatCannotBeUnderstoodIsThrownAway() throws IOException {
        CommandBox box = new CommandBox(directory);
        Files.writeString(directory.resolve("0.command"), "do=fly");
        Files.writeString(directory.resolve("1.command"), "");
        Files.writeString(directory.resolve("2.command"), "do=ask\ngoal=MONEY");
        Files.writeString(directory.resolve("3.command"), "\\u12");
        Files.writeString(directory.resolve("leader.lock"), "do=release");
        box.put(new Command.Cancel(), 5);
        assertThat(box.take()).containsExactly(new Command.Cancel());
        assertThat(directory).isDirectoryContaining("glob:**leader.lock").isDirectoryNotContaining("glob:**.command");
    }

    @Test
    void whatIsForThisProcessAloneIsNotPassedOn() {
        CommandBox box = new CommandBox(directory);
        assertThatThrownBy(() -> box.put(new Command.Leave(), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
