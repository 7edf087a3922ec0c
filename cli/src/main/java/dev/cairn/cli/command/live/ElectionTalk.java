package dev.cairn.cli.command.live;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Output;
import dev.cairn.cli.shell.Printable;
import dev.cairn.election.ElectionStatus;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.election.Token;
import dev.cairn.replica.Space;
import dev.cairn.replica.Subscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints what happens in the election, and takes answers from whoever sits there. */
final class ElectionTalk implements AutoCloseable {
    private final CairnCommand root;
    private final Space space;
    private final LeaderElection election;
    private Optional<Subscription> subscription = Optional.empty();

    ElectionTalk(CairnCommand root, Space space, LeaderElection election) {
        this.root = root;
        this.space = space;
        this.election = election;
    }

    /** Begins to print, and to listen where somebody can type. */
    ElectionTalk begin() {
        subscription = Optional.of(election.onEvent(this::say));
        Output output = root.output();
        output.result(
                () -> Map.of("electing", space.folder().toString()),
                () -> "taking part in the election in " + space.folder() + ", until interrupted");
        if (root.shell().terminal()) {
            Thread typing = new Thread(this::listen, "answers");
            typing.setDaemon(true);
            typing.start();
        }
        return this;
    }

    @Override
    public void close() {
        subscription.ifPresent(Subscription::close);
    }

    private void say(Event event) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        String text;
        if (event instanceof Event.LeaderChanged changed) {
            plain.put("event", "leader");
            plain.put("leader", changed.leader().map(this::name).orElse(null));
            plain.put("token", changed.leader().map(Token::toString).orElse(null));
            text = changed.leader().map(token -> "leader: " + name(token)).orElse("nobody leads");
        } else if (event instanceof Event.Elected elected) {
            plain.put("event", "elected");
            plain.put("token", elected.token().toString());
            text = "this device leads, token " + elected.token();
        } else if (event instanceof Event.SteppedDown down) {
            plain.put("event", "stepped_down");
            plain.put("token", down.token().toString());
            plain.put("reason", lower(down.reason()));
            text = "this device leads no more: " + lower(down.reason()).replace('_', ' ');
        } else if (event instanceof Event.Asked asked) {
            plain.put("event", "question");
            plain.putAll(LeaderReport.plain(asked.prompt()));
            text = asked.prompt().text() + " " + asked.prompt().answers() + " ("
                    + lower(asked.prompt().question()) + "; without an answer: "
                    + asked.prompt().defaultAnswer() + ")";
        } else if (event instanceof Event.Settled settled) {
            plain.put("event", "settled");
            plain.put("question", lower(settled.question()));
            plain.put("answer", settled.answer());
            text = "settled: " + lower(settled.question()) + ": " + settled.answer();
        } else if (event instanceof Event.GraceRaised raised) {
            plain.put("event", "grace_raised");
            plain.put("roundTripMillis", raised.roundTripMillis());
            plain.put("graceMillis", raised.graceMillis());
            text = "the folder is slow: a file and its answer take " + raised.roundTripMillis() / 1000
                    + " s; candidates wait " + raised.graceMillis() / 1000 + " s";
        } else if (event instanceof Event.Ignored ignored) {
            plain.put("event", "ignored");
            plain.put("path", ignored.path());
            plain.put("reason", ignored.why());
            text = "ignored: " + Printable.line(ignored.path()) + ": " + Printable.line(ignored.why());
        } else {
            Event.Wished wished = (Event.Wished) event;
            plain.put("event", "wished");
            plain.put("goal", lower(wished.request().goal()));
            plain.put("reason", wished.request().reason());
            text = "asked to " + lower(wished.request().goal()) + ": "
                    + wished.request().reason();
        }
        root.output().result(() -> plain, () -> text);
    }

    private String name(Token token) {
        return LeaderReport.of(space, election.status()).nameOf(token.writer());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A line answers the question that was asked first. */
    private void listen() {
        try (BufferedReader typed =
                new BufferedReader(new InputStreamReader(root.shell().in(), StandardCharsets.UTF_8))) {
            for (String line = typed.readLine(); line != null; line = typed.readLine()) {
                ElectionStatus status = election.status();
                List<Prompt> prompts = status.prompts();
                if (!prompts.isEmpty()) {
                    Prompt prompt = prompts.get(0);
                    String answer = LeaderCommand.understood(prompt, line);
                    if (answer == null) {
                        root.output().note("one of " + prompt.answers() + ", or a writer's id");
                    } else {
                        election.answer(prompt.question(), answer);
                    }
                }
            }
        } catch (IOException ended) {
            root.output().note("no more answers: " + ended.getMessage());
        }
    }
}
