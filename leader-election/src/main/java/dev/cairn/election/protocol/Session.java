package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Lock.Phase;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.Token;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a device knows until it stops. All times are those of its monotonic clock.
 *
 * <p>A step works on a copy, so that a state which was handed out never changes.
 */
final class Session {
    /** Before any time there is. */
    static final long NEVER = Long.MIN_VALUE / 4;

    boolean started;
    long incarnation;
    long sinceMillis;
    long startedAt;
    long lastMono;
    long lastWall;

    /** The next number for a file. */
    long next;

    /** The number of the own lock that was there at the start. */
    long lockAtStart;

    long ticket;
    Phase phase = Phase.JOINING;

    Map<WriterId, Heard> heard = new TreeMap<>();
    /** When own locks were published, by number. */
    TreeMap<Long, Long> published = new TreeMap<>();

    List<Long> roundTrips = new ArrayList<>();
    long grace;
    /** The longest grace period of which the user was told; what is a little longer is no news. */
    long graceTold;

    long patience;

    long leaderlessSince;
    Optional<Token> announced = Optional.empty();

    long standingSince;
    long windowSince;
    int rounds;
    int windowKey;
    Set<WriterId> skipped = new TreeSet<>();
    Optional<WriterId> waitingFor = Optional.empty();
    long waitingSince;
    Map<WriterId, Long> ballotsSince = new HashMap<>();
    Map<WriterId, Asked> requestsSince = new TreeMap<>();
    long requestedAt;
    /** When the own wish was asked that was told of last. */
    long wishedAt = NEVER;

    long allegianceAt;
    Optional<Token> heir = Optional.empty();
    long heirSince;

    long leadingSince;
    /** Until when a leader may lead by what each device said. */
    Map<DeviceId, Long> leases = new HashMap<>();

    long inheritedUntil = NEVER;
    long aloneAt = NEVER;
    long leaseUntil = NEVER;
    long abstainUntil = NEVER;

    Map<Question, Open> prompts = new EnumMap<>(Question.class);
    Map<Question, Long> quietUntil = new EnumMap<>(Question.class);
    Set<String> told = new TreeSet<>();

    Map<FileKind, Sent> sent = new EnumMap<>(FileKind.class);
    int turn;

    /**
     * What was heard of a writer.
     *
     * @param at when its lock changed last
     * @param acked the newest own lock it said to have seen
     */
    record Heard(long incarnation, long number, long at, long acked) {}

    /** A request as it was first seen. */
    record Asked(long number, long at) {}

    /** A question that stands. */
    record Open(Prompt prompt, long at) {}

    /** A paper that was published. */
    record Sent(long number, Paper paper, long at) {}

    Session copy() {
        Session copy = new Session();
        copy.started = started;
        copy.incarnation = incarnation;
        copy.sinceMillis = sinceMillis;
        copy.startedAt = startedAt;
        copy.lastMono = lastMono;
        copy.lastWall = lastWall;
        copy.next = next;
        copy.lockAtStart = lockAtStart;
        copy.ticket = ticket;
        copy.phase = phase;
        copy.heard = new TreeMap<>(heard);
        copy.published = new TreeMap<>(published);
        copy.roundTrips = new ArrayList<>(roundTrips);
        copy.grace = grace;
        copy.graceTold = graceTold;
        copy.patience = patience;
        copy.leaderlessSince = leaderlessSince;
        copy.announced = announced;
        copyCandidacy(copy);
        copyTenure(copy);
        copy.prompts.putAll(prompts);
        copy.quietUntil.putAll(quietUntil);
        copy.told = new TreeSet<>(told);
        copy.sent.putAll(sent);
        copy.turn = turn;
        return copy;
    }

    private void copyCandidacy(Session copy) {
        copy.standingSince = standingSince;
        copy.windowSince = windowSince;
        copy.rounds = rounds;
        copy.windowKey = windowKey;
        copy.skipped = new TreeSet<>(skipped);
        copy.waitingFor = waitingFor;
        copy.waitingSince = waitingSince;
        copy.ballotsSince = new HashMap<>(ballotsSince);
        copy.requestsSince = new TreeMap<>(requestsSince);
        copy.requestedAt = requestedAt;
        copy.wishedAt = wishedAt;
    }

    private void copyTenure(Session copy) {
        copy.allegianceAt = allegianceAt;
        copy.heir = heir;
        copy.heirSince = heirSince;
        copy.leadingSince = leadingSince;
        copy.leases = new HashMap<>(leases);
        copy.inheritedUntil = inheritedUntil;
        copy.aloneAt = aloneAt;
        copy.leaseUntil = leaseUntil;
        copy.abstainUntil = abstainUntil;
    }
}
