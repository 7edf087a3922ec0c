package dev.cairn.election.fleet;

import dev.cairn.election.protocol.Action;
import dev.cairn.election.protocol.Command;
import dev.cairn.election.protocol.Election;
import dev.cairn.election.protocol.ElectionState;
import dev.cairn.election.protocol.Event;
import dev.cairn.election.protocol.Member;
import dev.cairn.election.protocol.Memory;
import dev.cairn.election.protocol.Mode;
import dev.cairn.election.protocol.Now;
import dev.cairn.election.protocol.Papers;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.election.protocol.Step;
import dev.cairn.election.protocol.Timers;
import dev.cairn.election.protocol.View;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Paper;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** A device which plays by the rules. */
final class CairnDevice implements Device {
    private static final long ANSWER_MILLIS = 60_000;
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private final WriterId writer;
    private final DeviceId self;
    private final SortedSet<DeviceId> electorate;
    private final RandomGenerator random;
    private final double confirms;
    private final long skewMillis;
    private final TreeMap<WriterId, Papers> folder = new TreeMap<>();
    private final List<Command> commands = new ArrayList<>();
    private final Member member;
    private ElectionState state;
    private long answerAt = Long.MAX_VALUE;
    private Question asked = Question.ONLY_DEVICE;
    private long elections;
    private long prompts;

    CairnDevice(int number, Mode mode, Weather weather, RandomGenerator random, SortedSet<DeviceId> electorate) {
        this.writer = writer(number);
        this.self = device(number);
        this.electorate = electorate;
        this.random = random;
        this.confirms = weather.confirms();
        this.skewMillis = (long) ((random.nextDouble() * 2 - 1) * weather.skew().toMillis());
        this.member = new Member(writer, device(number), mode, Timers.syncthing());
        this.state = ElectionState.start(member, Memory.of(writer));
        folder.put(writer, Papers.of(device(number)));
    }

    static WriterId writer(int number) {
        return new WriterId(number + 1L, 7);
    }

    static DeviceId device(int number) {
        return DeviceId.of(writer(number).bytes());
    }

    @Override
    public void receive(int from, String name, Object content, long now) {
        Numbered file = (Numbered) content;
        folder.merge(
                writer(from),
                Papers.of(device(from)).with(file.number(), file.paper()),
                (known, fresh) -> known.with(file.number(), file.paper()));
    }

    /** A paper under its number. */
    record Numbered(long number, Paper paper) {}

    @Override
    public void look(long now, BiConsumer<String, Object> send) {
        if (now >= answerAt) {
            answerAt = Long.MAX_VALUE;
            commands.add(new Command.Answer(asked, Prompt.LEAD, ""));
        }
        View view = new View(
                true,
                folder,
                folder.getOrDefault(writer, Papers.of(self)),
                electorate,
                electorate,
                List.of(),
                commands);
        commands.clear();
        Step step = Election.step(state, view, new Now(now, EPOCH_MILLIS + now + skewMillis, random.nextLong()));
        state = step.next();
        for (Action action : step.actions()) {
            if (action instanceof Action.Publish publish) {
                folder.computeIfPresent(writer, (own, papers) -> papers.with(publish.number(), publish.paper()));
                send.accept(publish.paper().kind().label(), new Numbered(publish.number(), publish.paper()));
            } else if (action instanceof Action.Tell tell) {
                heed(tell.event(), now);
            }
        }
    }

    private void heed(Event event, long now) {
        if (event instanceof Event.Elected) {
            elections++;
        } else if (event instanceof Event.Asked question) {
            prompts++;
            Question what = question.prompt().question();
            boolean leading = what == Question.ONLY_DEVICE || what == Question.CHOOSE_LEADER;
            if (leading && random.nextDouble() < confirms) {
                asked = what;
                answerAt = now + ANSWER_MILLIS;
            }
        } else if (event instanceof Event.Settled) {
            answerAt = Long.MAX_VALUE;
        }
    }

    @Override
    public void restart() {
        state = ElectionState.start(member, state.memory());
        commands.clear();
        answerAt = Long.MAX_VALUE;
    }

    @Override
    public boolean leads(long now) {
        return state.leadership(now).isPresent();
    }

    @Override
    public long elections() {
        return elections;
    }

    @Override
    public long prompts() {
        return prompts;
    }

    /** Nobody writes into another's directory, so there is nothing to be in conflict. */
    @Override
    public long conflictCopies() {
        return 0;
    }
}
