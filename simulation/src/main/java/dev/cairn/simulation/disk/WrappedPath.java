package dev.cairn.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of a {@link FaultyFileSystem}: the path behind it, and where it belongs. */
final class WrappedPath implements Path {

    private final FaultyFileSystem fileSystem;
    private final Path inner;

    WrappedPath(FaultyFileSystem fileSystem, Path inner) {
        this.fileSystem = fileSystem;
        this.inner = inner;
    }

    Path inner() {
        return inner;
    }

    @Override
    public FaultyFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return inner.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapOrNull(inner.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapOrNull(inner.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapOrNull(inner.getParent());
    }

    @Override
    public int getNameCount() {
        return inner.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return fileSystem.wrap(inner.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return fileSystem.wrap(inner.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return isOfThisDisk(other) && inner.startsWith(fileSystem.unwrap(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return isOfThisDisk(other) && inner.endsWith(fileSystem.unwrap(other));
    }

    @Override
    public Path normalize() {
        return fileSystem.wrap(inner.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return fileSystem.wrap(inner.resolve(fileSystem.unwrap(other)));
    }

    @Override
    public Path relativize(Path other) {
        return fileSystem.wrap(inner.relativize(fileSystem.unwrap(other)));
    }

    @Override
    public URI toUri() {
        return inner.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return fileSystem.wrap(inner.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return fileSystem.wrap(inner.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return inner.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        return inner.compareTo(fileSystem.unwrap(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WrappedPath that && fileSystem.equals(that.fileSystem) && inner.equals(that.inner);
    }

    @Override
    public int hashCode() {
        return inner.hashCode();
    }

    @Override
    public String toString() {
        return inner.toString();
    }

    private boolean isOfThisDisk(Path other) {
        return other.getFileSystem().equals(fileSystem);
    }

    private @Nullable Path wrapOrNull(@Nullable Path path) {
        return path == null ? null : fileSystem.wrap(path);
    }
}
