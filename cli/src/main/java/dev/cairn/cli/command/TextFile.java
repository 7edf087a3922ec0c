package dev.cairn.cli.command;

import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.cli.shell.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A UTF-8 text from a file or from standard input. */
final class TextFile {
    private TextFile() {}

    static String read(Shell shell, String file) throws IOException {
        byte[] bytes = file.equals("-") ? shell.in().readAllBytes() : Files.readAllBytes(shell.resolve(file));
        return decode(bytes, file);
    }

    static String decode(byte[] bytes, String file) {
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
