package dev.cairn.replica;

import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A point in the history of a space: the newest changes of it, none of which builds on another. It names all changes
 * those build on.
 *
 * <p>Printed and parsed as {@code <writer>.<seq>}, joined by commas; the empty version is {@code empty}. Equal on all
 * devices.
 *
 * @param heads the newest changes, in the order of their writers
 */
public record Version(List<Head> heads) {

    private static final Version EMPTY = new Version(List.of());

    public Version {
        List<Head> sorted = new ArrayList<>(heads);
        sorted.sort(Comparator.naturalOrder());
        heads = List.copyOf(sorted);
    }

    /** The version of a space without changes. */
    public static Version empty() {
        return EMPTY;
    }

    /**
     * Reads what {@link #toString} printed.
     *
     * @throws IllegalArgumentException if the text is no version
     */
    public static Version parse(String text) {
        if (text.equals("empty")) {
            return EMPTY;
        }
        List<Head> heads = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            heads.add(Head.parse(part));
        }
        return new Version(heads);
    }

    @Override
    public String toString() {
        if (heads.isEmpty()) {
            return "empty";
        }
        StringBuilder text = new StringBuilder();
        for (Head head : heads) {
            text.append(text.isEmpty() ? "" : ",").append(head);
        }
        return text.toString();
    }

    /**
     * One change by its writer and sequence number.
     *
     * @param writer the writer
     * @param seq its sequence number, from 1
     */
    public record Head(WriterId writer, long seq) implements Comparable<Head> {
        /** How numbers are printed: one version has one spelling. */
        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

        public Head {
            if (seq < 1) {
                throw new IllegalArgumentException("sequence number below 1: " + seq);
            }
        }

        private static Head parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 0) {
                throw malformed(text);
            }
            WriterId writer = WriterId.parse(text.substring(0, dot)).orElseThrow(() -> malformed(text));
            String number = text.substring(dot + 1);
            if (!NUMBER.matcher(number).matches()) {
                throw malformed(text);
            }
            try {
                return new Head(writer, Long.parseLong(number));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a version, expected <writer>.<number>: " + text, e);
            }
        }

        private static IllegalArgumentException malformed(String text) {
            return new IllegalArgumentException("not a version, expected <writer>.<number>: " + text);
        }

        @Override
        public int compareTo(Head other) {
            int byWriter = writer.compareTo(other.writer);
            return byWriter != 0 ? byWriter : Long.compare(seq, other.seq);
        }

        @Override
        public String toString() {
            return writer + "." + seq;
        }
    }
}
