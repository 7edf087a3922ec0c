package dev.cairn.cli.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Standard output, which knows why something could not be written. */
public final class ResultStream extends PrintStream {
    private final Destination destination;

    private ResultStream(Destination destination) {
        super(destination, false, StandardCharsets.UTF_8);
        this.destination = destination;
    }

    /** A stream to that destination, in UTF-8. */
    public static ResultStream to(OutputStream destination) {
        return new ResultStream(new Destination(destination));
    }

    /** Whether the reader at the other end of a pipe has read enough, as {@code head} does: then nothing is wrong. */
    public boolean isReaderGone() {
        return destination.readerGone;
    }

    private static final class Destination extends FilterOutputStream {
        private volatile boolean readerGone;

        private Destination(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int count) throws IOException {
            try {
                out.write(bytes, start, count);
            } catch (IOException e) {
                // systems name it by a text alone: "Broken pipe", "The pipe is being closed"
                readerGone |=
                        String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
                throw e;
            }
        }
    }
}
