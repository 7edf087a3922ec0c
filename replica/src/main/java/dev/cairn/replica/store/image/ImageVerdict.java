package dev.cairn.replica.store.image;

import java.util.Locale;

/** Why an image is refused (SPEC section "What a reader verifies"). */
public enum ImageVerdict {
    /** A part's bytes are not those which the manifest names. */
    PART_DIFFERS("a part is not the one its manifest names"),
    /** The file is not an SQLite database of the form that an image has. */
    NOT_A_DATABASE("is not an SQLite image of this format"),
    /** Other tables than the format's, or anything that is not a table. */
    FOREIGN_SCHEMA("has other tables than a checkpoint has"),
    /** SQLite finds damage. */
    CORRUPT("is damaged"),
    /** A value of another type than its column's. */
    WRONG_TYPE("has a value of a wrong type"),
    /** A value or a count above its limit. */
    TOO_LARGE("has a value above its limit"),
    /** Rows that are missing, repeated, out of order or out of range. */
    WRONG_ROW("has rows that do not fit together"),
    /** Changes which break a rule of the format. */
    BAD_CHANGES("has changes that break a rule of the format"),
    /** The changes of a line do not have the chain hash which it claims. */
    CHAIN_DIFFERS("has changes other than those its chain names"),
    /** The writer's device has not signed the end of its line. */
    BAD_SIGNATURE("has changes which their writer did not sign"),
    /** The lines do not end where the manifest's cut says. */
    CUT_DIFFERS("does not end where its manifest says"),
    /** The rows are not those which the manifest's author hashed. */
    CONTENT_DIFFERS("has other rows than its manifest says"),
    /** A member entry breaks a rule of the format. */
    BAD_ENTRY("has a member entry that breaks a rule of the format"),
    /** The documents are not those which the changes make. */
    STATE_DIFFERS("has documents other than its changes make");

    private final String text;

    ImageVerdict(String text) {
        this.text = text;
    }

    /** A stable word for programs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line which continues a sentence that begins with the checkpoint. */
    public String text() {
        return text;
    }
}
