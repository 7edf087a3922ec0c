package dev.cairn.crdt.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueTest {

    @Test
    void bytesAreACopyAndPrintAsBase64() {
        byte[] mine = {1, 2, (byte) 0xff};
        Value.Blob blob = (Value.Blob) Value.of(mine);
        mine[0] = 9;
        assertThat(blob).hasToString("AQL/").isEqualTo(Value.of(ByteBuffer.wrap(new byte[] {1, 2, (byte) 0xff})));
        assertThat(blob.bytes().isReadOnly()).isTrue();
        blob.bytes().get();
        assertThat(blob.bytes().remaining()).isEqualTo(3);
    }

    @Test
    void whatIsNoScalarIsToldWhatToDo() {
        assertThatThrownBy(() -> Value.of(List.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("List")
                .hasMessageEndingWith("maps, lists and texts are made by the editors' map, list and text");
    }
}
