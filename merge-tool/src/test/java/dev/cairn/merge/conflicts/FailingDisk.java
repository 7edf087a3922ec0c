package dev.cairn.merge.conflicts;

import dev.cairn.format.Bytes;
import java.io.IOException;
import java.nio.file.Path;

/** The real disk for some steps; then the process ends, or one step fails. A write is torn when it is the last step. */
final class FailingDisk implements Disk {
    private final Disk real = Disk.real();
    private final boolean fault;
    private int left;

    FailingDisk(int steps) {
        this(steps, false);
    }

    private FailingDisk(int steps, boolean fault) {
        this.left = steps;
        this.fault = fault;
    }

    static FailingDisk faulty(int steps) {
        return new FailingDisk(steps, true);
    }

    /** The end of the process: nothing catches it. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void step() throws IOException {
        if (left-- == 0) {
            if (fault) {
                throw new IOException("no space left");
            }
            throw new Crash();
        }
        if (left < -1 && !fault) {
            throw new Crash();
        }
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        step();
        real.makeDirectories(directory);
    }

    @Override
    public void write(Path file, Bytes content) throws IOException {
        if (left == 0) {
            real.write(file, content.slice(0, content.size() / 2));
        }
        step();
        real.write(file, content);
    }

    @Override
    public void dress(Path file, Path like) throws IOException {
        step();
        real.dress(file, like);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        step();
        real.replace(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        real.delete(file);
    }
}
