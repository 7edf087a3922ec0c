package dev.cairn.crdt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is typed or deleted one by one is one instruction, with the bytes that it would have had at once. */
class OperationWriterTest {
    /** Where the count or the position takes another byte. */
    private static final int[] SIZES = {1, 14, 15, 16, 142, 143, 144, 16_398, 16_399, 16_400};

    private static final int[] POSITIONS = {0, 1, 127, 128, 16_383, 16_384};

    private static byte[] written(OperationWriter writer) {
        return Arrays.copyOf(writer.sink().array(), writer.sink().length());
    }

    @Test
    void typing() {
        for (int position : POSITIONS) {
            for (int size : SIZES) {
                OperationWriter oneByOne = new OperationWriter();
                OperationWriter atOnce = new OperationWriter();
                atOnce.insert(position, size);
                for (int i = 0; i < size; i++) {
                    oneByOne.insertOn(position + i, 1);
                    oneByOne.sink().octet(i);
                    atOnce.sink().octet(i);
                }
                assertThat(written(oneByOne)).isEqualTo(written(atOnce));
            }
        }
    }

    @Test
    void backspaces() {
        for (int position : POSITIONS) {
            for (int size : SIZES) {
                OperationWriter oneByOne = new OperationWriter();
                OperationWriter atOnce = new OperationWriter();
                atOnce.delete(position, size);
                for (int i = size - 1; i >= 0; i--) {
                    oneByOne.deleteOn(position + i, 1);
                }
                assertThat(written(oneByOne)).isEqualTo(written(atOnce));
            }
        }
    }

    @Test
    void anotherPlaceIsAnotherInstruction() {
        OperationWriter writer = new OperationWriter();
        writer.insertOn(3, 1);
        writer.sink().octet('a');
        writer.insertOn(3, 1);
        writer.sink().octet('b');
        writer.deleteOn(9, 2);
        writer.endInstruction();
        writer.deleteOn(9, 2);
        OperationWriter plain = new OperationWriter();
        plain.insert(3, 1);
        plain.sink().octet('a');
        plain.insert(3, 1);
        plain.sink().octet('b');
        plain.delete(9, 2);
        plain.delete(9, 2);
        assertThat(written(writer)).isEqualTo(written(plain));
    }
}
