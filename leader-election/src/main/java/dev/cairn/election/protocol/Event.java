package dev.cairn.election.protocol;

import dev.cairn.format.WriterId;
import dev.cairn.format.election.Choice.Question;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import java.util.Optional;

/** What happened in the election, as this device sees it. */
public sealed interface Event {
    /** Another device leads, or none. */
    record LeaderChanged(Optional<Token> leader) implements Event {}

    /** This device leads from now on. */
    record Elected(Token token) implements Event {}

    /** This device leads no more. */
    record SteppedDown(Token token, Reason reason) implements Event {}

    /** The user is asked. */
    record Asked(Prompt prompt) implements Event {}

    /** A question is settled, by an answer, by time or by what happened. */
    record Settled(Question question, String answer) implements Event {}

    /** The folder is slower than the profile expects: waiting was prolonged. */
    record GraceRaised(long roundTripMillis, long graceMillis) implements Event {}

    /** The leader was asked for something that is not the leadership. */
    record Wished(WriterId by, Request request) implements Event {}

    /** A file of the election says nothing: it is damaged, not genuine, or a copy. Told once. */
    record Ignored(String path, String why) implements Event {}

    /** Why a device stopped leading. */
    enum Reason {
        /** Somebody leads by a greater claim. */
        FENCED,
        /** Nobody has told for too long that it heard of this device. */
        LEASE_ENDED,
        /** The device slept. */
        SLEPT,
        /** The folder is gone, or takes no files. */
        FOLDER_GONE,
        /** It was handed over. */
        HANDED_OVER,
        /** The user gave it up. */
        RELEASED,
        /** The device stops. */
        LEFT,
        /** The device may not lead any more. */
        NOT_A_MEMBER,
        /** The device was started again. */
        RESTARTED
    }
}
