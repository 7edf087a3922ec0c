package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Lock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The questions which only a user can answer, each asked once in a while. */
final class Prompts {
    /** Milliseconds by which a clock may be wrong without a word. */
    private static final long SKEW_MILLIS = 600_000;
    /** Milliseconds of silence after which the user is asked whether a device is gone for good. */
    private static final long ABSENCE_MILLIS = 30L * 86_400_000;

    private final Turn turn;
    private final Session s;

    Prompts(Turn turn) {
        this.turn = turn;
        this.s = turn.s;
    }

    boolean mayAsk(Question question) {
        return !s.prompts.containsKey(question) && turn.mono() >= s.quietUntil.getOrDefault(question, Session.NEVER);
    }

    void onlyDevice() {
        ask(new Prompt(
                Question.ONLY_DEVICE,
                "It looks like you are the only device online! If this is true, click Confirm: this device then leads.",
                List.of(Prompt.LEAD, Prompt.WAIT),
                Prompt.WAIT,
                s.patience,
                ""));
    }

    boolean stands(Question question) {
        return s.prompts.containsKey(question);
    }

    void chooseLeader(Mode mode) {
        ask(new Prompt(
                Question.CHOOSE_LEADER,
                (mode == Mode.USER ? "No device leads." : "The devices cannot agree on a leader.")
                        + " Choose one of them, or wait.",
                List.of(Prompt.LEAD, Prompt.WAIT),
                Prompt.WAIT,
                s.patience,
                ""));
    }

    /** The other copy of this device is the one that goes on under a new id. */
    void copyElsewhere() {
        clone("A copy of this device has started elsewhere. It goes on under a new id.", List.of(Prompt.OK));
    }

    /** This device went on under a new id, or has lost what it promised; the other may have a vote in its name. */
    void doesNotVote() {
        clone(
                "A copy of this device may be at work, or it lost its memory. It goes on under its own id and does not"
                        + " vote; if there is no other for good, say gone.",
                List.of(Prompt.GONE, Prompt.OK));
    }

    private void clone(String text, List<String> answers) {
        once(
                "clone",
                new Prompt(
                        Question.CLONE_DETECTED,
                        text,
                        answers,
                        Prompt.OK,
                        s.patience,
                        turn.me.writer().toString()));
    }

    void clock(WriterId writer, Lock lock) {
        long apart = lock.wallMillis() - turn.now.wallMillis();
        if (Math.abs(apart) > SKEW_MILLIS + s.patience) {
            once(
                    "clock " + writer + " " + lock.incarnation(),
                    new Prompt(
                            Question.CLOCK_SKEW,
                            "The clock of another device, or of this one, is " + Math.abs(apart) / 60_000
                                    + " minutes wrong. Nothing is lost by it; times shown may be wrong.",
                            List.of(Prompt.OK),
                            Prompt.OK,
                            s.patience,
                            writer.toString()));
        }
    }

    /** What is newly told replaces what was told before. */
    void tell(Question question, String text, String about) {
        if (s.told.add(question + " " + about + " " + text)) {
            ask(new Prompt(question, text, List.of(Prompt.OK), Prompt.OK, s.patience, about));
        }
    }

    /** Asks unless that was done; behind another question of the kind, which it must not push aside. */
    private void once(String key, Prompt prompt) {
        if (!s.prompts.containsKey(prompt.question()) && s.told.add(key)) {
            ask(prompt);
        }
    }

    private void ask(Prompt prompt) {
        s.prompts.put(prompt.question(), new Session.Open(prompt, turn.mono()));
        turn.tell(new Event.Asked(prompt));
    }

    /** Ends a question; it is not asked again before the threshold has passed. */
    void settle(Question question, String answer) {
        if (s.prompts.remove(question) != null) {
            s.quietUntil.put(question, turn.mono() + s.patience);
            turn.tell(new Event.Settled(question, answer));
        }
    }

    void live() {
        missLong();
        for (Map.Entry<Question, Session.Open> entry : new ArrayList<>(s.prompts.entrySet())) {
            Prompt prompt = entry.getValue().prompt();
            if (turn.mono() - entry.getValue().at() >= prompt.timeoutMillis()) {
                settle(entry.getKey(), prompt.defaultAnswer());
                if (s.phase == Lock.Phase.NEED_USER
                        && (entry.getKey() == Question.ONLY_DEVICE || entry.getKey() == Question.CHOOSE_LEADER)) {
                    turn.withdraw();
                    turn.follow();
                }
            }
        }
    }

    private void missLong() {
        turn.watch.members().forEach((writer, papers) -> {
            boolean missed = papers.lock()
                    .filter(lock -> turn.now.wallMillis() - lock.wallMillis() > ABSENCE_MILLIS)
                    .isPresent();
            boolean elsewhere = turn.watch.others().stream()
                    .anyMatch(other -> turn.watch.papers(other).device().equals(papers.device()));
            if (missed
                    && !elsewhere
                    && turn.view.retirable().contains(papers.device())
                    && !turn.watch.isThere(writer)
                    && !papers.device().equals(turn.me.device())) {
                once(
                        "evict " + papers.device(),
                        new Prompt(
                                Question.EVICT_DEVICE,
                                "A device was not seen for more than 30 days. If it is gone for good, retire it: nobody"
                                        + " waits for it any more. Should it come back, it loses nothing.",
                                List.of(Prompt.RETIRE, Prompt.WAIT),
                                Prompt.WAIT,
                                s.patience,
                                papers.device().toString()));
            }
        });
    }
}
