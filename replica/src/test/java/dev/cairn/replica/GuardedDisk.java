package dev.cairn.replica;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file system over another one which asks before it opens or moves a file; like a provider with placeholders. */
final class GuardedDisk extends FileSystem {
    /** What a test wants to happen before an operation: nothing, a wait, or what the disk would throw. */
    interface Faults {
        /** Called before an operation named {@code open} or {@code move}. */
        void before(String operation, Path path) throws IOException;
    }

    private final FileSystem real;
    private final Provider provider = new Provider();
    private volatile Faults faults = (operation, path) -> {};

    GuardedDisk(FileSystem real) {
        this.real = real;
    }

    void set(Faults next) {
        faults = next;
    }

    Path wrap(Path path) {
        return (Path) Proxy.newProxyInstance(
                GuardedDisk.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> invoke(path, method, arguments));
    }

    private @Nullable Object invoke(Path path, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return this;
        }
        Object[] unwrapped = arguments == null
                ? new Object[0]
                : Arrays.stream(arguments).map(GuardedDisk::unwrapAny).toArray();
        try {
            return wrapAny(method.invoke(path, unwrapped));
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private @Nullable Object wrapAny(@Nullable Object result) {
        if (result instanceof Path path) {
            return wrap(path);
        }
        return result instanceof Iterator<?> names ? wrapAll(names) : result;
    }

    private Iterator<Path> wrapAll(Iterator<?> names) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return names.hasNext();
            }

            @Override
            public Path next() {
                return wrap((Path) Objects.requireNonNull(names.next()));
            }
        };
    }

    private static Object unwrapAny(Object argument) {
        return argument instanceof Path path && Proxy.isProxyClass(path.getClass()) ? unwrap(path) : argument;
    }

    /** The path itself can be asked for its real one by the one method whose result is not wrapped: its text. */
    private static Path unwrap(Path path) {
        return ((GuardedDisk) path.getFileSystem()).real.getPath(path.toString());
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    @Override
    public boolean isOpen() {
        return real.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return real.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(wrap(real.getRootDirectories().iterator().next()));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        return real.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return real.newWatchService();
    }

    /** The operations, those of interest asked about first. */
    private final class Provider extends FileSystemProvider {
        private Path ask(String operation, Path path) throws IOException {
            Path unwrapped = unwrap(path);
            faults.before(operation, unwrapped);
            return unwrapped;
        }

        @Override
        public String getScheme() {
            return "guarded";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            Path unwrapped = ask("open", path);
            return real.provider().newByteChannel(unwrapped, options, attributes);
        }

        @Override
        public java.nio.channels.FileChannel newFileChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            Path unwrapped = ask("open", path);
            return real.provider().newFileChannel(unwrapped, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            Path unwrapped = unwrap(path);
            DirectoryStream<Path> stream = real.provider().newDirectoryStream(unwrapped, each -> true);
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return wrapAll(stream.iterator());
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            real.provider().createDirectory(unwrap(path), attributes);
        }

        @Override
        public void delete(Path path) throws IOException {
            real.provider().delete(unwrap(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            real.provider().move(unwrap(source), ask("move", target), options);
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return real.provider().isSameFile(unwrap(one), unwrap(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real.provider().isHidden(unwrap(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return real.provider().getFileStore(unwrap(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real.provider().checkAccess(unwrap(path), modes);
        }

        @Override
        public <V extends FileAttributeView> @Nullable V getFileAttributeView(
                Path path, Class<V> type, LinkOption... options) {
            return real.provider().getFileAttributeView(unwrap(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return real.provider().readAttributes(unwrap(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return real.provider().readAttributes(unwrap(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            real.provider().setAttribute(unwrap(path), attribute, value, options);
        }
    }
}
