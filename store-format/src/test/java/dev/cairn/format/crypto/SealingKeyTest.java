package dev.cairn.format.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealingKeyTest {
    private static final Bytes INFO = Bytes.utf8("info");
    private static final Bytes AAD = Bytes.utf8("aad");

    private final OpeningKey key = OpeningKey.random(new Random(1));
    private final Bytes secret = Bytes.utf8("thirty-two bytes of a secret key");
    private final Bytes sealed = key.sealingKey().seal(INFO, AAD, Secret.copyOf(secret), new Random(2));

    @Test
    void whatIsSealedToAKeyIsOpenedByItAlone() {
        assertThat(key.open(INFO, AAD, sealed)).contains(Secret.copyOf(secret));
        assertThat(OpeningKey.random(new Random(3)).open(INFO, AAD, sealed)).isEmpty();
    }

    @Test
    void infoAndAdditionalDataAreBound() {
        assertThat(key.open(AAD, AAD, sealed)).isEmpty();
        assertThat(key.open(INFO, INFO, sealed)).isEmpty();
    }

    @Test
    void everyFlippedOrMissingByteIsNoticed() {
        for (int i = 0; i < sealed.size(); i++) {
            byte[] flipped = sealed.toArray();
            flipped[i] ^= 1;
            assertThat(key.open(INFO, AAD, Bytes.owning(flipped)))
                    .as("byte " + i)
                    .isEmpty();
            assertThat(key.open(INFO, AAD, sealed.slice(0, i))).as("size " + i).isEmpty();
        }
    }

    @Test
    void aKeyOrEncapsulationOfSmallOrderIsRefusedWithoutAnException() {
        Bytes zero = Bytes.owning(new byte[SealingKey.SIZE]);
        assertThat(SealingKey.of(zero)).isEmpty();
        assertThat(SealingKey.of(one())).isEmpty();
        assertThat(SealingKey.of(Bytes.of(1, 2, 3))).isEmpty();
        assertThat(key.open(INFO, AAD, Bytes.concat(zero, sealed.slice(SealingKey.SIZE))))
                .isEmpty();
    }

    /**
     * RFC 9180, appendix A.1.1 has this exchange with AES-128-GCM; its key pairs and shared secret are checked here.
     */
    @Test
    void theKeyPairOfTheStandardIsDerivedAsItSays() {
        OpeningKey recipient = new OpeningKey(
                Secret.copyOf(Bytes.hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")));
        assertThat(recipient.sealingKey().bytes().toHex())
                .isEqualTo("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    }

    @Test
    void noSecretIsShown() {
        assertThat(key.toString()).isEqualTo("OpeningKey[of " + key.sealingKey() + "]");
    }

    private static Bytes one() {
        byte[] one = new byte[SealingKey.SIZE];
        one[0] = 1;
        return Bytes.owning(one);
    }
}
