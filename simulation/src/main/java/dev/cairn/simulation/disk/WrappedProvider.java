package dev.cairn.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link WrappedFileSystem}: those of the disk behind it, except that directories are listed in the
 * disk's own order, and that a directory can be opened for reading and forced, as on Linux.
 */
final class WrappedProvider extends FileSystemProvider {

    private final WrappedFileSystem fileSystem;
    private final FileSystemProvider inner;
    private final ListingOrder order;

    WrappedProvider(WrappedFileSystem fileSystem, FileSystemProvider inner, ListingOrder order) {
        this.fileSystem = fileSystem;
        this.inner = inner;
        this.order = order;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream =
                inner.newDirectoryStream(in(directory), path -> filter.accept(fileSystem.wrap(path)));
        return stream instanceof SecureDirectoryStream<Path> secure
                ? new WrappedSecureListing(fileSystem, secure, order)
                : new WrappedListing(fileSystem, stream, order);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean readsOnly =
                options.stream().allMatch(option -> option == StandardOpenOption.READ || option instanceof LinkOption);
        return readsOnly && Files.isDirectory(in(path))
                ? new DirectoryChannel(path)
                : inner.newFileChannel(in(path), options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return inner.newByteChannel(in(path), options, attributes);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        inner.createDirectory(in(directory), attributes);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        inner.createSymbolicLink(in(link), in(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        inner.createLink(in(link), in(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return fileSystem.wrap(inner.readSymbolicLink(in(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        inner.delete(in(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        inner.copy(in(source), in(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        inner.move(in(source), in(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return one.getFileSystem().equals(other.getFileSystem()) && inner.isSameFile(in(one), in(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return inner.isHidden(in(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return inner.getFileStore(in(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        inner.checkAccess(in(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return inner.getFileAttributeView(in(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return inner.readAttributes(in(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return inner.readAttributes(in(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        inner.setAttribute(in(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return inner.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("disks are made by SimulatedDisks, not from " + uri);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return fileSystem.wrap(inner.getPath(uri));
    }

    private Path in(Path path) {
        return fileSystem.unwrap(path);
    }
}
