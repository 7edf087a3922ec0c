package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link WrappedListing} from which files can be opened although somebody exchanges the directories above it. */
record WrappedSecureListing(WrappedFileSystem fileSystem, SecureDirectoryStream<Path> inner, ListingOrder order)
        implements SecureDirectoryStream<Path> {

    @Override
    public Iterator<Path> iterator() {
        return new WrappedListing(fileSystem, inner, order).iterator();
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        return new WrappedSecureListing(fileSystem, inner.newDirectoryStream(fileSystem.unwrap(path), options), order);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return inner.newByteChannel(fileSystem.unwrap(path), options, attributes);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        inner.deleteFile(fileSystem.unwrap(path));
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        inner.deleteDirectory(fileSystem.unwrap(path));
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target) throws IOException {
        SecureDirectoryStream<Path> innerTarget =
                targetDirectory instanceof WrappedSecureListing wrapped ? wrapped.inner : targetDirectory;
        inner.move(fileSystem.unwrap(source), innerTarget, fileSystem.unwrap(target));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
        return inner.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return inner.getFileAttributeView(fileSystem.unwrap(path), type, options);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
