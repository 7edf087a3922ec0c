package dev.cairn.format.file;

/** Why a complete file is not accepted; each constant tells a user what it means and what to do. */
public enum Refusal {
    /** The header names another space. */
    FOREIGN_SPACE("belongs to another space; move it out of this folder"),
    /** None of the keys known for its epoch fits the commitment. */
    WRONG_KEY("is encrypted with a key which is not this space's; it is kept, and read again when keys arrive"),
    /** A tag of the encryption does not fit. */
    TAMPERED("was changed after it was encrypted; its device will publish it again"),
    /** Some bytes break a rule of the format. */
    MALFORMED("breaks a rule of the format; update the application on the device that wrote it"),
    /** A limit is exceeded. */
    TOO_LARGE("is larger than the format allows; update the application on the device that wrote it"),
    /** It claims or yields more than its compressed bytes may hold. */
    DECOMPRESSION_BOMB("unpacks to more than it declares; check the device that wrote it"),
    /** The device's signature does not fit. */
    BAD_SIGNATURE("is not signed by the device it names; somebody else wrote it"),
    /** The device exists and has no right to write. */
    NOT_A_WRITER("was written by a device which may only read; ask an admin for the right to write"),
    /** It is a valid file of another kind than its place asks for. */
    WRONG_KIND("is not the kind of file that belongs at this place; it was probably renamed");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** One line which continues a sentence that begins with the file's name. */
    public String text() {
        return text;
    }
}
