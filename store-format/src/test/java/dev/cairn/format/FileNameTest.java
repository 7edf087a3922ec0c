package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNameTest {
    private static final WriterId WRITER = new WriterId(1, 2);
    private static final String DIRECTORY = "devices/aaaaaaaaaaaacaaaaaaaaaaaai/";

    @Test
    void carriesKindOrdinalAndDigest() {
        FileName name = FileName.Numbered.of(FileKind.SEGMENT, 42, Bytes.utf8("abc"));
        assertThat(name.text())
                .isEqualTo("c0000000042-ba7816bf8f01cfea4141.cairn")
                .hasSize(38);
        assertThat(name.path(WRITER)).isEqualTo(DIRECTORY + "changes/0000/c0000000042-ba7816bf8f01cfea4141.cairn");
    }

    @Test
    void fansOutByOrdinal() {
        String digest = "0123456789abcdef0123";
        assertThat(new FileName.Numbered(FileKind.SEGMENT, 1023, digest).pathInWriterDirectory())
                .startsWith("changes/0000/");
        assertThat(new FileName.Numbered(FileKind.SEGMENT, 1024, digest).pathInWriterDirectory())
                .startsWith("changes/0001/");
        assertThat(new FileName.Numbered(FileKind.BLOB_PACK, Limits.ORDINAL_MAX, digest).pathInWriterDirectory())
                .startsWith("blobs/9765624/b9999999999-");
        assertThat(new FileName.Numbered(FileKind.MEMBER_ENTRY, 5000, digest).pathInWriterDirectory())
                .isEqualTo("keys/e0000005000-0123456789abcdef0123.cairn");
    }

    @Test
    void headsAndElectionFilesHaveFixedNames() {
        assertThat(new FileName.HeadSlot(1).path(WRITER)).isEqualTo(DIRECTORY + "head-1.cairn");
        assertThat(new FileName.Election(FileKind.VOTE).path(WRITER)).isEqualTo(DIRECTORY + "vote.cairn");
        assertThat(FileName.parse("claim.cairn")).contains(new FileName.Election(FileKind.CLAIM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0000000042-ba7816bf8f01cfea4141.CAIRN",
                "C0000000042-ba7816bf8f01cfea4141.cairn",
                "c0000000042-BA7816BF8F01CFEA4141.cairn",
                "c0000000042-ba7816bf8f01cfea4141 (1).cairn",
                "c0000000042-ba7816bf8f01cfea4141.sync-conflict-20260101-120000-ABCDEFG.cairn",
                "c0000000042-ba7816bf8f01cfea4141.cairn\n",
                "c0000000042-ba7816bf8f01cfea414.cairn",
                "c000000042-ba7816bf8f01cfea4141.cairn",
                "c0000000000-ba7816bf8f01cfea4141.cairn",
                "z0000000042-ba7816bf8f01cfea4141.cairn",
                "head-2.cairn",
                "head-0.cairn.tmp",
                "Vote.cairn",
                "changes.cairn"
            })
    void everythingElseIsNoName(String text) {
        assertThat(FileName.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai/",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai/x/head-0.cairn",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaaj/head-0.cairn",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai/changes/0001/c0000000042-ba7816bf8f01cfea4141.cairn",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai/changes/c0000000042-ba7816bf8f01cfea4141.cairn",
                "devices/aaaaaaaaaaaacaaaaaaaaaaaai/../head-0.cairn",
                "/devices/aaaaaaaaaaaacaaaaaaaaaaaai/head-0.cairn",
                "Devices/aaaaaaaaaaaacaaaaaaaaaaaai/head-0.cairn"
            })
    void everyOtherPathIsNoPlace(String path) {
        assertThat(FileName.parsePath(path)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    void everyKindHasItsPlace(FileKind kind) {
        FileName name = kind.numbered()
                ? new FileName.Numbered(kind, 7, "0123456789abcdef0123")
                : kind.election() ? new FileName.Election(kind) : new FileName.HeadSlot(0);
        assertThat(FileName.parsePath(name.path(WRITER))).contains(new FileName.Place(WRITER, name));
        assertThat(FileKind.ofCode(kind.code())).contains(kind);
    }

    @Test
    void partsAreChecked() {
        assertThatThrownBy(() -> new FileName.Numbered(FileKind.HEAD, 1, "0123456789abcdef0123"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileName.Numbered(FileKind.SEGMENT, 0, "0123456789abcdef0123"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileName.Numbered(FileKind.SEGMENT, 1, "../../../../../../x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileName.Election(FileKind.SEGMENT)).isInstanceOf(IllegalArgumentException.class);
    }
}
