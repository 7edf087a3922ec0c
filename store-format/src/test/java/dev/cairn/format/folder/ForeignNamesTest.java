package dev.cairn.format.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {".syncthing.head-0.cairn.tmp", "~syncthing~abcdefghijklmnop.~.tmp"})
    void a_file_which_Syncthing_receives_or_a_device_stages_is_waited_for(String name) {
        assertThat(SharedFolder.isTemporary(name)).isTrue();
    }

    /** What a tool leaves behind under such a name may be the only copy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "head-0.cairn",
                ".head-0.cairn.Xy12ab",
                "head-0.cairn.tmp",
                ".syncthing.head-0.cairn",
                "x.syncthing.head-0.cairn.tmp",
                "~$head-0.cairn",
                "head-0.cairn.part"
            })
    void any_other_temporary_is_looked_at(String name) {
        assertThat(SharedFolder.isTemporary(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        ".head-0.cairn.icloud,head-0.cairn",
        ".x.icloud,x",
        "..icloud,",
        ".icloud,",
        "head-0.cairn.icloud,",
        ".head-0.cairn,",
    })
    void a_stub_of_iCloud_stands_for_the_name_in_it(String name, @Nullable String evicted) {
        assertThat(ForeignNames.evictedName(name)).isEqualTo(Optional.ofNullable(evicted));
    }

    @ParameterizedTest
    @CsvSource({
        "head-0.cairn,true",
        "HEAD-0 (1).CAIRN,true",
        ".head-0.cairn.icloud,true",
        "Cairn-Space.json,true",
        "my cairn-space.json,false",
        "cairn.txt,false",
    })
    void a_name_tells_of_us_whatever_became_of_its_case_and_its_ends(String name, boolean ours) {
        assertThat(ForeignNames.resemblesOurs(name)).isEqualTo(ours);
    }
}
