package dev.cairn.merge.doctor;

/** How bad a cause is: by what could be lost. */
public enum Severity {
    /** Changes may be lost, or secrets be read, if nobody does anything. */
    DANGER,
    /** Nothing is lost; something does not arrive, or is not published, until somebody does something. */
    BLOCKED,
    /** Nothing is lost and nothing is held up. */
    HARMLESS
}
