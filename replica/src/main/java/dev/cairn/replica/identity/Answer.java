package dev.cairn.replica.identity;

import dev.cairn.format.members.MemberEntry;

/** What came of asking this device to act in the member log. */
public sealed interface Answer {
    /** This entry is to be stored, published and taken in. */
    record Signed(MemberEntry entry) implements Answer {}

    /** This device's role does not allow it; {@code problem} is one line for people. */
    record NotAllowed(String problem) implements Answer {}

    /** What it speaks of does not exist or is over; {@code problem} is one line for people. */
    record NotFound(String problem) implements Answer {}
}
