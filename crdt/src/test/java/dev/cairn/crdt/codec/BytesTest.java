package dev.cairn.crdt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the codecs write to, read from and keep bytes in. */
class BytesTest {
    private static byte[] written(ByteSink sink) {
        return Arrays.copyOf(sink.array(), sink.length());
    }

    private static ByteSource source(int... bytes) {
        byte[] array = new byte[bytes.length + 2];
        for (int i = 0; i < bytes.length; i++) {
            array[i + 1] = (byte) bytes[i];
        }
        return new ByteSource(array, 1, bytes.length + 1);
    }

    @Test
    void aSinkGrowsAndHoldsWhatWasWritten() {
        ByteSink sink = new ByteSink();
        for (int i = 0; i < 100; i++) {
            sink.octet(i);
        }
        sink.bytes(new byte[] {9, 8, 7, 6}, 1, 2);
        ByteBuffer buffer = ByteBuffer.wrap(new byte[300], 100, 200);
        sink.bytes(buffer);
        assertThat(buffer.remaining()).as("the buffer stays as it was").isEqualTo(200);
        assertThat(sink.length()).isEqualTo(302);
        assertThat(written(sink)).startsWith(0, 1, 2).containsSequence(98, 99, 8, 7, 0, 0);
        assertThat(sink.copy()).isEqualTo(ByteBuffer.wrap(written(sink)));
        assertThat(sink.copy().isReadOnly()).isTrue();
        sink.truncate(3);
        assertThat(written(sink)).containsExactly(0, 1, 2);
    }

    @Test
    void whatWasWrittenIsMovedAndOverwritten() {
        ByteSink sink = new ByteSink();
        sink.octet(1);
        sink.varint(300);
        sink.octet(9);
        sink.move(3, 4);
        assertThat(sink.length()).isEqualTo(5);
        assertThat(sink.setVarint(sink.setOctet(0, 2), 1 << 14)).isEqualTo(4);
        assertThat(written(sink)).containsExactly(2, 0x80, 0x80, 1, 9);
        sink.move(4, 1);
        assertThat(written(sink)).containsExactly(2, 9);
        for (int i = sink.length(); i < 64; i++) {
            sink.octet(7);
        }
        sink.move(1, 100);
        assertThat(sink.length()).isEqualTo(163);
        assertThat(written(sink)).startsWith(2).endsWith(7);
        assertThat(sink.array()[100]).isEqualTo((byte) 9);
    }

    @Test
    void theLengthOfAVarintIsKnownBefore() {
        for (int number : new int[] {0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 1 << 30}) {
            ByteSink sink = new ByteSink();
            sink.varint(number);
            assertThat(ByteSink.varintLength(number)).as("of " + number).isEqualTo(sink.length());
        }
        assertThat(ByteSink.varintLength(Integer.MAX_VALUE)).isEqualTo(5);
    }

