package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link WrappedListing} from which files can be opened although somebody exchanges the directories above it. */
record WrappedSecureListing(
        FaultyFileSystem fileSystem, SecureDirectoryStream<Path> inner, Path directory, ListingOrder order)
        implements SecureDirectoryStream<Path> {

    @Override
    public Iterator<Path> iterator() {
        return new WrappedListing(fileSystem, inner, order).iterator();
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        Path at = asked(DiskOperation.LIST, path);
        return new WrappedSecureListing(
                fileSystem, inner.newDirectoryStream(fileSystem.unwrap(path), options), at, order);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (options.stream().anyMatch(option -> option != StandardOpenOption.READ && !(option instanceof LinkOption))) {
            return fileSystem
                    .provider()
                    .newByteChannel(fileSystem.wrap(directory).resolve(path), options, attributes);
        }
        Path at = asked(DiskOperation.OPEN, path);
        return new FaultyChannel(fileSystem, inner.newByteChannel(fileSystem.unwrap(path), options, attributes), at);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        Path at = asked(DiskOperation.DELETE, path);
        fileSystem.unforced().delete(at, any -> inner.deleteFile(fileSystem.unwrap(path)));
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        Path at = asked(DiskOperation.DELETE, path);
        fileSystem.unforced().delete(at, any -> inner.deleteDirectory(fileSystem.unwrap(path)));
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target) throws IOException {
        if (!(targetDirectory instanceof WrappedSecureListing there)) {
            throw new ProviderMismatchException("not a directory of this disk");
        }
        Path to = there.asked(DiskOperation.MOVE, target);
        fileSystem
                .unforced()
                .move(
                        at(source),
                        to,
                        (a, b) -> inner.move(fileSystem.unwrap(source), there.inner, fileSystem.unwrap(target)));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
        return inner.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        fileSystem.requirePower(at(path));
        return inner.getFileAttributeView(fileSystem.unwrap(path), type, options);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    private Path asked(DiskOperation operation, Path path) throws IOException {
        Path at = at(path);
        fileSystem.ask(operation, at);
        return at;
    }

    private Path at(Path path) {
        return directory.resolve(fileSystem.unwrap(path));
    }
}
