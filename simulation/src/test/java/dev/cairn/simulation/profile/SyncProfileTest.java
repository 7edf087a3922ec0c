package dev.cairn.simulation.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SyncProfileTest {

    static List<SyncProfile> profiles() {
        return List.of(
                SyncProfile.perfect(),
                SyncProfile.syncthing(),
                SyncProfile.dropbox(),
                SyncProfile.oneDrive(),
                SyncProfile.googleDrive(),
                SyncProfile.iCloud(),
                SyncProfile.nextcloud(),
                SyncProfile.rsync(),
                SyncProfile.usbStick());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void ordinaryNamesAreNeverIgnored(SyncProfile profile) {
        for (String name :
                List.of("notes.md", "a/b/c0000000042-0123456789abcdef0123.cairn", "cairn-space.json", ".hidden")) {
            assertThat(profile.names().ignores(name)).as(name).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theToolsOwnTemporaryNamesAreIgnoredByItselfIfItKnowsThemAgain(SyncProfile profile) {
        SplittableRandom random = new SplittableRandom(1);
        profile.arrival()
                .temporary()
                .pathFor("a/todo.txt", random)
                .filter(path -> profile.arrival().temporary() != Temporary.RSYNC)
                .ifPresent(path ->
                        assertThat(profile.names().ignores(path)).as(path).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "SYNCTHING, a/\\.syncthing\\.todo\\.txt\\.tmp",
        "DROPBOX, \\.dropbox\\.cache/[0-9a-f]{16}",
        "ONEDRIVE, a/~tmp[0-9A-F]{4}\\.tmp",
        "GOOGLE_DRIVE, \\.tmp\\.drivedownload/\\d+",
        "NEXTCLOUD, a/\\.todo\\.txt\\.~[0-9a-f]{8}",
        "RSYNC, a/\\.todo\\.txt\\.[A-Za-z0-9]{6}"
    })
    void temporaryNamesAreSpeltAsTheToolDoes(Temporary temporary, String pattern) {
        assertThat(temporary.pathFor("a/todo.txt", new SplittableRandom(7)).orElseThrow())
                .matches(pattern);
    }

    @Test
    void syncthingHashesLongNames() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(Temporary.SYNCTHING.pathFor("n".repeat(145), random).orElseThrow())
                .contains("nnnn");
        assertThat(Temporary.SYNCTHING.pathFor("n".repeat(146), random).orElseThrow())
                .matches("\\.syncthing\\.[0-9a-f]{64}\\.tmp");
    }

    @Test
    void whatAppsStageUnderIsIgnoredByEveryToolThatIgnoresAnything() {
        String staged = "devices/~syncthing~abcdefghijklmnop.~.tmp";
        for (SyncProfile profile : List.of(
                SyncProfile.syncthing(),
                SyncProfile.dropbox(),
                SyncProfile.oneDrive(),
                SyncProfile.iCloud(),
                SyncProfile.nextcloud())) {
            assertThat(profile.names().ignores(staged)).as(profile.name()).isTrue();
        }
    }

    @Test
    void spansPickWithinTheirEnds() {
        SplittableRandom random = new SplittableRandom(3);
        Span span = Span.millis(5, 9);
        for (int i = 0; i < 1_000; i++) {
            assertThat(span.pick(random)).isBetween(Duration.ofMillis(5), Duration.ofMillis(9));
        }
        assertThat(Span.NONE.pick(random)).isZero();
        assertThatThrownBy(() -> Span.millis(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void impossibleFactsAreRefused() {
        Conflicts firstCome = Conflicts.copies(Winner.FIRST_COME, ConflictSpelling.DROPBOX);
        assertThatThrownBy(() -> SyncProfile.perfect().withConflicts(firstCome))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server");
        assertThatThrownBy(() -> new Travel(Span.NONE, Span.NONE, 1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Arrival.ATOMIC.withDuplicates(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Names.PLAIN.withTimeGranularity(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
