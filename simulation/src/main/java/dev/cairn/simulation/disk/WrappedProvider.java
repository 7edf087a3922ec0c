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
 * The operations of a {@link FaultyFileSystem}: those of the disk behind it, each asked for first, except that
 * directories are listed in the disk's own order, and that a directory can be opened for reading and forced, as on
 * Linux.
 */
final class WrappedProvider extends FileSystemProvider {

    private final FaultyFileSystem fileSystem;
    private final FileSystemProvider inner;
    private final ListingOrder order;

    WrappedProvider(FaultyFileSystem fileSystem, FileSystemProvider inner, ListingOrder order) {
        this.fileSystem = fileSystem;
        this.inner = inner;
        this.order = order;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = inner.newDirectoryStream(
                asked(DiskOperation.LIST, directory), path -> filter.accept(fileSystem.wrap(path)));
        return fileSystem.hasSecureListings() && stream instanceof SecureDirectoryStream<Path> secure
                ? new WrappedSecureListing(fileSystem, secure, in(directory), order)
                : new WrappedListing(fileSystem, stream, order);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path at = asked(DiskOperation.OPEN, path);
        if (isReadOnly(options) && canForceDirectories() && Files.isDirectory(at)) {
            return new DirectoryChannel(fileSystem, at);
        }
        return opened(at, options, () -> inner.newFileChannel(at, options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        Path at = asked(DiskOperation.OPEN, path);
        return opened(at, options, () -> inner.newByteChannel(at, options, attributes));
    }

    /** Opens a file and remembers what that did to the disk. */
    private FaultyChannel opened(Path at, Set<? extends OpenOption> options, Opening opening) throws IOException {
        if (isReadOnly(options)) {
            return new FaultyChannel(fileSystem, opening.open(), at);
        }
        boolean existed = Files.exists(at, LinkOption.NOFOLLOW_LINKS);
        if (existed && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            fileSystem.unforced().writing(at);
        }
        SeekableByteChannel channel = opening.open();
        if (!existed) {
            fileSystem.unforced().made(at);
        }
        return new FaultyChannel(fileSystem, channel, at);
    }

    private static boolean isReadOnly(Set<? extends OpenOption> options) {
        return options.stream().allMatch(option -> option == StandardOpenOption.READ || option instanceof LinkOption);
    }

    private boolean canForceDirectories() {
        return fileSystem.getSeparator().equals("/");
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path at = asked(DiskOperation.MAKE_DIRECTORY, directory);
        inner.createDirectory(at, attributes);
        fileSystem.unforced().madeDirectory(at);
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
        fileSystem.unforced().delete(asked(DiskOperation.DELETE, path), inner::delete);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Path at = asked(DiskOperation.OPEN, target);
        boolean existed = Files.exists(at, LinkOption.NOFOLLOW_LINKS);
        if (existed) {
            fileSystem.unforced().writing(at);
        }
        inner.copy(in(source), at, options);
        if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            fileSystem.unforced().madeDirectory(at);
        } else if (!existed) {
            fileSystem.unforced().made(at);
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path from = in(source);
        fileSystem.unforced().move(from, asked(DiskOperation.MOVE, target), (a, b) -> inner.move(a, b, options));
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
        inner.checkAccess(asked(DiskOperation.ATTRIBUTES, path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return inner.getFileAttributeView(in(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return inner.readAttributes(asked(DiskOperation.ATTRIBUTES, path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return inner.readAttributes(asked(DiskOperation.ATTRIBUTES, path), attributes, options);
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

    private Path asked(DiskOperation operation, Path path) throws IOException {
        Path at = fileSystem.unwrap(path);
        fileSystem.ask(operation, at);
        return at;
    }

    /** How the disk behind opens a file. */
    @FunctionalInterface
    private interface Opening {
        SeekableByteChannel open() throws IOException;
    }
}
