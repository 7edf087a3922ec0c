package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A UTF-8 text from a file or from standard input. */
public final class TextFile {
    private TextFile() {}

    /** The text in a file named on the command line; {@code -} is the standard input. */
    public static String read(Shell shell, String file) throws IOException {
        return file.equals("-") ? decode(shell.in().readAllBytes(), file) : read(shell.resolve(file), file);
    }

    /** The text in a file; {@code what} names it to the user. */
    public static String read(Path file, String what) throws IOException {
        return decode(Files.readAllBytes(file), what);
    }

    private static String decode(byte[] bytes, String file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Failure(
                    Exit.NO, "not_text", "not UTF-8 text: " + file + ": convert it first (iconv -t utf-8)", malformed);
        }
    }
}
