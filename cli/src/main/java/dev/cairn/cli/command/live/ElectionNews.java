package dev.cairn.cli.command.live;

import dev.cairn.cli.shell.Printable;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Token;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an event of the election.
 *
 * @param plain for programs; its first entry is {@code event}
 * @param text for people, a line
 */
record ElectionNews(Map<String, @Nullable Object> plain, String text) {
    /** The news of an event; writers are called by the names of their devices. */
    static ElectionNews of(Event event, Function<WriterId, String> names) {
        if (event instanceof Event.LeaderChanged changed) {
            String leader =
                    changed.leader().map(token -> names.apply(token.writer())).orElse(null);
            return news(leader == null ? "nobody leads" : "leader: " + leader, "leader")
                    .with("leader", leader)
                    .with("token", changed.leader().map(Token::toString).orElse(null));
        } else if (event instanceof Event.Elected elected) {
            return news("this device leads, token " + elected.token(), "elected")
                    .with("token", elected.token().toString());
        } else if (event instanceof Event.SteppedDown down) {
            return news("this device leads no more: " + lower(down.reason()).replace('_', ' '), "stepped_down")
                    .with("token", down.token().toString())
                    .with("reason", lower(down.reason()));
        } else if (event instanceof Event.Asked asked) {
            return asked(asked.prompt());
        } else if (event instanceof Event.Settled settled) {
            return news("settled: " + lower(settled.question()) + ": " + settled.answer(), "settled")
                    .with("question", lower(settled.question()))
                    .with("answer", settled.answer());
        }
        return ofFolder(event, names);
    }

    private static ElectionNews asked(Prompt prompt) {
        ElectionNews news = news(
                prompt.text() + " " + prompt.answers() + " (" + lower(prompt.question()) + "; without an answer in "
                        + prompt.timeoutMillis() / 1000 + " s: " + prompt.defaultAnswer() + ")",
                "question");
        news.plain.putAll(LeaderReport.plain(prompt));
        return news;
    }

    private static ElectionNews ofFolder(Event event, Function<WriterId, String> names) {
        if (event instanceof Event.GraceRaised raised) {
            return news(
                            "the folder is slow: a file and its answer take " + raised.roundTripMillis() / 1000
                                    + " s; candidates wait " + raised.graceMillis() / 1000 + " s",
                            "grace_raised")
                    .with("roundTripMillis", raised.roundTripMillis())
                    .with("graceMillis", raised.graceMillis());
        } else if (event instanceof Event.Ignored ignored) {
            return news("ignored: " + Printable.line(ignored.path()) + ": " + Printable.line(ignored.why()), "ignored")
                    .with("path", ignored.path())
                    .with("reason", ignored.why());
        }
        Event.Wished wished = (Event.Wished) event;
        String goal = lower(wished.request().goal());
        String reason = wished.request().reason();
        String by = names.apply(wished.by());
        return news(by + " asks for " + goal + (reason.isEmpty() ? "" : ": " + Printable.line(reason)), "wished")
                .with("goal", goal)
                .with("by", by)
                .with("reason", reason);
    }

    private static ElectionNews news(String text, String event) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("event", event);
        return new ElectionNews(plain, text);
    }

    private ElectionNews with(String key, @Nullable Object value) {
        plain.put(key, value);
        return this;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
