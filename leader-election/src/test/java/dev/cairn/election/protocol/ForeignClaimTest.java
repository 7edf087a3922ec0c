package dev.cairn.election.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@code leader.lock} of another program says, SPEC section 23.1. */
final class ForeignClaimTest {
    private static ForeignClaim claim(String text) {
        return ForeignClaim.of(Map.of("leader.lock", text)).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "phone since 1970-01-01T00:00:02Z, 2000",
        "phone since 1970-01-01T01:00:02.5+01:00 or so, 2500",
        "phone since 1970-01-01T00:01Z, 60000",
        "phone 1700000000123, 1700000000123",
        "phone 1700000000, 1700000000000",
        "phone 1700000001 and later 1600000000, 1700000001000",
        "phone 1970-02-31T00:00:00Z and 1700000000, 1700000000000",
        "phone 17000000001234, ",
        "phone 170000000, ",
        "phone, "
    })
    void theFirstMomentInItIsItsStart(String text, Long millis) {
        assertThat(claim(text).sinceMillis()).isEqualTo(Optional.ofNullable(millis));
    }

    @Test
    void theEarlierMomentGoesFirstThenTheSmallerTextAndWithoutOneItIsLast() {
        List<String> order = List.of("b 1700000000", "a 1700000001", "c 1700000001", "A", "a");
        for (int i = 0; i < 20; i++) {
            List<String> shuffled = new ArrayList<>(order);
            Collections.rotate(shuffled, i);
            Map<String, String> files = new TreeMap<>();
            shuffled.forEach(text -> files.put("leader (" + shuffled.indexOf(text) + ").lock", text));
            assertThat(ForeignClaim.of(files)).extracting(ForeignClaim::text).isEqualTo(order);
        }
    }

    @Test
    void equalTextsAreOneClaimWhateverIsAroundThem() {
        List<ForeignClaim> claims =
                ForeignClaim.of(Map.of("leader.lock", "phone\nof Ann", "copy", "\n phone\nof Ann \n"));
        assertThat(claims).hasSize(1);
        assertThat(claims.get(0).files()).isEqualTo(Set.of("copy", "leader.lock"));
        assertThat(claims.get(0).leader()).isEqualTo("phone");
    }

    @Test
    void anEmptyFileNamesNobody() {
        assertThat(claim(" \n").leader()).isEmpty();
        assertThat(ForeignClaim.of(Map.of())).isEmpty();
    }
}
