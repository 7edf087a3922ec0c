package dev.cairn.format.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CborTest {
    /** Examples of RFC 8949 appendix A which lie in the subset. */
    @ParameterizedTest
    @CsvSource({
        "0,00",
        "1,01",
        "10,0a",
        "23,17",
        "24,1818",
        "25,1819",
        "100,1864",
        "1000,1903e8",
        "1000000,1a000f4240",
        "1000000000000,1b000000e8d4a51000",
        "9223372036854775807,1b7fffffffffffffff",
        "-1,20",
        "-10,29",
        "-100,3863",
        "-1000,3903e7",
        "-9223372036854775808,3b7fffffffffffffff",
        "255,18ff",
        "256,190100",
        "65535,19ffff",
        "65536,1a00010000",
        "4294967295,1affffffff",
        "4294967296,1b0000000100000000"
    })
    void integers(long value, String hex) throws MalformedException {
        assertThat(new CborWriter().integer(value).toBytes().toHex()).isEqualTo(hex);
        CborReader reader = new CborReader(Bytes.hex(hex));
        assertThat(reader.integer(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(value);
        reader.end();
    }

    @Test
    void everythingElse() throws MalformedException {
        Bytes item = new CborWriter()
                .map(3)
                .key(1)
                .array(4)
                .bytes(Bytes.of(1, 2))
                .text("\u00fc")
                .bool(true)
                .nothing()
                .key(2)
                .map(1)
                .key(0)
                .array(0)
                .key(500)
                .encoded(Bytes.of(0x07))
                .toBytes();
        assertThat(item.toHex())
                .isEqualTo("a3" + "01" + "84" + "420102" + "62c3bc" + "f5" + "f6" + "02" + "a10080" + "1901f407");
        CborReader reader = new CborReader(item);
        assertThat(reader.map(3)).isEqualTo(3);
        reader.key(1);
        assertThat(reader.array(9)).isEqualTo(4);
        assertThat(reader.bytes(2)).isEqualTo(Bytes.of(1, 2));
        assertThat(reader.text(2)).isEqualTo("\u00fc");
        assertThat(reader.bool()).isTrue();
        reader.nothing();
        reader.key(2);
        assertThat(reader.skip()).isEqualTo(Bytes.hex("a10080"));
        assertThat(reader.key()).isEqualTo(500);
        assertThat(reader.unsigned(7)).isEqualTo(7);
        reader.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1800",
                "1817",
                "190000",
                "1900ff",
                "1a0000ffff",
                "1b00000000ffffffff",
                "1b8000000000000000",
                "3817",
                "3b8000000000000000",
                "5801aa",
                "5f41aaff",
                "7f6161ff",
                "9f01ff",
                "bf0101ff",
                "80" + "00",
                "c000",
                "f90000",
                "fb0000000000000000",
                "f7",
                "e0",
                "f820",
                "ff",
                "",
                "18",
                "19ff",
                "42aa",
                "62c3",
                "61ff",
                "62c080",
                "63eda080",
                "a2010101",
                "a201010101",
                "a202010101",
                "a1200100",
                "a1616101",
                "9b7fffffffffffffff",
                "bb7fffffffffffffff",
                "5b7fffffffffffffff",
                "82",
                "a2",
                "1c",
                "5e",
                "818181818181818181818181818181818100"
            })
    void everyOtherSpellingIsRefused(String hex) {
        CborReader reader = new CborReader(Bytes.hex(hex));
        assertThatThrownBy(() -> {
                    reader.skip();
                    reader.end();
                })
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void depthIsLimitedAlsoWhenEachArrayIsTheLastItem() throws MalformedException {
        CborReader deepest = new CborReader(Bytes.hex("81".repeat(Limits.CBOR_DEPTH_MAX) + "00"));
        deepest.skip();
        deepest.end();
        CborReader deeper = new CborReader(Bytes.hex("81".repeat(100_000) + "00"));
        assertThatThrownBy(deeper::skip).isInstanceOf(MalformedException.class);
        CborWriter writer = new CborWriter();
        for (int i = 0; i < Limits.CBOR_DEPTH_MAX; i++) {
            writer.array(1);
        }
        assertThatThrownBy(() -> writer.array(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new CborReader(Bytes.of(0x07)).unsigned(6)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.of(0x20)).unsigned(6)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.of(0x20)).integer(0, 6)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.hex("420102")).bytes(3)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.hex("420102")).bytes(1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.hex("820102")).array(1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new CborReader(Bytes.hex("a10102")).map(0)).isInstanceOf(MalformedException.class);
    }

    @Test
    void mistakesOfTheWriterAreBugs() {
        assertThatThrownBy(() -> new CborWriter().array(2).bool(true).toBytes())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().bool(true).bool(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().map(1).bool(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().map(2).key(1).bool(true).key(1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().map(1).key(-1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CborWriter().text("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CborWriter().unsigned(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
