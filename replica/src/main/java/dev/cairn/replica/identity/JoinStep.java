package dev.cairn.replica.identity;

import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.members.MemberEntry;

/** What a joining device does next. */
public sealed interface JoinStep {
    /** The device is a member and has the key of an epoch. */
    record Joined() implements JoinStep {}

    /** The folder has not brought what the invite speaks of; {@code what} names it for people. */
    record AwaitingEntries(String what) implements JoinStep {}

    /** A member must approve; the other side shows the same words. */
    record AwaitingApproval(SafetyWords words) implements JoinStep {}

    /** This entry is to be stored, published and taken in; then comes the next step. */
    record Sign(MemberEntry entry) implements JoinStep {}

    /** It cannot succeed; {@code problem} is one line which says why and what to do. */
    record Failed(String problem) implements JoinStep {}
}
