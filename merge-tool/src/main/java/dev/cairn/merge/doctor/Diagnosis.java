package dev.cairn.merge.doctor;

/**
 * One thing that was found.
 *
 * @param cause what it is
 * @param subject the file, directory or device
 * @param text what was seen, as the rest of a sentence that begins with the subject
 */
public record Diagnosis(Cause cause, String subject, String text) {}
