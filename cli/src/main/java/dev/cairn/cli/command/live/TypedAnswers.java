package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.replica.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes the answers which somebody types: a line each, to the question that was asked first. */
final class TypedAnswers {
    private final CairnCommand root;
    private final Space space;
    private final LeaderElection election;

    TypedAnswers(CairnCommand root, Space space, LeaderElection election) {
        this.root = root;
        this.space = space;
        this.election = election;
    }

    /** Reads until the input ends, or nobody listens any more. */
    void listen() {
        try (BufferedReader typed =
                new BufferedReader(new InputStreamReader(root.shell().in(), StandardCharsets.UTF_8))) {
            for (String line = typed.readLine(); line != null && election.takesPart(); line = typed.readLine()) {
                answer(line);
            }
            root.output().note("no more answers are typed here: use 'cairn leader answer'");
        } catch (IOException ended) {
            root.output().note("no more answers are typed here: " + ended.getMessage());
        }
    }

    private void answer(String line) {
        ElectionStatus status = election.status();
        if (status.prompts().isEmpty()) {
            root.output().note("nothing is asked now");
            return;
        }
        Prompt prompt = status.prompts().get(0);
        Optional<String> answer = understood(prompt, line, LeaderReport.of(space, status));
        if (answer.isPresent()) {
            election.answer(prompt.question(), answer.get());
        } else {
            root.output().note(expected(prompt));
        }
    }

    /** The answer that somebody means: the first one stands for yes, the default for no and for nothing. */
    static Optional<String> understood(Prompt prompt, String typed, LeaderReport report) {
        String word = typed.strip();
        switch (word.toLowerCase(Locale.ROOT)) {
            case "confirm", "yes", "y" -> {
                return Optional.of(prompt.answers().get(0));
            }
            case "", "no", "n" -> {
                return Optional.of(prompt.defaultAnswer());
            }
            default -> {
                Optional<String> known =
                        prompt.answers().stream().filter(word::equalsIgnoreCase).findFirst();
                return known.isPresent() || prompt.question() != Question.CHOOSE_LEADER
                        ? known
                        : theOne(report.writersOf(word));
            }
        }
    }

    private static Optional<String> theOne(List<WriterId> writers) {
        return writers.size() == 1 ? Optional.of(writers.get(0).toString()) : Optional.empty();
    }

    /** What can be answered. */
    static String expected(Prompt prompt) {
        return prompt.question().name().toLowerCase(Locale.ROOT) + ": one of " + prompt.answers()
                + (prompt.question() == Question.CHOOSE_LEADER ? ", or a device's name or id" : "");
    }
}
