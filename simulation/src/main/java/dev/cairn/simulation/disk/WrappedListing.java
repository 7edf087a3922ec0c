package dev.cairn.simulation.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a directory holds, in the disk's own order. */
record WrappedListing(FaultyFileSystem fileSystem, DirectoryStream<Path> inner, ListingOrder order)
        implements DirectoryStream<Path> {

    @Override
    public Iterator<Path> iterator() {
        List<Path> paths = new ArrayList<>();
        inner.forEach(path -> paths.add(fileSystem.wrap(path)));
        return order.arrange(paths).iterator();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
