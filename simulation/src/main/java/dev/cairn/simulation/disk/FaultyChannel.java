package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link FaultyFileSystem}. Closing it needs no power. */
final class FaultyChannel extends FileChannel {

    private final FaultyFileSystem disk;
    private final SeekableByteChannel inner;
    private final Path path;

    FaultyChannel(FaultyFileSystem disk, SeekableByteChannel inner, Path path) {
        this.disk = disk;
        this.inner = inner;
        this.path = path;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        disk.ask(DiskOperation.READ, path);
        int start = target.position();
        int count = inner.read(target);
        if (count > 0) {
            disk.reading(path, target.duplicate().position(start).slice().position(count));
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(source.remaining()).put(source.duplicate());
        copy.flip();
        disk.writing(path, copy);
        disk.unforced().writing(path);
        int written = inner.write(copy);
        source.position(source.position() + written);
        disk.ask(DiskOperation.WRITE, path);
        return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.ask(DiskOperation.TRUNCATE, path);
        disk.unforced().writing(path);
        inner.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.ask(DiskOperation.FORCE, path);
        if (inner instanceof FileChannel file) {
            file.force(metaData);
        }
        disk.unforced().forced(path);
    }

    @Override
    public int read(ByteBuffer target, long at) throws IOException {
        long before = inner.position();
        try {
            inner.position(at);
            return read(target);
        } finally {
            inner.position(before);
        }
    }

    @Override
    public int write(ByteBuffer source, long at) throws IOException {
        long before = inner.position();
        try {
            inner.position(at);
            return write(source);
        } finally {
            inner.position(before);
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = read(targets[i]);
            if (count < 0) {
                return total == 0 ? -1 : total;
            }
            total += count;
        }
        return total;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i]);
        }
        return total;
    }

    @Override
    public long position() throws IOException {
        return inner.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        inner.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return inner.size();
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, Math.max(0, size() - at)));
        return bytes.hasRemaining() && read(bytes, at) > 0 ? target.write(bytes.flip()) : 0;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(count, 8_192));
        return source.read(bytes) > 0 ? write(bytes.flip(), at) : 0;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) throws IOException {
        throw new UnsupportedOperationException("what is mapped cannot be lost in a simulation: " + path);
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) throws IOException {
        return file().lock(at, size, shared);
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
        return file().tryLock(at, size, shared);
    }

    private FileChannel file() {
        if (inner instanceof FileChannel file) {
            return file;
        }
        throw new UnsupportedOperationException("not a file channel: " + path);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        inner.close();
    }
}
