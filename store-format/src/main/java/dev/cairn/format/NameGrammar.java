package dev.cairn.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of names and paths (SPEC section "Layout and names"); full matches only. */
final class NameGrammar {
    private static final Pattern NUMBERED = Pattern.compile("([a-z])([0-9]{10})-([0-9a-f]{20})\\.cairn");
    private static final Pattern HEAD = Pattern.compile("head-([01])\\.cairn");

    private NameGrammar() {}

    static Optional<FileName> parse(String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return numbered(numbered.group(1).charAt(0), Long.parseLong(numbered.group(2)), numbered.group(3));
        }
        Matcher head = HEAD.matcher(text);
        if (head.matches()) {
            return Optional.of(new FileName.HeadSlot(head.group(1).charAt(0) - '0'));
        }
        for (FileKind kind : FileKind.values()) {
            if (kind.election() && text.equals(kind.place() + FileName.EXTENSION)) {
                return Optional.of(new FileName.Election(kind));
            }
        }
        return Optional.empty();
    }

    private static Optional<FileName> numbered(char letter, long ordinal, String digest) {
        if (ordinal == 0) {
            return Optional.empty();
        }
        for (FileKind kind : FileKind.values()) {
            if (kind.letter() == letter) {
                return Optional.of(new FileName.Numbered(kind, ordinal, digest));
            }
        }
        return Optional.empty();
    }

    static Optional<FileName.Place> parsePath(String path) {
        String prefix = FileName.DEVICES + "/";
        int end = prefix.length() + Base32.ID_DIGITS;
        if (path.length() > Limits.PATH_CHARACTERS_MAX || path.length() <= end || !path.startsWith(prefix)) {
            return Optional.empty();
        }
        return WriterId.parse(path.substring(prefix.length(), end))
                .flatMap(writer -> parse(path.substring(path.lastIndexOf('/') + 1))
                        .filter(name -> name.path(writer).equals(path))
                        .map(name -> new FileName.Place(writer, name)));
    }
}
