package dev.cairn.format.folder;

import static dev.cairn.format.folder.SharedFolderContract.MAX;
import static dev.cairn.format.folder.SharedFolderContract.NOW;
import static dev.cairn.format.folder.SharedFolderContract.OTHER;
import static dev.cairn.format.folder.SharedFolderContract.WRITER;
import static dev.cairn.format.folder.SharedFolderContract.ours;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.folder.Listing.Entry;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which files of the election a look finds, and what it tells of files which only look like them. */
final class ElectionFilesTest {
    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private final FaultyFileSystem disk = FaultyFileSystem.over(memory);
    private final Path root = memory.getPath("/folder");
    private final SharedFolder folder =
            SharedFolder.at(disk.getPath("/folder"), FolderOptions.direct(Clock.fixed(NOW, ZoneOffset.UTC)));

    @BeforeEach
    void make() throws IOException {
        Files.createDirectory(root);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    private Path put(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, ours(path).toArray());
    }

    private List<String> papers() {
        return folder.electionFiles().stream().map(Entry::path).toList();
    }

    private List<String> foreign() {
        return folder.foreignLeaderFiles().stream().map(Entry::path).toList();
    }

    @Test
    void each_file_of_each_writer_is_found_and_can_be_read() {
        List<FileName> names = Stream.of(FileKind.values())
                .filter(FileKind::election)
                .<FileName>map(FileName.Election::new)
                .toList();
        for (FileName name : names) {
            folder.own(WRITER).publish(name, ours(name + " of one"));
            folder.own(OTHER).publish(name, ours(name + " of the other"));
        }
        assertThat(names).isNotEmpty();
        assertThat(papers())
                .containsExactlyInAnyOrderElementsOf(Stream.of(WRITER, OTHER)
                        .flatMap(writer -> names.stream().map(name -> name.path(writer)))
                        .toList());
        assertThat(folder.electionFiles())
                .allSatisfy(entry -> assertThat(folder.read(entry, MAX)).isInstanceOf(ReadResult.Content.class));
    }

    /** Whoever looks reads again only what is another file than before. */
    @Test
    void a_replaced_file_is_told_from_the_one_before_even_with_its_size_and_time() throws IOException {
        FileName vote = new FileName.Election(FileKind.VOTE);
        Path file = root.resolve(vote.path(WRITER));
        folder.own(WRITER).publish(vote, ours("one"));
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        List<Entry> before = folder.electionFiles();
        assertThat(folder.electionFiles()).isEqualTo(before);
        assertThat(before)
                .isEqualTo(folder.list().entries())
                .extracting(Entry::modified)
                .containsExactly(FileTime.from(NOW));

        folder.own(WRITER).publish(vote, ours("two"));
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        assertThat(folder.electionFiles()).isNotEqualTo(before);
    }

    @Test
    void nothing_but_a_regular_file_in_its_exact_place_counts() throws IOException {
        put("devices/" + WRITER + "/vote (1).cairn");
        put("devices/" + WRITER + "/rescue/vote.cairn");
        put("devices/not a writer/vote.cairn");
        put("vote.cairn");
        Files.createDirectory(root.resolve("devices/" + WRITER + "/lock.cairn"));
        Files.createSymbolicLink(root.resolve("devices/" + WRITER + "/claim.cairn"), root.resolve("vote.cairn"));
        assertThat(papers()).isEmpty();
    }

    @Test
    void copies_are_told_by_their_names_and_change_nothing() throws IOException {
        String own = "devices/" + WRITER + "/";
        List<String> copies = List.of(
                own + "vote (1).cairn",
                own + "Vote - Copy.cairn",
                own + "lock.sync-conflict-20261120-222614-BFPIYIL.cairn",
                own + "claim_conflict-20260102-101112.cairn",
                own + "ballot~1.cairn",
                own + "request.cairn.orig",
                own + "choice(2).cairn");
        for (String each : copies) {
            put(each);
        }
        put(own + "vote.cairn");
        put(own + "votes.cairn");
        put(own + "head-0.cairn");
        put("devices/not a writer/vote (1).cairn");
        assertThat(folder.electionCopies()).containsExactlyInAnyOrderElementsOf(copies);
        assertThat(papers()).containsExactly(own + "vote.cairn");
    }

    @Test
    void other_programs_leader_files_lie_at_the_top_and_so_do_their_conflict_copies() throws IOException {
        List<String> theirs = List.of(
                "leader.lock",
                "leader (1).lock",
                "leader.sync-conflict-20261120-222614-BFPIYIL.lock",
                "leader.lock (conflicted copy)",
                "leader_conflict.lock");
        for (String each : theirs) {
            put(each);
        }
        put("sub/leader.lock");
        put("leaders.lock");
        put("our leader.lock");
        put("leader.locksmith");
        Files.createDirectory(root.resolve("leader 2.lock"));
        assertThat(foreign()).containsExactlyInAnyOrderElementsOf(theirs);
    }

    @Test
    void a_flood_of_copies_is_told_up_to_a_limit() throws IOException {
        for (int number : IntStream.range(0, 70).toArray()) {
            put("devices/" + WRITER + "/vote (" + number + ").cairn");
            put("leader (" + number + ").lock");
        }
        assertThat(folder.electionCopies()).hasSize(64);
        assertThat(foreign()).hasSize(64);
    }

    @Test
    void where_nothing_can_be_listed_nothing_is_found_and_nothing_thrown() throws IOException {
        assertThat(papers()).isEmpty();
        assertThat(folder.electionCopies()).isEmpty();
        Files.delete(root);
        assertThat(papers()).isEmpty();
        assertThat(folder.electionCopies()).isEmpty();
        assertThat(foreign()).isEmpty();
    }

    @Test
    void a_directory_which_refuses_hides_nothing_of_the_others() throws IOException {
        put("devices/" + WRITER + "/vote (1).cairn");
        put("devices/" + OTHER + "/vote (1).cairn");
        put("devices/" + WRITER + "/vote.cairn");
        put("devices/" + OTHER + "/vote.cairn");
        Path refusing = root.resolve("devices/" + WRITER);
        disk.set((operation, path) -> {
            if (path.startsWith(refusing) && (operation == DiskOperation.LIST || !path.equals(refusing))) {
                throw new AccessDeniedException(path.toString());
            }
        });
        assertThat(folder.electionCopies()).containsExactly("devices/" + OTHER + "/vote (1).cairn");
        assertThat(papers()).containsExactly("devices/" + OTHER + "/vote.cairn");
    }

    /** What lies behind a link is not in the folder, and reading refuses it. */
    @Test
    void T23_no_link_is_followed_to_a_directory() throws IOException {
        Path outside = Files.createDirectory(memory.getPath("/outside"));
        Files.write(outside.resolve("vote.cairn"), Bytes.utf8("x").toArray());
        Files.write(outside.resolve("vote (1).cairn"), Bytes.utf8("x").toArray());
        Files.createDirectory(root.resolve("devices"));
        Files.createSymbolicLink(root.resolve("devices/" + WRITER), outside);
        assertThat(papers()).isEmpty();
        assertThat(folder.electionCopies()).isEmpty();

        Files.delete(root.resolve("devices/" + WRITER));
        Files.delete(root.resolve("devices"));
        Files.move(outside, Files.createDirectory(memory.getPath("/elsewhere")).resolve(WRITER.toString()));
        Files.createSymbolicLink(root.resolve("devices"), memory.getPath("/elsewhere"));
        assertThat(papers()).isEmpty();
        assertThat(folder.electionCopies()).isEmpty();
    }
}
