package dev.cairn.crdt.view;

import java.util.Comparator;

/** The order of strings by their UTF-8 bytes, which is that of their code points. */
public final class KeyOrder {
    /** The one instance. */
    public static final Comparator<String> INSTANCE = KeyOrder::compare;

    private KeyOrder() {}

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
                return mixed ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
