package dev.cairn.format.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.format.Bytes;
import dev.cairn.format.SharedData;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignatureVectors {
    /** SHA-256 of one character per vector, '1' accepted or '0' refused, in the order of the file. */
    private static final String CCTV_VERDICTS_SHA256 =
            "4b4b0485a53a3ffd2c712736f22f6895d31765c3cbed082cf5851995a80a3906";

    private static final String WYCHEPROOF_VERDICTS_SHA256 =
            "28fe3b80eb40ac5a6392c930b0e0bb7f137aae81808a74a20fd470289a101c44";

    @Test
    void acceptsTheSignaturesOfRfc8032() {
        SigningKey key = new SigningKey(
                Secret.copyOf(Bytes.hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
        Bytes signature = Bytes.hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(key.verifyingKey().bytes())
                .isEqualTo(Bytes.hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        assertThat(key.sign(Bytes.of(0x72))).isEqualTo(signature);
        assertThat(key.verifyingKey().verify(Bytes.of(0x72), signature)).isTrue();
        assertThat(key.verifyingKey().verify(Bytes.of(0x73), signature)).isFalse();
        assertThat(key.verifyingKey().verify(Bytes.of(0x72), Bytes.concat(signature, Bytes.of(0))))
                .isFalse();
    }

    @Test
    void refusesLowOrderAndNonCanonicalKeys() {
        assertThat(VerifyingKey.of(Bytes.hex("00".repeat(32)))).isEmpty();
        assertThat(VerifyingKey.of(Bytes.hex("01" + "00".repeat(31)))).isEmpty();
        assertThat(VerifyingKey.of(Bytes.hex("ee" + "ff".repeat(30) + "7f"))).isEmpty();
        assertThat(VerifyingKey.of(Bytes.hex("ff".repeat(32)))).isEmpty();
        assertThat(VerifyingKey.of(Bytes.hex("01"))).isEmpty();
    }

    /**
     * The verdicts of the rule on the edge cases were computed once; a library which changes one of them fails here.
     */
    @Test
    void edgeCasesKeepTheirVerdict() throws IOException {
        Optional<String> json = SharedData.vectors("cctv_ed25519vectors.json");
        if (json.isEmpty()) {
            return;
        }
        StringBuilder verdicts = new StringBuilder();
        for (JsonNode test : new ObjectMapper().readTree(json.get())) {
            Bytes message = Bytes.utf8(test.get("msg").asText());
            verdicts.append(
                    verdict(test.get("key").asText(), message, test.get("sig").asText()));
        }
        assertThat(verdicts).hasSize(914);
        assertThat(accepted(verdicts)).isEqualTo(1);
        assertThat(Bytes.utf8(verdicts.toString()).sha256().toHex()).isEqualTo(CCTV_VERDICTS_SHA256);
    }

    @Test
    void wycheproofKeepsItsVerdict() throws IOException {
        Optional<String> json = SharedData.vectors("ed25519_test.json");
        if (json.isEmpty()) {
            return;
        }
        StringBuilder verdicts = new StringBuilder();
        for (JsonNode group : new ObjectMapper().readTree(json.get()).get("testGroups")) {
            String key = group.get("publicKey").get("pk").asText();
            for (JsonNode test : group.get("tests")) {
                char verdict = verdict(
                        key,
                        Bytes.hex(test.get("msg").asText()),
                        test.get("sig").asText());
                assertThat(verdict == '1')
                        .as("tcId " + test.get("tcId"))
                        .isEqualTo(test.get("result").asText().equals("valid"));
                verdicts.append(verdict);
            }
        }
        assertThat(verdicts).hasSize(151);
        assertThat(Bytes.utf8(verdicts.toString()).sha256().toHex()).isEqualTo(WYCHEPROOF_VERDICTS_SHA256);
    }

    private static char verdict(String key, Bytes message, String signature) {
        boolean accepted = VerifyingKey.of(Bytes.hex(key))
                .map(valid -> valid.verify(message, Bytes.hex(signature)))
                .orElse(false);
        return accepted ? '1' : '0';
    }

    private static long accepted(CharSequence verdicts) {
        return verdicts.chars().filter(verdict -> verdict == '1').count();
    }
}
