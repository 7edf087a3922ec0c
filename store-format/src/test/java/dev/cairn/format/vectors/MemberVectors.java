package dev.cairn.format.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.SealingKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.InviteKeys;
import dev.cairn.format.keys.SafetyWords;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.MemberEntryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors of keys, entries and the member log; written anew like those of {@link FormatVectors}. */
final class MemberVectors {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("cairn.vectors", "vectors")).toAbsolutePath();

    private static List<VectorFile> generated() {
        List<VectorFile> all = new ArrayList<>(MemberKeyCatalog.vectors());
        all.addAll(MemberEntryCatalog.vectors());
        all.addAll(MemberLogCatalog.vectors());
        return all;
    }

    private static Path path(VectorFile vector) {
        return DIRECTORY.resolve(vector.path() + ".vec");
    }

    @Test
    void generatingThemAgainGivesTheSameFiles() throws IOException {
        TreeSet<Path> expected = new TreeSet<>();
        for (VectorFile vector : generated()) {
            assertThat(expected.add(path(vector)))
                    .as("one vector " + vector.path())
                    .isTrue();
            if (Boolean.getBoolean("cairn.vectors.write")) {
                Files.createDirectories(path(vector).getParent());
                Files.writeString(path(vector), vector.text());
            }
            assertThat(path(vector)).hasContent(vector.text());
        }
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("members"))) {
            assertThat(new TreeSet<>(files.toList())).isEqualTo(expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachGivesItsOutcome() {
        return generated().stream()
                .map(generated -> DynamicTest.dynamicTest(generated.path(), () -> {
                    VectorFile vector = VectorFile.parse(generated.path(), Files.readString(path(generated)));
                    assertThat(outcome(vector)).isEqualTo(vector.field("expect"));
                }));
    }

    private static String outcome(VectorFile vector) throws MalformedException {
        return switch (vector.field("read")) {
            case "device_id" -> keys(vector.payload()).id().toString();
            case "invite_keys" -> inviteKeys(vector);
            case "safety_words" -> safetyWords(vector.payload());
            case "sealed_epoch_key" -> sealedKey(vector);
            case "invite_code" -> inviteCode(vector);
            case "member_entry" -> entry(vector);
            case "member_file" -> file(vector);
            case "member_log" -> MemberLogCatalog.outcome(vector);
            default -> throw new IllegalArgumentException(vector.path() + ": " + vector.field("read"));
        };
    }

    private static DevicePublic keys(Bytes both) {
        return new DevicePublic(
                VerifyingKey.of(both.slice(0, 32)).orElseThrow(),
                SealingKey.of(both.slice(32)).orElseThrow());
    }

    private static String inviteKeys(VectorFile vector) {
        InviteKeys keys = InviteKeys.of(Secret.copyOf(vector.payload()));
        return keys.publicKeys().signing().bytes().toHex() + " "
                + keys.publicKeys().sealing().bytes().toHex() + " " + keys.id();
    }

    private static String safetyWords(Bytes ids) {
        return SafetyWords.of(
                        DeviceId.of(ids.slice(0, 16)), DeviceId.of(ids.slice(16, 32)), new InviteId(ids.slice(32)))
                .toString();
    }

    private static String sealedKey(VectorFile vector) {
        SealedEpochKey sealed = new SealedEpochKey(
                Integer.parseInt(vector.field("epoch")), Bytes.hex(vector.field("check")), vector.payload());
        OpeningKey scalar = new OpeningKey(Secret.copyOf(Bytes.hex(vector.field("scalar"))));
        return sealed.open(Bytes.hex(vector.field("recipient")), scalar)
                .map(key -> MemberKeyCatalog.hex(key.secret()))
                .orElse("refused");
    }

    private static String inviteCode(VectorFile vector) {
        String text = new String(vector.payload().toArray(), StandardCharsets.UTF_8);
        if (!(InviteCode.parse(text) instanceof InviteCode.Parsed.Valid valid)) {
            return "refused";
        }
        assertThat(valid.code().space().toString()).isEqualTo(vector.field("space"));
        assertThat(MemberKeyCatalog.hex(valid.code().memberLogKey().secret()))
                .isEqualTo(vector.field("member log key"));
        assertThat(MemberKeyCatalog.hex(valid.code().seed())).isEqualTo(vector.field("seed"));
        return valid.code().approval() ? "approval" : "open";
    }

    private static String entry(VectorFile vector) {
        try {
            MemberEntry entry = MemberEntry.parse(vector.payload());
            assertThat(entry.id().toString()).isEqualTo(vector.field("id"));
            return entry.act() instanceof MemberAct.Unknown ? "newer" : "accepted";
        } catch (MalformedException e) {
            return "refused";
        }
    }

    private static String file(VectorFile vector) {
        EpochKey key = new EpochKey(0, Secret.copyOf(Bytes.hex(vector.field("member log key"))));
        SpaceId space = SpaceId.parse(vector.field("space")).orElseThrow();
        return MemberEntryFile.read(vector.payload(), space, KeyRing.of(key)).code();
    }
}
