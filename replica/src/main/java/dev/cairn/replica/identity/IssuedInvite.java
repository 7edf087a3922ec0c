package dev.cairn.replica.identity;

import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.members.MemberEntry;

/** What came of asking for an invite. */
public sealed interface IssuedInvite {
    /**
     * The invite exists as soon as the entry is stored and published.
     *
     * @param code what the joining side gets; its owner closes it
     * @param entry to be stored, published and taken in
     */
    record Issued(InviteCode code, MemberEntry entry) implements IssuedInvite {}

    /** This device's role does not allow it; {@code problem} is one line for people. */
    record NotAllowed(String problem) implements IssuedInvite {}
}
