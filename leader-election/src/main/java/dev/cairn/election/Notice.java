package dev.cairn.election;

import dev.cairn.election.local.DriverLock;
import dev.cairn.election.local.LeaderFile;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the one process of a device which takes part tells the others; with that process it ends. */
final class Notice {
    private final Path directory;
    private final LeaderFile file;
    private Map<String, String> written = Map.of();

    Notice(Path directory) {
        this.directory = directory;
        this.file = new LeaderFile(directory);
    }

    /** Whether some process of this device takes part. */
    boolean isOfAPartaker() {
        try {
            return DriverLock.isHeld(directory);
        } catch (IOException e) {
            return false;
        }
    }

    /** The device's leadership, as far as it was told until now. */
    Optional<Token> leading(long wallMillis) {
        try {
            Map<String, String> facts = file.read();
            boolean current = until(facts) > wallMillis && DriverLock.isHeld(directory);
            return current ? Token.parse(facts.getOrDefault("leading", "")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long until(Map<String, String> facts) {
        try {
            return Long.parseLong(facts.getOrDefault("until", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The questions that stand. */
    List<Prompt> prompts(Duration threshold) {
        List<Prompt> prompts = new ArrayList<>();
        if (!isOfAPartaker()) {
            return prompts;
        }
        try {
            Map<String, String> facts = file.read();
            for (Question question : Question.values()) {
                String text = facts.get("question." + question.name());
                if (text != null) {
                    prompts.add(new Prompt(
                            question,
                            text,
                            List.of(facts.getOrDefault("answers." + question.name(), Prompt.OK)
                                    .split(",")),
                            facts.getOrDefault("default." + question.name(), Prompt.OK),
                            threshold.toMillis(),
                            ""));
                }
            }
        } catch (IOException e) {
            prompts.clear();
        }
        return prompts;
    }

    /** Writes who leads, when that has changed; until when this device does, by its wall clock. */
    void write(ElectionStatus status, Optional<Token> leading, long untilMillis) throws IOException {
        Map<String, String> facts = new TreeMap<>();
        facts.put(
                "leader",
                status.leader().map(claim -> claim.token().writer().toString()).orElse(""));
        facts.put(
                "token", status.leader().map(Claim::token).map(Token::toString).orElse(""));
        facts.put("online", Boolean.toString(status.leaderOnline()));
        facts.put("here", status.phase().map(Lock.Phase::name).orElse(""));
        facts.put("leading", leading.map(Token::toString).orElse(""));
        facts.put("until", Long.toString(untilMillis));
        facts.put("grace", Long.toString(status.grace().toMillis()));
        facts.put("threshold", Long.toString(status.threshold().toMillis()));
        for (Prompt prompt : status.prompts()) {
            facts.put("question." + prompt.question().name(), prompt.text());
            facts.put("answers." + prompt.question().name(), String.join(",", prompt.answers()));
            facts.put("default." + prompt.question().name(), prompt.defaultAnswer());
        }
        if (!facts.equals(written)) {
            file.write(facts);
            written = facts;
        }
    }
}
