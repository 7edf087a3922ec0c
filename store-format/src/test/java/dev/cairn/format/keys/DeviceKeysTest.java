package dev.cairn.format.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceKeysTest {
    private final DeviceKeys keys = DeviceKeys.random(new Random(1));

    @Test
    void theIdIsTheBeginningOfTheHashOfBothKeys() {
        Bytes hashed = Bytes.concat(
                Bytes.utf8("cairn/v1/device"),
                keys.publicKeys().signing().bytes(),
                keys.publicKeys().sealing().bytes());
        assertThat(keys.id()).isEqualTo(DeviceId.of(hashed.sha256().slice(0, 16)));
    }

    @Test
    void closedKeysAreGone() {
        keys.close();
        assertThatThrownBy(() -> keys.signing().sign(Bytes.of(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.opening().scalar().copy()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTheIdIsShown() {
        assertThat(keys.toString()).isEqualTo("DeviceKeys[" + keys.id() + "]");
    }

    @Test
    void anEpochKeyIsSealedToOneRecipient() {
        EpochKey key = EpochKey.random(7, new Random(2));
        SealedEpochKey sealed =
                SealedEpochKey.seal(key, keys.id().bytes(), keys.publicKeys().sealing(), new Random(3));
        assertThat(sealed.open(keys.id().bytes(), keys.opening())).contains(key);
        assertThat(sealed.open(Bytes.owning(new byte[16]), keys.opening())).isEmpty();
        DeviceKeys other = DeviceKeys.random(new Random(4));
        assertThat(sealed.open(keys.id().bytes(), other.opening())).isEmpty();
        assertThat(new SealedEpochKey(8, sealed.check(), sealed.sealed())
                        .open(keys.id().bytes(), keys.opening()))
                .as("another epoch")
                .isEmpty();
    }

    @Test
    void aKeyThatIsNotTheOnePromisedIsRefused() {
        EpochKey key = EpochKey.random(1, new Random(2));
        Bytes wrongCheck = SealedEpochKey.checkOf(EpochKey.random(1, new Random(9)));
        Bytes aad = Bytes.concat(Bytes.of(0, 0, 0, 1), wrongCheck);
        Bytes info = Bytes.concat(Bytes.utf8("cairn/v1/epoch-key"), keys.id().bytes());
        Bytes sealed = keys.publicKeys().sealing().seal(info, aad, key.secret(), new Random(3));
        assertThat(new SealedEpochKey(1, wrongCheck, sealed).open(keys.id().bytes(), keys.opening()))
                .isEmpty();
    }

    @Test
    void theKeysOfAnInviteFollowFromItsSeed() {
        InviteKeys one = InviteKeys.of(Secret.random(32, new Random(5)));
        InviteKeys same = InviteKeys.of(Secret.random(32, new Random(5)));
        InviteKeys other = InviteKeys.of(Secret.random(32, new Random(6)));
        assertThat(one.id()).isEqualTo(same.id()).isNotEqualTo(other.id());
        assertThat(one.publicKeys()).isEqualTo(same.publicKeys());
    }

    @Test
    void theSafetyWordsAreTheListOfBip39() {
        assertThat(SafetyWords.list()).hasSize(2048).isSorted();
        assertThat(new HashSet<>(SafetyWords.list())).hasSize(2048);
        Bytes file = Bytes.utf8(String.join("\n", SafetyWords.list()) + "\n");
        assertThat(file.sha256().toHex()).isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }

    @Test
    void theSafetyWordsAreElevenBitsEachOfTheHash() {
        DeviceId one = new DeviceId(1, 2);
        DeviceId two = new DeviceId(3, 4);
        InviteId invite = new InviteId(Bytes.owning(new byte[16]));
        Bytes digest = Bytes.concat(Bytes.utf8("cairn/v1/safety-words"), one.bytes(), two.bytes(), invite.bytes())
                .sha256();
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            bits.append(Integer.toBinaryString(0x100 | digest.unsigned(i)).substring(1));
        }
        SafetyWords words = SafetyWords.of(one, two, invite);
        for (int i = 0; i < 6; i++) {
            int index = Integer.parseInt(bits.substring(11 * i, 11 * i + 11), 2);
            assertThat(words.words().get(i)).isEqualTo(SafetyWords.list().get(index));
        }
        assertThat(SafetyWords.of(two, one, invite)).isNotEqualTo(words);
    }
}
