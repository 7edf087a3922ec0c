package dev.cairn.watcher.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChangeSourcesTest {
    @Test
    void file_systems_which_others_change_are_polled() {
        assertThat(List.of("nfs", "nfs4", "cifs", "SMB3", "fuse.sshfs", "fuse.rclone", "9p", "drvfs", "webdav"))
                .allMatch(ChangeSources::isRemote);
        assertThat(List.of("ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "apfs", "NTFS", "zfs"))
                .noneMatch(ChangeSources::isRemote);
    }

    @Test
    void the_folder_decides(@TempDir Path local) throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(ChangeSources.suited(memory.getPath("/work"), "Linux")).isEqualTo(WatchMode.POLLING);
        }
        assertThat(ChangeSources.suited(local, "Linux")).isEqualTo(WatchMode.NATIVE);
        assertThat(ChangeSources.suited(local, "Windows 11")).isEqualTo(WatchMode.NATIVE);
        assertThat(ChangeSources.suited(local, "Mac OS X")).isEqualTo(WatchMode.DIRECTORY_WATCHER);
    }

    @Test
    void a_polled_folder_has_no_live_source(@TempDir Path local) throws IOException {
        ChangeSource source = ChangeSources.open(WatchMode.POLLING, local, () -> {}, Thread::new);
        assertThat(source.alive()).isFalse();
        source.resync();
        source.close();
    }
}
