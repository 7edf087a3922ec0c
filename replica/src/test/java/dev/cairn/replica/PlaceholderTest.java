package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.SpaceStatus.FileState;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files which a provider has not downloaded, and disks which refuse. */
class PlaceholderTest {
    @TempDir
    Path states;

    @Test
    void f22APlaceholderThatBlocksOrThrowsStopsNobody() throws Exception {
        CountDownLatch downloaded = new CountDownLatch(1);
        FaultyFileSystem disk = FaultyFileSystem.withoutSecureListings(Jimfs.newFileSystem(Configuration.unix()));
        try (Fleet fleet = new Fleet(states)) {
            Device a = fleet.create("a");
            Path folder = disk.getPath("/sync");
            Files.createDirectory(folder);
            SpaceOptions options = SpaceOptions.inState(states.resolve("b")).toBuilder()
                    .clock(fleet.clock)
                    .readTimeout(Duration.ofMillis(300))
                    .build();
            String code = a.space.invite(InviteOptions.writer()).code();
            a.space.flush();
            copy(a, folder);
            try (Space b = ((JoinResult.Joined) Space.join(folder, code, options)).space()) {
                Device owner = accept(a, folder);
                owner.space.commit(tx -> tx.on("notes").text("body").append("blocked"));
                owner.sealAll();
                String blocked = owner.files("/changes/").get(0);
                owner.space.commit(tx -> tx.on("notes").text("body").append(" thrown"));
                owner.sealAll();
                String thrown = owner.files("/changes/").get(1);
                copy(a, folder, blocked);
                copy(a, folder, thrown);
                disk.set((operation, path) -> {
                    if (operation == DiskOperation.OPEN && path.toString().endsWith(blocked.replaceFirst(".*/", ""))) {
                        await(downloaded);
                    }
                    if (operation == DiskOperation.OPEN && path.toString().endsWith(thrown.replaceFirst(".*/", ""))) {
                        throw new IOException("the cloud file provider is not running");
                    }
                });
                b.refresh();
                b.commit(tx -> tx.on("other").map().put("k", "goes on"));
                assertThat(b.document("other").exists()).isTrue();
                assertThat(b.status().files())
                        .extracting(SpaceStatus.FileStatus::state)
                        .containsExactly(FileState.UNREADABLE, FileState.UNREADABLE);
                assertThat(b.status().advice()).anyMatch(line -> line.startsWith("not downloaded: 1"));
                assertThat(b.document("notes").exists()).isFalse();
                downloaded.countDown();
                disk.set(DiskFaults.NONE);
                fleet.clock.advance(Duration.ofMinutes(11));
                b.refresh();
                assertThat(b.document("notes").text("body")).contains("blocked thrown");
                assertThat(b.status().files()).isEmpty();
            }
        }
    }

    @Test
    void f24ADiskThatRefusesToRenameKeepsTheChangeInTheOutbox() throws Exception {
        FaultyFileSystem disk = FaultyFileSystem.withoutSecureListings(Jimfs.newFileSystem(Configuration.unix()));
        Path folder = disk.getPath("/sync");
        Files.createDirectory(folder);
        Fleet.TestClock clock = new Fleet.TestClock();
        SpaceOptions options = SpaceOptions.inState(states.resolve("a")).toBuilder()
                .clock(clock)
                .executor(Runnable::run)
                .build();
        try (Space space = Space.create(folder, options)) {
            disk.set((operation, path) -> {
                if (operation == DiskOperation.MOVE) {
                    throw new AccessDeniedException(path.toString());
                }
            });
            space.commit(tx -> tx.on("notes").map().put("k", "v"));
            assertThat(space.flush()).isFalse();
            assertThat(space.status().outbox().changes()).isEqualTo(1);
            assertThat(space.status().outbox().problem()).isPresent();
            disk.set(DiskFaults.NONE);
            space.duties();
            clock.advance(Duration.ofSeconds(20));
            space.duties();
            assertThat(space.status().outbox().changes()).isZero();
            assertThat(space.status().outbox().problem()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Lets the owner see what the other device has written. */
    private static Device accept(Device owner, Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file)) {
                    owner.receive(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        owner.space.refresh();
        return owner;
    }

    private static void copy(Device from, Path folder) throws IOException {
        for (String path : from.files()) {
            copy(from, folder, path);
        }
    }

    private static void copy(Device from, Path folder, String path) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        try (java.nio.channels.FileChannel out = java.nio.channels.FileChannel.open(
                target,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.TRUNCATE_EXISTING,
                java.nio.file.StandardOpenOption.WRITE)) {
            out.write(java.nio.ByteBuffer.wrap(from.read(path)));
        }
    }
}
