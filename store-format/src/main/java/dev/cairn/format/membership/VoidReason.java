package dev.cairn.format.membership;

/** Why an entry of the member log has no effect. */
public enum VoidReason {
    /** A signature is missing or not that of the key which must sign. */
    BAD_SIGNATURE("a signature in it is not valid"),
    /** The height is not 1 + the greatest of the parents. */
    BAD_HEIGHT("its height does not follow from the entries it builds on"),
    /** The entry belongs to another space. */
    FOREIGN_SPACE("it belongs to another space"),
    /** The author is not a member in the entries which this one builds on. */
    AUTHOR_UNKNOWN("its author was not a member as far as it had seen"),
    /** The author's role does not allow the act. */
    NOT_AUTHORISED("its author's role does not allow it"),
    /**
     * The invite or request it speaks of is not among the entries it builds on, has no effect, or is of another kind.
     */
    INVITE_UNKNOWN("the invite or request it speaks of has no effect or is not among the entries it builds on"),
    /** The invite was closed or used. */
    INVITE_CLOSED("the invite was closed or used already"),
    /** The invite is for one device, and another join has the smaller hash. */
    ANOTHER_JOIN_COUNTS("the invite is for one device, and another one's join counts"),
    /** The device is a member by another entry. */
    ALREADY_MEMBER("the device is a member already"),
    /** The keys of the epoch are not sealed to exactly the devices that must read it. */
    WRONG_RECIPIENTS("the epoch's key is not sealed to exactly the devices which may read it"),
    /** The act is known and well-formed, and this version does not act on it. */
    NOT_ACTED_ON("this version of Cairn does not act on it yet; a newer one is needed"),
    /** The act is one of a newer version. */
    NEWER_VERSION("it comes from a newer version of Cairn");

    private final String text;

    VoidReason(String text) {
        this.text = text;
    }

    /** The reason as the end of a sentence about the entry. */
    public String text() {
        return text;
    }

    /** Whether the author was entitled to sign the entry, so that later entries acknowledge it all the same. */
    boolean acknowledged() {
        return this == NOT_ACTED_ON || this == NEWER_VERSION;
    }
}
