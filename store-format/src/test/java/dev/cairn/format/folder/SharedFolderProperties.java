package dev.cairn.format.folder;

import static dev.cairn.format.folder.SharedFolderContract.HEAD;
import static dev.cairn.format.folder.SharedFolderContract.MAX;
import static dev.cairn.format.folder.SharedFolderContract.OTHER;
import static dev.cairn.format.folder.SharedFolderContract.WRITER;
import static dev.cairn.format.folder.SharedFolderContract.ours;
import static dev.cairn.format.folder.SharedFolderContract.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.folder.Listing.Entry;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A tool and a user do anything at all to the folder, and a device reads, publishes and deletes in between. */
final class SharedFolderProperties {
    private static final int STEPS = 60;
    private static final String OWN = "devices/" + WRITER + "/";

    @Property(tries = 150)
    void own_writes_change_nothing_but_the_one_file_and_listings_tell_what_is_there(@ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Configuration configuration = List.of(Configuration.unix(), Configuration.osX(), Configuration.windows())
                .get(random.nextInt(3));
        try (FileSystem memory = Jimfs.newFileSystem(configuration)) {
            Path top = memory.getRootDirectories().iterator().next();
            Path root = Files.createDirectory(top.resolve("folder"));
            Files.write(
                    Files.createDirectory(top.resolve("outside")).resolve("victim.cairn"),
                    ours("v").toArray());
            Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
            SharedFolder folder =
                    SharedFolder.at(root, FolderOptions.direct(clock).withRandom(random));
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(3) > 0) {
                    meddle(root, random);
                } else {
                    act(top, folder, random);
                }
                assertListingIsTrue(folder, root);
            }
        }
    }

    /** One thing a sync tool or a user does, possible or not. */
    private static void meddle(Path root, Random random) throws IOException {
        Path one = anyPath(root, random);
        Path other = anyPath(root, random);
        try {
            switch (random.nextInt(8)) {
                case 0 -> Files.createDirectories(one);
                case 1 -> Files.write(one, ours("tool" + random.nextInt(3)).toArray());
                case 2 -> Files.delete(one);
                case 3 -> Files.move(one, other, StandardCopyOption.REPLACE_EXISTING);
                case 4 -> Files.copy(one, other);
                case 5 -> Files.createSymbolicLink(one, other);
                case 6 -> Files.createSymbolicLink(one, root.resolveSibling("outside"));
                default -> Files.write(one, new byte[random.nextInt(20)]);
            }
        } catch (IOException refused) {
            // it was not possible after what happened before
        }
    }

    private static Path anyPath(Path root, Random random) throws IOException {
        List<String> names = List.of(
                "cairn-space.json",
                "devices",
                OWN + "head-0.cairn",
                OWN + "changes",
                OWN + "changes/0000",
                OWN,
                "devices/" + OTHER,
                "devices/" + OTHER + "/head-0.cairn",
                "head-0 (1).cairn",
                ".stversions",
                ".syncthing.x.cairn.tmp",
                "sub/HEAD-0.CAIRN");
        Path path = root.resolve(names.get(random.nextInt(names.size())));
        if (random.nextBoolean() && !Files.exists(path.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(root.resolve("sub"));
        }
        return path;
    }

    /** One thing this device does: nothing but the file it names may be different afterwards. */
    private static void act(Path top, SharedFolder folder, Random random) throws IOException {
        Bytes content = ours("own" + random.nextInt(3));
        FileName name = random.nextBoolean() ? HEAD : segment(1 + random.nextInt(2), content);
        String path = top.relativize(folder.path())
                .resolve(folder.own(WRITER).listedPath(name))
                .toString()
                .replace('\\', '/');
        Map<String, Bytes> before = everything(top);
        boolean published = false;
        boolean gone = false;
        if (random.nextBoolean()) {
            published = folder.own(WRITER).publish(name, content).published();
        } else {
            DeleteResult result = folder.own(WRITER).delete(name);
            gone = result instanceof DeleteResult.Deleted || result instanceof DeleteResult.AlreadyGone;
        }
        folder.own(WRITER).sweepStaging();
        Map<String, Bytes> after = everything(top);
        if (published) {
            assertThat(after).containsEntry(path, content);
            after.remove(path);
            before.remove(path);
        } else if (gone) {
            assertThat(after).doesNotContainKey(path);
            before.remove(path);
        }
        assertThat(after).isEqualTo(before);
    }

    /** Every regular file of the disk, links not followed. */
    private static Map<String, Bytes> everything(Path top) throws IOException {
        Map<String, Bytes> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(text(top, each), Bytes.copyOf(Files.readAllBytes(each)));
                }
            }
        }
        return files;
    }

    private static String text(Path base, Path file) {
        return base.relativize(file).toString().replace('\\', '/');
    }

    private static void assertListingIsTrue(SharedFolder folder, Path root) throws IOException {
        Map<String, Bytes> expected = everything(root);
        expected.keySet().removeIf(path -> path.startsWith(".stversions/") || path.endsWith(".tmp"));
        Map<String, Bytes> found = new TreeMap<>();
        Listing listing = folder.list();
        for (Entry each : listing.entries()) {
            assertThat(folder.readAny(each, MAX))
                    .isInstanceOfSatisfying(
                            ReadResult.Content.class, content -> found.put(each.path(), content.bytes()));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(listing.problems()).isEmpty();
        assertThat(listing.entries()).extracting(Entry::path).isSorted();
    }
}