    @Test
    void numbersComeBackAsTheyWereWritten() {
        for (long number :
                new long[] {0, 1, -1, 63, 64, -64, -65, 127, 128, 16383, 16384, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteSink sink = new ByteSink();
            sink.varint(number);
            sink.zigzag(number);
            sink.fixed(number);
            ByteSource source = new ByteSource(written(sink), 0, sink.length());
            assertThat(source.varint()).isEqualTo(number);
            assertThat(source.zigzag()).isEqualTo(number);
            assertThat(source.fixed()).isEqualTo(number);
            source.requireEnd();
        }
    }

    @Test
    void numbersAreWrittenShortAndBigEndian() {
        ByteSink sink = new ByteSink();
        sink.varint(300);
        sink.zigzag(-2);
        sink.fixed(0x0102030405060708L);
        sink.string("a\u00e4");
        assertThat(written(sink)).containsExactly(0xac, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 3, 'a', 0xc3, 0xa4);
    }

    @Test
    void aSourceReadsBetweenItsIndexesOnly() {
        ByteSource source = source(7, 200, 1);
        assertThat(source.octet()).isEqualTo(7);
        assertThat(source.octet()).isEqualTo(200);
        assertThatThrownBy(source::requireEnd).hasMessage("1 bytes too many");
        assertThat(source.octet()).isOne();
        source.requireEnd();
        assertThatThrownBy(source::octet)
                .isInstanceOf(MalformedOperationsException.class)
                .hasMessage("1 bytes are cut off");
    }

    @Test
    void aCountOfThingsFitsIntoWhatFollows() {
        assertThat(source(2, 0, 0, 0, 0).count(2)).isEqualTo(2);
        assertThatThrownBy(() -> source(3, 0, 0, 0, 0, 0).count(2)).hasMessage("3 things in 5 bytes");
        assertThat(source(0).count(9)).isZero();
    }

    @Test
    void aFlagIsNoOrYes() {
        assertThat(source(0).flag()).isFalse();
        assertThat(source(1).flag()).isTrue();
        assertThatThrownBy(() -> source(2).flag()).hasMessage("a flag of 2");
    }

    @Test
    void textIsPassedOverIfItIsUtf8() {
        ByteSource source = source('a', 0xc3, 0xa4, 'b');
        assertThat(source.text(3)).isOne();
        assertThat(source.text(1)).isEqualTo(4);
        assertThat(source.text(0)).isEqualTo(5);
        assertThatThrownBy(() -> source('a', 0xc3, 0xa4).text(2)).hasMessage("invalid UTF-8");
        assertThatThrownBy(() -> source('a').text(2)).hasMessage("2 bytes are cut off");
    }

    @Test
    void aValueIsPassedOverAndOnlyAnElementMayBeAContainer() {
        ByteSource source = source(3, 2, 0x12);
        assertThat(source.value(false)).isOne();
        assertThat(source.value(true)).isEqualTo(3);
        source.requireEnd();
        assertThatThrownBy(() -> source(0x12).value(false)).hasMessageContaining("unknown value tag 18");
    }

    @Test
    void aNumberBelow2To31IsNoMore() {
        assertThat(source(0xff, 0xff, 0xff, 0xff, 7).varint31()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> source(0x80, 0x80, 0x80, 0x80, 8).varint31()).hasMessageContaining("beyond 2^31");
        assertThatThrownBy(() -> source().varint31()).hasMessageContaining("cut off");
    }

    @Test
    void aLogKeepsEveryStringWhereverThePagesEnd() {
        ByteLog log = new ByteLog();
        List<Integer> addresses = new ArrayList<>();
        int[] lengths = {
            0, 1, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, 5, (1 << 22) + 3, 0, 7, 100_000, 1 << 19, 1 << 19
        };
        for (int i = 0; i < lengths.length; i++) {
            byte[] bytes = new byte[lengths[i] + 2];
            Arrays.fill(bytes, (byte) (i + 1));
            addresses.add(
                    i % 2 == 0 ? log.append(bytes, 1, lengths[i]) : log.append(ByteBuffer.wrap(bytes), 1, lengths[i]));
        }
        for (int i = 0; i < lengths.length; i++) {
            int offset = log.offset(addresses.get(i));
            byte[] found = Arrays.copyOfRange(log.array(addresses.get(i)), offset, offset + lengths[i]);
            byte[] expected = new byte[lengths[i]];
            Arrays.fill(expected, (byte) (i + 1));
            assertThat(Arrays.equals(found, expected)).as("string %d", i).isTrue();
        }
    }

    @Test
    void shortStringsShareAPageAndAPageIsFullToItsLastByte() {
        ByteLog log = new ByteLog();
        int first = log.allocate(10);
        int second = log.allocate(4086);
        int third = log.allocate(1);
        assertThat(second - first).isEqualTo(10);
        assertThat(log.array(second)).isSameAs(log.array(first)).hasSize(4096);
        assertThat(log.array(third)).isNotSameAs(log.array(first)).hasSize(8192);
    }

    @Test
    void aLogHoldsNoMoreThanItsAddressesReach() {
        ByteLog log = new ByteLog();
        assertThatThrownBy(() -> log.allocate(Integer.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 GiB");
    }

    @Test
    void aNameIsOneTo1024BytesOfUtf8() {
        assertThat(Utf8.name("n")).containsExactly('n');
        assertThat(Utf8.name("\u00e4".repeat(512))).hasSize(1024);
        assertThatThrownBy(() -> Utf8.name("n".repeat(1025))).hasMessageContaining("found 1025");
        assertThatThrownBy(() -> Utf8.name("")).hasMessageContaining("found 0");
        assertThatThrownBy(() -> Utf8.name("ab\ud800c")).hasMessageContaining("lone surrogate, found one at index 2");
        assertThatThrownBy(() -> Utf8.name("\udfff")).hasMessageContaining("index 0");
        assertThat(Utf8.bytes("\ud83d\ude00\uffff\ud7ff\ue000")).hasSize(13);
    }

    @Test
    void typesHaveTheirNumbers() {
        for (ContainerType type : ContainerType.values()) {
            assertThat(ContainerType.of(type.number())).isSameAs(type);
            assertThat(ContainerType.exists(type.number())).isTrue();
        }
        assertThat(ContainerType.MAP.number()).isZero();
        assertThat(ContainerType.REGISTER.number()).isEqualTo(6);
        assertThat(ContainerType.exists(7)).isFalse();
    }
}
