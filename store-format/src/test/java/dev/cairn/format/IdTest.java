package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class IdTest {
    @Test
    void isPrintedInLowerCaseBase32() {
        WriterId id = WriterId.of(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        assertThat(id).hasToString("aaaqeayeaudaocajbifqydiob4");
        assertThat(WriterId.parse("aaaqeayeaudaocajbifqydiob4")).contains(id);
        assertThat(new SpaceId(-1, -1)).hasToString("77777777777777777777777774");
    }

    @Test
    void hasOneSpellingOnly() {
        assertThat(DeviceId.parse("AAAQEAYEAUDAOCAJBIFQYDIOB4")).isEmpty();
        assertThat(DeviceId.parse("aaaqeayeaudaocajbifqydiob5")).isEmpty();
        assertThat(DeviceId.parse("aaaqeayeaudaocajbifqydiob")).isEmpty();
        assertThat(DeviceId.parse("aaaqeayeaudaocajbifqydiob4=")).isEmpty();
        assertThat(DeviceId.parse("aaaqeayeaudaocajbifqydio14")).isEmpty();
    }

    @Test
    void hasSixteenBytes() {
        assertThatThrownBy(() -> SpaceId.of(Bytes.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
    }
}
