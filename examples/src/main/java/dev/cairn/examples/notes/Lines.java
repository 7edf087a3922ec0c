package dev.cairn.examples.notes;

import dev.cairn.crdt.edit.TextEditor;

/**
 * Edits of a text by line numbers, counted from 1. A line is changed only where it differs, so that what somebody else
 * writes into the same line at the same time stays.
 */
final class Lines {
    private final TextEditor text;

    Lines(TextEditor text) {
        this.text = text;
    }

    void append(String line) {
        boolean open = text.length() > 0 && !text.toString().endsWith("\n");
        text.append((open ? "\n" : "") + line + "\n");
    }

    void insert(int number, String line) {
        text.insert(start(number), line + "\n");
    }

    void delete(int number) {
        int start = start(number);
        int end = end(start);
        boolean closed = end < text.length();
        text.delete(start, end - start + (closed ? 1 : 0));
    }

    void replace(int number, String line) {
        int start = start(number);
        String old = text.toString().substring(start, end(start));
        int prefix = commonPrefix(old, line);
        int suffix = commonSuffix(old.substring(prefix), line.substring(prefix));
        text.delete(start + prefix, old.length() - prefix - suffix);
        text.insert(start + prefix, line.substring(prefix, line.length() - suffix));
    }

    private int start(int number) {
        String all = text.toString();
        int start = 0;
        for (int line = 1; line < number; line++) {
            start = all.indexOf('\n', start) + 1;
            if (start == 0 || start == all.length()) {
                throw new IllegalArgumentException("there is no line " + number);
            }
        }
        if (number < 1 || all.isEmpty()) {
            throw new IllegalArgumentException("there is no line " + number);
        }
        return start;
    }

    private int end(int start) {
        int end = text.toString().indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private static int commonPrefix(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int length = 0;
        while (length < most && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        boolean splitsPair = length > 0 && Character.isHighSurrogate(a.charAt(length - 1));
        return splitsPair ? length - 1 : length;
    }

    private static int commonSuffix(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int length = 0;
        while (length < most && a.charAt(a.length() - 1 - length) == b.charAt(b.length() - 1 - length)) {
            length++;
        }
        boolean splitsPair = length > 0 && Character.isLowSurrogate(a.charAt(a.length() - length));
        return splitsPair ? length - 1 : length;
    }
}
