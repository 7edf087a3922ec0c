package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChangeRunTest {
    private static final SpaceId SPACE = new SpaceId(1, 1);
    private static final WriterId WRITER = new WriterId(2, 2);
    private static final WriterId OTHER = new WriterId(3, 3);
    private static final ChainPoint ORIGIN = ChainPoint.origin(SPACE, WRITER, Bytes.hex("11".repeat(32)));

    @Test
    void knownBytesOfOneChange() throws MalformedException {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        builder.add(new Change(
                5, -3, List.of(new ChangeRef(OTHER, 300, 0x0102030405060708L)), Optional.of("hi"), Bytes.of(9, 8, 7)));
        ChangeRun run = builder.build();
        String change = "05" + "05" + "01" + "00".repeat(7) + "03" + "00".repeat(7) + "03" + "ac02" + "0102030405060708"
                + "02" + "6869" + "090807";
        assertThat(run.changes().toHex()).isEqualTo(change);
        Bytes hashed = Bytes.concat(
                Bytes.utf8("cairn/v1/change"),
                ORIGIN.hash(),
                Bytes.of(0, 0, 0, change.length() / 2),
                Bytes.hex(change));
        assertThat(run.chainHash(0)).isEqualTo(hashed.sha256());
        assertThat(ChangeRun.read(WRITER, ORIGIN, run.changes(), new int[] {change.length() / 2}))
                .isEqualTo(run);
    }

    @Test
    void chainStartsFromSpaceWriterAndDevice() {
        Bytes start =
                Bytes.concat(Bytes.utf8("cairn/v1/chain"), SPACE.bytes(), WRITER.bytes(), Bytes.hex("11".repeat(32)));
        assertThat(ORIGIN).isEqualTo(new ChainPoint(0, start.sha256(), 0, 0));
    }

    @Test
    void aChangeMustFollowTheOneBefore() {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        builder.add(plain(7));
        assertThatThrownBy(() -> builder.add(plain(7))).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.size()).isEqualTo(1);
        assertThat(builder.add(plain(8))).isEqualTo(2);
    }

    @Test
    void anOversizeChangeIsRefusedAndLeavesNoTrace() {
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        builder.add(plain(1));
        ChainPoint before = builder.after();
        Change large = new Change(2, 0, List.of(), Optional.empty(), Bytes.owning(new byte[Limits.CHANGE_BYTES_MAX]));
        assertThatThrownBy(() -> builder.add(large)).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.after()).isEqualTo(before);
        assertThat(builder.changeBytes()).isEqualTo(builder.build().changeBytes());
    }

    @Test
    void parentsAreSortedAndOfOthers() {
        ChangeRef one = new ChangeRef(new WriterId(-1, 0), 1, 0);
        ChangeRef two = new ChangeRef(new WriterId(1, 0), 1, 0);
        assertThatThrownBy(() -> new Change(1, 0, List.of(one, two), Optional.empty(), Bytes.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        ChangeRun.Builder builder = ChangeRun.builder(WRITER, ORIGIN);
        Change own = new Change(1, 0, List.of(new ChangeRef(WRITER, 1, 0)), Optional.empty(), Bytes.empty());
        assertThatThrownBy(() -> builder.add(own)).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.add(new Change(1, 0, List.of(two, one), Optional.empty(), Bytes.empty())))
                .isEqualTo(1);
    }

    private static Change plain(long lamport) {
        return new Change(lamport, 0, List.of(), Optional.empty(), Bytes.of(1));
    }
}
