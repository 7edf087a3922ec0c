package dev.cairn.cli.command;

import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Printable;
import java.nio.charset.StandardCharsets;

/** Names which a user wrote, checked before a space is opened. */
public final class Names {
    private static final int DOCUMENT_BYTES_MAX = 1024;

    private Names() {}

    /** A document's name, or a usage failure. */
    public static String document(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > DOCUMENT_BYTES_MAX) {
            throw Failure.usage("a document's name has 1 to " + DOCUMENT_BYTES_MAX + " bytes, this one " + bytes + ": '"
                    + Printable.tail(name, 40) + "'");
        }
        return name;
    }
}
