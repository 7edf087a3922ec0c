package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A disk all of whose operations go through a {@link WrappedProvider} before they reach the disk behind it. */
final class WrappedFileSystem extends FileSystem {

    private final FileSystem inner;
    private final WrappedProvider provider;

    WrappedFileSystem(FileSystem inner, ListingOrder order) {
        this.inner = inner;
        this.provider = new WrappedProvider(this, inner.provider(), order);
    }

    FileSystem inner() {
        return inner;
    }

    Path wrap(Path innerPath) {
        return new WrappedPath(this, innerPath);
    }

    /** The path behind; one which comes from there, as from a watch event, is taken as it is. */
    Path unwrap(Path path) {
        if (path instanceof WrappedPath wrapped && wrapped.getFileSystem() == this) {
            return wrapped.inner();
        }
        if (path.getFileSystem() == inner) {
            return path;
        }
        throw new ProviderMismatchException("not a path of this disk: " + path);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return inner.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return inner.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        inner.getRootDirectories().forEach(root -> roots.add(wrap(root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return inner.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return inner.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(inner.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = inner.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return inner.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return inner.newWatchService();
    }
}
