package dev.cairn.format.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.crypto.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemberEntryTest {
    private static final Acts ACTS = new Acts(1);

    static IntStream types() {
        return IntStream.rangeClosed(1, Acts.TYPES);
    }

    @ParameterizedTest
    @MethodSource("types")
    void anEntryOfEachTypeIsReadAsItWasWritten(int type) throws MalformedException {
        MemberEntry entry = ACTS.entry(type);
        MemberEntry read = MemberEntry.parse(entry.encoded());
        assertThat(read).isEqualTo(entry);
        assertThat(read.content()).isEqualTo(entry.content());
        assertThat(read.act().type()).isEqualTo(type);
        assertThat(read.encoded()).isEqualTo(entry.encoded());
        assertThat(read.content().encode().sha256()).isEqualTo(entry.id().bytes());
        assertThat(read.signedBy(0, ACTS.device().signing().verifyingKey())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aShortenedEntryIsRefusedAtEveryLength(int type) {
        Bytes entry = ACTS.entry(type).encoded();
        for (int size = 0; size < entry.size(); size++) {
            Bytes shortened = entry.slice(0, size);
            assertThatThrownBy(() -> MemberEntry.parse(shortened)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> MemberEntry.parse(Bytes.concat(entry, Bytes.of(0))))
                .isInstanceOf(MalformedException.class);
    }

    /** What is accepted is canonical: it has exactly one encoding, the one that was read. */
    @ParameterizedTest
    @MethodSource("types")
    void aChangedByteIsRefusedOrMakesAnotherEntryInItsOnlyForm(int type) {
        MemberEntry entry = ACTS.entry(type);
        byte[] bytes = entry.encoded().toArray();
        Random random = new Random(type);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Bytes input = Bytes.owning(changed);
            try {
                MemberEntry read = MemberEntry.parse(input);
                assertThat(read.encoded()).isEqualTo(input);
                boolean sameBody = read.id().equals(entry.id());
                assertThat(sameBody
                                && read.signedBy(0, ACTS.device().signing().verifyingKey())
                                && (read.act().signatures() == 1))
                        .as("byte " + at + " is signed")
                        .isFalse();
                if (!(read.act() instanceof MemberAct.Unknown)) {
                    assertThat(read.content().encode().sha256())
                            .as("byte " + at)
                            .isEqualTo(read.id().bytes());
                }
            } catch (MalformedException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aSpaceIsNamedByTheHashOfItsGenesis() {
        MemberEntry genesis = ACTS.entry(1);
        assertThat(genesis.space()).isEqualTo(SpaceId.of(genesis.id().bytes().slice(0, 16)));
    }

    @Test
    void anotherSignatureOverTheSameBodyIsTheSameEntry() throws MalformedException {
        MemberEntry entry = ACTS.entry(10);
        MemberEntry resigned = entry.content().sign(SigningKey.random(new Random(5)));
        assertThat(resigned.id()).isEqualTo(entry.id());
        assertThat(resigned).isNotEqualTo(entry);
        assertThat(MemberEntry.parse(resigned.encoded())
                        .signedBy(0, ACTS.device().signing().verifyingKey()))
                .isFalse();
    }

    @Test
    void anActOfANewerVersionIsUnknownAndNotRefused() throws MalformedException {
        assertThat(parsed(body(99, new CborWriter().map(0).toBytes()), 1).act()).isEqualTo(new MemberAct.Unknown(99));
        Bytes decline = new CborWriter()
                .map(2)
                .key(1)
                .bytes(Bytes.owning(new byte[32]))
                .key(127)
                .unsigned(1)
                .toBytes();
        assertThat(parsed(body(10, decline), 1).act())
                .as("a field to be understood")
                .isEqualTo(new MemberAct.Unknown(10));
        Bytes ignorable = new CborWriter()
                .map(2)
                .key(1)
                .bytes(Bytes.owning(new byte[32]))
                .key(128)
                .unsigned(1)
                .toBytes();
        assertThat(parsed(body(10, ignorable), 1).act())
                .as("a field to be ignored")
                .isInstanceOf(MemberAct.Decline.class);
    }

    @Test
    void wrongShapesAreRefused() {
        Bytes decline =
                new CborWriter().map(1).key(1).bytes(Bytes.owning(new byte[32])).toBytes();
        assertThatThrownBy(() -> parsed(body(10, decline), 2))
                .as("a signature too many")
                .hasMessageContaining("2 signatures");
        assertThatThrownBy(() -> parsed(body(10, decline), 0))
                .as("no signature")
                .hasMessageContaining("0 signatures");
        assertThatThrownBy(() -> parsed(body(10, new CborWriter().map(0).toBytes()), 1))
                .hasMessageContaining("field 1 is missing");
    }

    @Test
    void keysOfAnotherDeviceAreRefused() {
        MemberEntry join = ACTS.entry(7);
        EntryContent content = join.content();
        EntryContent stolen = new EntryContent(
                content.space(),
                new Acts(9).device().id(),
                content.parents(),
                content.height(),
                content.wallMillis(),
                content.act());
        Bytes encoded = stolen.sign(ACTS.signers(content.act())).encoded();
        assertThatThrownBy(() -> MemberEntry.parse(encoded)).hasMessageContaining("does not belong to the keys");
    }

    @Test
    void namesAreCheckedOnBothSides() {
        for (String name : List.of("", "line\nbreak", "x".repeat(129), "bell\u0007", "c1\u0085")) {
            assertThatThrownBy(() -> new MemberAct.Join(
                            new EntryId(Bytes.owning(new byte[32])),
                            ACTS.device().publicKeys(),
                            name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEntryHasSixteenParentsAtMost() {
        List<EntryId> parents = IntStream.range(0, 17)
                .mapToObj(i -> new EntryId(Bytes.of(i).sha256()))
                .toList();
        assertThatThrownBy(() -> new EntryContent(
                        Optional.of(SpaceId.of(Bytes.owning(new byte[16]))),
                        ACTS.device().id(),
                        parents,
                        2,
                        0,
                        ACTS.act(10)))
                .hasMessageContaining("17 parents");
    }

    private static Bytes body(int type, Bytes act) {
        CborWriter writer = new CborWriter().map(7).key(1).unsigned(type);
        writer.key(2).bytes(Bytes.owning(new byte[16]));
        writer.key(3).bytes(ACTS.device().id().bytes());
        writer.key(4).array(1).bytes(Bytes.owning(new byte[32]));
        writer.key(5).unsigned(2).key(6).integer(-1).key(7).encoded(act);
        return writer.toBytes();
    }

    private static MemberEntry parsed(Bytes body, int signatures) throws MalformedException {
        CborWriter writer = new CborWriter().map(2).key(1).bytes(body).key(2).array(signatures);
        for (int i = 0; i < signatures; i++) {
            writer.bytes(Bytes.owning(new byte[64]));
        }
        return MemberEntry.parse(writer.toBytes());
    }
}
