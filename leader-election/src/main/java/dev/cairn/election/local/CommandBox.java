package dev.cairn.election.local;

import dev.cairn.election.protocol.Command;
import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Request.Goal;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What processes of a device ask of the one which takes part: a file for each command, in the order in which they
 * were put in.
 */
public final class CommandBox {
    private static final String ENDING = ".command";

    private final Path directory;

    /** The box below a device's state directory. */
    public CommandBox(Path directory) {
        this.directory = directory;
    }

    /** Puts a command in; {@code order} is greater for later ones, and of equal ones none is lost. */
    public void put(Command command, long order) throws IOException {
        Properties words = words(command);
        StringWriter text = new StringWriter();
        words.store(text, null);
        new WholeFile(reserve(order)).write(Bytes.utf8(text.toString()));
    }

    /** A name that nobody has; who takes the empty file meanwhile finds nothing in it, and the full one next time. */
    private Path reserve(long order) throws IOException {
        for (long at = order; ; at++) {
            Path file = directory.resolve(String.format("%020d%s", at, ENDING));
            try {
                return Files.createFile(file);
            } catch (FileAlreadyExistsException taken) {
                // somebody put a command in at the same time: behind it
            }
        }
    }

    /** Takes all commands out; what cannot be understood is thrown away. */
    public List<Command> take() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        List<Command> commands = new ArrayList<>();
        for (Path file : files) {
            Optional<Bytes> content = new WholeFile(file).read();
            Files.deleteIfExists(file);
            content.flatMap(CommandBox::command).ifPresent(commands::add);
        }
        return commands;
    }

    private static Properties words(Command command) {
        Properties words = new Properties();
        if (command instanceof Command.Ask ask) {
            words.setProperty("do", "ask");
            words.setProperty("goal", ask.goal().name());
            words.setProperty("reason", ask.reason());
            words.setProperty("priority", Integer.toString(ask.priority()));
            words.setProperty("hold", Long.toString(ask.minHold().toMillis()));
            words.setProperty("expiry", Long.toString(ask.expiry().toMillis()));
        } else if (command instanceof Command.Choose choose) {
            words.setProperty("do", "choose");
            words.setProperty("leader", choose.leader().toString());
            words.setProperty("label", choose.label());
        } else if (command instanceof Command.Answer answer) {
            words.setProperty("do", "answer");
            words.setProperty("question", answer.question().name());
            words.setProperty("answer", answer.answer());
            words.setProperty("label", answer.label());
        } else if (command instanceof Command.Release) {
            words.setProperty("do", "release");
        } else if (command instanceof Command.Cancel) {
            words.setProperty("do", "cancel");
        } else if (command instanceof Command.Done) {
            words.setProperty("do", "done");
        } else {
            throw new IllegalArgumentException("no command for another process: " + command);
        }
        return words;
    }

    private static Optional<Command> command(Bytes content) {
        Properties words = new Properties();
        try {
            words.load(new StringReader(new String(content.toArray(), StandardCharsets.UTF_8)));
            return switch (words.getProperty("do", "")) {
                case "ask" ->
                    Optional.of(new Command.Ask(
                            Goal.valueOf(words.getProperty("goal", "")),
                            words.getProperty("reason", ""),
                            Integer.parseInt(words.getProperty("priority", "0")),
                            Duration.ofMillis(Long.parseLong(words.getProperty("hold", "0"))),
                            Duration.ofMillis(Long.parseLong(words.getProperty("expiry", "1")))));
                case "choose" ->
                    WriterId.parse(words.getProperty("leader", ""))
                            .map(writer -> new Command.Choose(writer, words.getProperty("label", "")));
                case "answer" ->
                    Optional.of(new Command.Answer(
                            Question.valueOf(words.getProperty("question", "")),
                            words.getProperty("answer", ""),
                            words.getProperty("label", "")));
                case "release" -> Optional.of(new Command.Release());
                case "cancel" -> Optional.of(new Command.Cancel());
                case "done" -> Optional.of(new Command.Done());
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
