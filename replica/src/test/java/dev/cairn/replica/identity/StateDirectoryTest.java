package dev.cairn.replica.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.SpaceId;
import dev.cairn.replica.identity.StateDirectory.Located;
import dev.cairn.replica.identity.StateDirectory.Platform;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    private static final SpaceId SPACE = new SpaceId(1, 2);

    @TempDir
    private Path temporary;

    private Located locate(String state, String folder) throws IOException {
        return StateDirectory.locate(temporary.resolve(state), temporary.resolve(folder));
    }

    @Test
    void besideTheFolderIsFine() throws IOException {
        Files.createDirectory(temporary.resolve("folder"));
        assertThat(locate("state", "folder")).isInstanceOf(Located.Usable.class);
        assertThat(locate("folder-state", "folder")).isInstanceOf(Located.Usable.class);
        assertThat(locate("deep/down/state", "folder")).isInstanceOf(Located.Usable.class);
    }

    @Test
    void insideTheFolderIsRefusedWhetherItExistsOrNot() throws IOException {
        assertThat(locate("folder/state", "folder"))
                .isInstanceOfSatisfying(
                        Located.Refused.class,
                        refused -> assertThat(refused.problem())
                                .contains("lies inside the synced folder", "choose one outside"));
        Files.createDirectories(temporary.resolve("folder/state"));
        assertThat(locate("folder/state/deeper", "folder")).isInstanceOf(Located.Refused.class);
        assertThat(locate("folder", "folder")).isInstanceOf(Located.Refused.class);
        assertThat(locate("other/../folder/state", "folder")).isInstanceOf(Located.Refused.class);
    }

    @Test
    void theFolderInsideTheStateIsRefused() throws IOException {
        assertThat(locate("state", "state/folder"))
                .isInstanceOfSatisfying(
                        Located.Refused.class,
                        refused -> assertThat(refused.problem()).contains("lies inside the state directory"));
    }

    @Test
    void aLinkIntoTheFolderIsSeenThrough() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("folder"));
        Files.createSymbolicLink(temporary.resolve("link"), folder);
        assertThat(locate("link", "folder")).isInstanceOf(Located.Refused.class);
        assertThat(locate("link/state", "folder")).isInstanceOf(Located.Refused.class);
        assertThat(locate("folder/state", "link")).isInstanceOf(Located.Refused.class);
        assertThat(locate("state", "link")).isInstanceOf(Located.Usable.class);
    }

    @Test
    void namesWhichDifferInCaseAreTheSameWhereTheFileSystemSaysSo() throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(Configuration.osX())) {
            Path root = system.getRootDirectories().iterator().next();
            Files.createDirectory(root.resolve("Folder"));
            assertThat(StateDirectory.locate(root.resolve("FOLDER/state"), root.resolve("folder")))
                    .isInstanceOf(Located.Refused.class);
        }
    }

    @Test
    void aFolderOnAnotherFileSystemIsNeverInTheWay() throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(StateDirectory.locate(temporary, system.getPath("/folder")))
                    .isInstanceOf(Located.Usable.class);
        }
    }

    @Test
    void eachPlatformHasItsPlace() {
        Path home = Path.of("/home/ann");
        assertThat(new Platform("Linux", home, Map.of()).directory(SPACE))
                .isEqualTo(Path.of("/home/ann/.local/state/cairn", SPACE.toString()));
        assertThat(new Platform("Linux", home, Map.of("XDG_STATE_HOME", "/var/ann")).directory(SPACE))
                .isEqualTo(Path.of("/var/ann/cairn", SPACE.toString()));
        assertThat(new Platform("Linux", home, Map.of("XDG_STATE_HOME", "relative")).directory(SPACE))
                .isEqualTo(Path.of("/home/ann/.local/state/cairn", SPACE.toString()));
        assertThat(new Platform("Mac OS X", home, Map.of()).directory(SPACE))
                .isEqualTo(Path.of("/home/ann/Library/Application Support/cairn", SPACE.toString()));
        assertThat(new Platform("Windows 11", home, Map.of("LOCALAPPDATA", "/C/Local")).directory(SPACE))
                .isEqualTo(Path.of("/C/Local/cairn", SPACE.toString()));
        assertThat(new Platform("Windows 11", home, Map.of()).directory(SPACE))
                .isEqualTo(Path.of("/home/ann/AppData/Local/cairn", SPACE.toString()));
    }
}
