package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.simulation.disk.DiskFaults;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.disk.FaultyFileSystem;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not what was written: on the disk, which their owner repairs, and in memory, which passes. */
class DamagedFilesTest {
    @TempDir
    Path states;

    @ParameterizedTest
    @ValueSource(strings = {"head-", "/keys/", "/changes/"})
    void aBitThatFlipsInAnOwnFileIsRepairedByItsOwner(String kind) {
        try (Fleet fleet = new Fleet(states)) {
            Device a = fleet.create("a");
            a.put("k", "v");
            a.sealAll();
            for (String path : a.files(kind)) {
                byte[] written = a.read(path);
                for (int at = 0; at < written.length; at += 7) {
                    byte[] damaged = written.clone();
                    damaged[at] ^= 4;
                    a.put(path, damaged);
                    fleet.clock.advance(Duration.ofSeconds(1));
                    a.space.refresh();
                    a.space.flush();
                    assertThat(a.read(path)).as("%s damaged at %d", path, at).isEqualTo(written);
                }
            }
        }
    }

    @Test
    void aFileThatWasReadWrongOnceIsReadAgain() throws Exception {
        FaultyFileSystem disk = FaultyFileSystem.over(Jimfs.newFileSystem(Configuration.unix()));
        Path folder = Files.createDirectory(disk.getPath("/sync"));
        try (Fleet fleet = new Fleet(states)) {
            Device a = fleet.create("a");
            try (Space b = joined(fleet, a, folder)) {
                a.put("k", "v");
                a.sealAll();
                for (int at : new int[] {0, 9, 20, 60, 300}) {
                    a.put("k" + at, "v");
                    a.space.flush();
                    disk.set(flipping(at));
                    copy(a, folder);
                    b.refresh();
                    disk.set(DiskFaults.NONE);
                    fleet.clock.advance(Duration.ofHours(1));
                    b.refresh();
                    assertThat(b.status().files()).as("flipped at %d", at).isEmpty();
                    assertThat(b.document("notes").map().entries()).containsKey("k" + at);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".%s.PVp8fk",
                "%s.sync-conflict-20260101-000000-ABCDEFG",
                "%s (1)",
                "%s.part",
                "%s~",
                "963266",
            })
    void aFileUnderAnotherNameIsReadAgain(String name) throws Exception {
        FaultyFileSystem disk = FaultyFileSystem.over(Jimfs.newFileSystem(Configuration.unix()));
        Path folder = Files.createDirectory(disk.getPath("/sync"));
        try (Fleet fleet = new Fleet(states)) {
            Device a = fleet.create("a");
            try (Space b = joined(fleet, a, folder)) {
                a.put("k", "v");
                a.sealAll();
                String segment = a.files("/changes/").get(0);
                Path target = folder.resolve(segment);
                Files.createDirectories(target.getParent());
                Files.write(target.resolveSibling(name.formatted(target.getFileName())), a.read(segment));
                disk.set(flipping(0));
                b.refresh();
                assertThat(b.document("notes").map().entries()).isEmpty();
                disk.set(DiskFaults.NONE);
                fleet.clock.advance(Duration.ofHours(1));
                b.refresh();
                assertThat(b.document("notes").map().entries()).containsKey("k");
            }
        }
    }

    /** A second device, whose folder is on a disk of its own. */
    private Space joined(Fleet fleet, Device host, Path folder) throws Exception {
        SpaceOptions options = SpaceOptions.inState(states.resolve("b")).toBuilder()
                .clock(fleet.clock)
                .executor(Runnable::run)
                .build();
        String code = host.space.invite(InviteOptions.writer()).code();
        host.space.flush();
        copy(host, folder);
        return ((JoinResult.Joined) Space.join(folder, code, options)).space();
    }

    private static DiskFaults flipping(int at) {
        return new DiskFaults() {
            @Override
            public void at(DiskOperation operation, Path path) {}

            @Override
            public void reading(Path path, ByteBuffer bytes) {
                if (at < bytes.position()) {
                    bytes.put(at, (byte) (bytes.get(at) ^ 1));
                }
            }
        };
    }

    private static void copy(Device from, Path folder) throws Exception {
        for (String path : from.files()) {
            Path target = folder.resolve(path);
            Files.createDirectories(target.getParent());
            Files.write(target, from.read(path));
        }
    }
}
