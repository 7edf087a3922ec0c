package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.random.RandomGenerator;

/**
 * A disk over another one, on which any operation can fail, block or be the last before the power goes.
 *
 * <p>The application works on paths of this file system; a sync tool, a user or a test which works on the paths behind
 * is not touched by the faults, and what it does counts as on the disk at once.
 *
 * <p>It remembers what was written, made, moved and deleted and never forced. {@link #cutPower()} stops the machine:
 * from then on every operation throws {@link PowerCutError}, also in the {@code finally} blocks of the application.
 * {@link #restorePower} decides what the disk has kept. Directories can be opened and forced, as on Linux; not so over
 * a Windows disk.
 *
 * <p>Safe for use by several threads as far as the disk behind is.
 */
public final class FaultyFileSystem extends FileSystem {

    private final FileSystem inner;
    private final WrappedProvider provider;
    private final boolean secureListings;
    private final UnforcedChanges unforced = new UnforcedChanges();
    private volatile DiskFaults faults = DiskFaults.NONE;
    private volatile boolean off;

    FaultyFileSystem(FileSystem inner, ListingOrder order, boolean secureListings) {
        this.inner = inner;
        this.provider = new WrappedProvider(this, inner.provider(), order);
        this.secureListings = secureListings;
    }

    /** A disk over {@code real} which works until it is told otherwise. */
    public static FaultyFileSystem over(FileSystem real) {
        return new FaultyFileSystem(real, sorted -> sorted, true);
    }

    /** The same without secure directory streams, which not every file system has. */
    public static FaultyFileSystem withoutSecureListings(FileSystem real) {
        return new FaultyFileSystem(real, sorted -> sorted, false);
    }

    /** Lets go wrong from now on what {@code next} says. */
    public void set(DiskFaults next) {
        faults = next;
    }

    /** The disk behind. */
    public FileSystem real() {
        return inner;
    }

    /** The path of this disk for a path of the disk behind. */
    public Path wrap(Path innerPath) {
        return new WrappedPath(this, innerPath);
    }

    /** The path behind; one which comes from there, as from a watch event, is taken as it is. */
    public Path unwrap(Path path) {
        if (path instanceof WrappedPath wrapped && wrapped.getFileSystem() == this) {
            return wrapped.inner();
        }
        if (path.getFileSystem() == inner) {
            return path;
        }
        throw new ProviderMismatchException("not a path of this disk: " + path);
    }

    /** Stops the machine: no operation of the application does anything from now on. */
    public void cutPower() {
        off = true;
    }

    /**
     * Starts the machine again, with what the disk has kept.
     *
     * @param loss which of the unforced changes may be lost
     * @param random which of them are
     * @return one line for each loss, for the timeline; empty if nothing was lost
     */
    public List<String> restorePower(PowerLoss loss, RandomGenerator random) throws IOException {
        faults = DiskFaults.NONE;
        List<String> losses = unforced.crash(loss, random);
        off = false;
        return losses;
    }

    /** Puts everything on the disk, as the system does by itself after half a minute. */
    public void writeBack() {
        unforced.wroteBack();
    }

    /** How many changes would be at risk if the power went now. */
    public int unforcedChanges() {
        return unforced.size();
    }

    UnforcedChanges unforced() {
        return unforced;
    }

    boolean hasSecureListings() {
        return secureListings;
    }

    void ask(DiskOperation operation, Path innerPath) throws IOException {
        requirePower(innerPath);
        faults.at(operation, innerPath);
        requirePower(innerPath);
    }

    void requirePower(Path innerPath) {
        if (off) {
            throw new PowerCutError(innerPath.toString());
        }
    }

    void writing(Path innerPath, ByteBuffer bytes) throws IOException {
        requirePower(innerPath);
        faults.writing(innerPath, bytes);
    }

    void reading(Path innerPath, ByteBuffer bytes) {
        faults.reading(innerPath, bytes);
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
