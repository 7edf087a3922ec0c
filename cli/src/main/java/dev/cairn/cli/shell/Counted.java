package dev.cairn.cli.shell;

import java.util.Locale;

/** Numbers of things in words: {@code 1 change}, {@code 2 changes}. */
public final class Counted {
    private Counted() {}

    /** So many of a thing, whose plural ends in {@code s}. */
    public static String of(long number, String thing) {
        return number + " " + noun(number, thing);
    }

    /** The same with commas between the thousands. */
    public static String grouped(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s", number, noun(number, thing));
    }

    /** The word for so many: what is said of one, or of none and of several. */
    public static String word(long number, String one, String several) {
        return number == 1 ? one : several;
    }

    private static String noun(long number, String thing) {
        return word(number, thing, thing + "s");
    }
}
