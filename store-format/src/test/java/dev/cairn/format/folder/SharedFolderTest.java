package dev.cairn.format.folder;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract on the in-memory file systems. */
final class SharedFolderTest {
    abstract static class OnJimfs extends SharedFolderContract {
        private final FileSystem fileSystem;
        private int directories;

        OnJimfs(Configuration configuration) {
            fileSystem = Jimfs.newFileSystem(
                    configuration.toBuilder().setBlockSize(512).build());
        }

        @Override
        Path newDirectory() throws IOException {
            Path top = fileSystem.getRootDirectories().iterator().next();
            return Files.createDirectory(top.resolve("folder" + directories++));
        }

        @AfterEach
        void close() throws IOException {
            fileSystem.close();
        }
    }

    @Nested
    class OnUnix extends OnJimfs {
        OnUnix() {
            super(Configuration.unix());
        }
    }

    @Nested
    class OnMac extends OnJimfs {
        OnMac() {
            super(Configuration.osX());
        }
    }

    @Nested
    class OnWindows extends OnJimfs {
        OnWindows() {
            super(Configuration.windows());
        }
    }
}
