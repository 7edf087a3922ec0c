package dev.cairn.replica.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.cairn.format.Bytes;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.members.Role;
import dev.cairn.replica.identity.SecretsFile.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {
    private final Random random = new Random(1);
    private final LocalSecrets secrets = Members.found("desk", 0, random).secrets();

    @TempDir
    private Path temporary;

    private SecretsFile file;

    @BeforeEach
    void chooseAPlace() throws IOException {
        file = in(temporary.resolve("state"), temporary.resolve("folder"));
    }

    private static SecretsFile in(Path state, Path folder) throws IOException {
        StateDirectory directory = ((StateDirectory.Located.Usable) StateDirectory.locate(state, folder)).directory();
        directory.create();
        return SecretsFile.in(directory);
    }

    private LocalSecrets found() throws IOException {
        assertThat(file.read()).isInstanceOf(Stored.Found.class);
        return ((Stored.Found) file.read()).secrets();
    }

    private String problem() throws IOException {
        assertThat(file.read()).isInstanceOf(Stored.Unusable.class);
        return ((Stored.Unusable) file.read()).problem();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        LocalSecrets second = secrets.withWriter(Members.randomWriter(random))
                .withEpochKeys(List.of(secrets.epochKeys().get(0), EpochKey.random(2, random)));
        file.write(second);
        LocalSecrets read = found();
        assertThat(read.space()).isEqualTo(secrets.space());
        assertThat(read.deviceName()).isEqualTo("desk");
        assertThat(read.device().publicKeys()).isEqualTo(secrets.device().publicKeys());
        assertThat(read.device().signing().seed())
                .isEqualTo(secrets.device().signing().seed());
        assertThat(read.memberLogKey()).isEqualTo(secrets.memberLogKey());
        assertThat(read.saltSecret()).isEqualTo(secrets.saltSecret());
        assertThat(read.epochKeys()).isEqualTo(second.epochKeys());
        assertThat(read.writers()).isEqualTo(second.writers());
        assertThat(read.isJoining()).isFalse();
    }

    @Test
    void anUnfinishedJoinIsKept() throws IOException {
        Founding founding = Members.found("desk", 0, random);
        Members owner = new Members(founding.secrets(), List.of(founding.genesis()));
        for (boolean approval : new boolean[] {false, true}) {
            IssuedInvite.Issued issued =
                    (IssuedInvite.Issued) owner.invite(Optional.of(Role.WRITER), approval, 0, random);
            InviteCode code = issued.code();
            file.write(Members.beginJoin(code, "téléphone", random));
            LocalSecrets read = found();
            assertThat(read.deviceName()).isEqualTo("téléphone");
            assertThat(read.joining().orElseThrow().seed()).isEqualTo(code.seed());
            assertThat(read.joining().orElseThrow().approval()).isEqualTo(approval);
        }
    }

    @Test
    void onlyItsUserMayReadIt() throws IOException {
        file.write(secrets);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("state"))))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(problem()).contains("other users may read", "chmod 600 " + file.path());
    }

    @Test
    void replacingLeavesNothingBehind() throws IOException {
        file.write(secrets);
        file.write(secrets);
        try (Stream<Path> files = Files.list(temporary.resolve("state"))) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void aMissingFileIsSaid() throws IOException {
        assertThat(file.read())
                .isInstanceOfSatisfying(
                        Stored.Missing.class,
                        missing -> assertThat(missing.problem())
                                .contains(file.path().toString(), "create or join the space"));
    }

    @Test
    void everyDamageIsNoticedAndShowsNoSecret() throws IOException {
        file.write(secrets);
        byte[] sound = Files.readAllBytes(file.path());
        for (int i = 0; i < sound.length; i++) {
            byte[] flipped = sound.clone();
            flipped[i] ^= 1;
            Files.write(file.path(), flipped);
            assertThat(problem()).as("byte " + i).contains("is damaged");
        }
        for (int size = 0; size < sound.length; size++) {
            Files.write(file.path(), Arrays.copyOf(sound, size));
            assertThat(problem()).as("size " + size).contains(file.path() + " is damaged");
        }
    }

    @Test
    void aDirectoryInItsPlaceIsSaid() throws IOException {
        Files.createDirectory(file.path());
        assertThat(problem()).contains("is not a file of keys");
    }

    @Test
    void worksOnEveryKindOfFileSystem() throws IOException {
        for (Configuration kind : List.of(Configuration.unix(), Configuration.osX(), Configuration.windows())) {
            try (FileSystem system = Jimfs.newFileSystem(kind)) {
                Path root = system.getRootDirectories().iterator().next();
                file = in(root.resolve("state"), root.resolve("folder"));
                file.write(secrets);
                assertThat(found().device().id()).isEqualTo(secrets.device().id());
            }
        }
    }

    @Test
    void noSecretIsInAText() {
        String text = String.join(
                " ",
                secrets.toString(),
                secrets.device().toString(),
                secrets.device().signing().toString(),
                secrets.device().opening().toString(),
                secrets.memberLogKey().toString(),
                secrets.epochKeys().toString(),
                file.toString());
        for (Secret secret : List.of(
                secrets.device().signing().seed(),
                secrets.device().opening().scalar(),
                secrets.memberLogKey().secret(),
                secrets.epochKeys().get(0).secret(),
                secrets.saltSecret())) {
            ByteBuffer bytes = ByteBuffer.allocate(secret.size());
            secret.writeTo(bytes);
            assertThat(text).doesNotContain(Bytes.copyOf(bytes.flip()).toHex());
        }
    }

    @Test
    void closedSecretsAreGone() {
        secrets.close();
        assertThatThrownBy(() -> SecretsCodec.encode(secrets)).isInstanceOf(IllegalStateException.class);
    }
}
