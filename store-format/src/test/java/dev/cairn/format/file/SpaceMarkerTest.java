package dev.cairn.format.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.file.ReadOutcome.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpaceMarkerTest {
    private static final SpaceMarker MARKER =
            new SpaceMarker(SpaceId.of(Bytes.hex("000102030405060708090a0b0c0d0e0f")));

    @Test
    void isOneLineOfJson() {
        assertThat(MARKER.encode())
                .isEqualTo(Bytes.utf8("{\"format\":\"cairn\",\"major\":1,\"space\":\"aaaqeayeaudaocajbifqydiob4\"}\n"));
        assertThat(SpaceMarker.read(MARKER.encode())).isEqualTo(new Verified<>(MARKER));
    }

    @Test
    void everyTruncationIsIncomplete() {
        Bytes whole = MARKER.encode();
        for (int size = 0; size < whole.size() - 2; size++) {
            assertThat(SpaceMarker.read(whole.slice(0, size)).code())
                    .as(size + " bytes")
                    .isEqualTo("incomplete");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'format':'cairn','major':1,'space':'aaaqeayeaudaocajbifqydiob4','more':[1]} | verified",
                "{'format':'cairn','major':2,'space':'aaaqeayeaudaocajbifqydiob4'} | too_new",
                "{'format':'cairn','major':0,'space':'aaaqeayeaudaocajbifqydiob4'} | malformed",
                "{'format':'cairn','space':'aaaqeayeaudaocajbifqydiob4'} | malformed",
                "{'format':'cairn','major':1,'space':'AAAQEAYEAUDAOCAJBIFQYDIOB4'} | malformed",
                "{'format':'cairn','major':1} | malformed",
                "{'format':'other','major':1} | not_ours",
                "{'format':'cairn','format':'cairn','major':1} | not_ours",
                "[] | not_ours",
                "hello | not_ours",
                "{'format':'cairn','major':1,'space':'aaaqeayeaudaocajbifqydiob4'} x | not_ours"
            })
    void anythingElseHasItsOutcome(String text, String code) {
        assertThat(SpaceMarker.read(Bytes.utf8(text.replace('\'', '"'))).code()).isEqualTo(code);
    }

    @Test
    void aLargeFileIsRefusedUnread() {
        assertThat(SpaceMarker.read(Bytes.owning(new byte[5000])).code()).isEqualTo("too_large");
    }
}
