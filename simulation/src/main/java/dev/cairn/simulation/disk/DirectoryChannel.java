package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** An open directory, with which nothing can be done but to force it. */
final class DirectoryChannel extends FileChannel {

    private final FaultyFileSystem disk;
    private final Path directory;

    DirectoryChannel(FaultyFileSystem disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        disk.ask(DiskOperation.FORCE_DIRECTORY, directory);
        disk.unforced().forcedDirectory(directory);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw refusal();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        throw refusal();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        throw refusal();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw refusal();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        throw refusal();
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        throw refusal();
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        throw refusal();
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        throw refusal();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        throw refusal();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        throw refusal();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        throw refusal();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        throw refusal();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        throw refusal();
    }

    @Override
    protected void implCloseChannel() {
        // nothing is held
    }

    private IOException refusal() {
        return new FileSystemException(directory.toString(), null, "is a directory");
    }
}
