package dev.cairn.simulation.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictSpellingTest {

    private static final Instant AT = Instant.parse("2026-11-20T22:26:14.5Z");

    /** The patterns with which applications recognise the copies; they were collected from the tools' own output. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SYNCTHING    | ^(.*)\\.sync-conflict-\\d{8}-\\d{6}-[A-Z2-7]{7}(\\.[^.]*)?$",
                "DROPBOX      | ^(.*) \\((?:[^()]*'s )?conflicted copy[^()]*(?:\\(\\d+\\))?\\)(\\.[^.]*)$",
                "ONEDRIVE     | ^(.*)-[A-Za-z0-9-]+(?:-safeBackup-\\d+)?(\\.[^.]+)$",
                "GOOGLE_DRIVE | ^(.*) \\(\\d{1,3}\\)(\\.[^.]*)$",
                "ICLOUD       | ^(.*) \\d{1,2}(\\.[^.]+)$",
                "NEXTCLOUD    | ^(.*) \\((?:[^()]*'s )?conflicted copy[^()]*\\)(\\.[^.]*)$"
            })
    void theCopiesOfEveryToolAreRecognisedAndNewEachTime(ConflictSpelling spelling, String pattern) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            String copy = spelling.pathFor(conflict("notes/a.b/todo.txt"), taken::contains);
            assertThat(copy)
                    .matches(Pattern.compile(pattern))
                    .startsWith("notes/a.b/todo")
                    .endsWith(".txt");
            assertThat(taken.add(copy)).isEqualTo(i == 0 || spelling != ConflictSpelling.SYNCTHING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SYNCTHING    | x/todo.txt | x/todo.sync-conflict-20261120-222614-RPGCXIY.txt",
                "SYNCTHING    | a.b.c      | a.b.sync-conflict-20261120-222614-RPGCXIY.c",
                "SYNCTHING    | .lock      | .sync-conflict-20261120-222614-RPGCXIY.lock",
                "SYNCTHING    | HEAD       | HEAD.sync-conflict-20261120-222614-RPGCXIY",
                "DROPBOX      | todo.txt   | todo (phone's conflicted copy 2026-11-20).txt",
                "ONEDRIVE     | todo.txt   | todo-PHONE.txt",
                "GOOGLE_DRIVE | .hidden    | .hidden (1)",
                "ICLOUD       | todo.txt   | todo 2.txt",
                "NEXTCLOUD    | todo.txt   | todo (conflicted copy 2026-11-20 222614).txt"
            })
    void theExtensionIsKept(ConflictSpelling spelling, String path, String copy) {
        String id = Digests.shortId("laptop");
        assertThat(spelling.pathFor(conflict(path), other -> false)).isEqualTo(copy.replace("RPGCXIY", id));
    }

    @Test
    void caseConflictsAreCounted() {
        Set<String> taken = Set.of("A (Case Conflict).txt");
        assertThat(ConflictSpelling.DROPBOX.caseConflictFor("A.txt", taken::contains))
                .isEqualTo("A (Case Conflict 1).txt");
    }

    @Test
    void aToolWithoutCopiesHasNoNameForThem() {
        assertThatThrownBy(() -> ConflictSpelling.NONE.pathFor(conflict("a"), other -> false))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ConflictSpelling.Conflict conflict(String path) {
        return new ConflictSpelling.Conflict(path, AT, "laptop", "phone");
    }
}
