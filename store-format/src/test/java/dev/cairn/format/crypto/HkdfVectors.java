package dev.cairn.format.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.format.Bytes;
import dev.cairn.format.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HkdfVectors {
    @Test
    void givesTheFirstExampleOfRfc5869() {
        Secret output = Hkdf.SHA256.derive(
                Secret.copyOf(Bytes.hex("0b".repeat(22))),
                Bytes.hex("000102030405060708090a0b0c"),
                Bytes.hex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        assertThat(reveal(output))
                .isEqualTo(Bytes.hex(
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void publishedVectorsAllGiveTheirResult() throws IOException {
        check(Hkdf.SHA256, "hkdf_sha256_test.json", 86);
        check(Hkdf.SHA512, "hkdf_sha512_test.json", 83);
    }

    private static void check(Hkdf hkdf, String file, int expected) throws IOException {
        Optional<String> json = SharedData.vectors(file);
        if (json.isEmpty()) {
            return;
        }
        int checked = 0;
        for (JsonNode group : new ObjectMapper().readTree(json.get()).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                check(hkdf, test);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(expected);
    }

    private static void check(Hkdf hkdf, JsonNode test) {
        Secret input = Secret.copyOf(bytes(test, "ikm"));
        int size = test.get("size").asInt();
        if (test.get("result").asText().equals("invalid")) {
            assertThatThrownBy(() -> hkdf.derive(input, bytes(test, "salt"), bytes(test, "info"), size))
                    .as(test.toString())
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        assertThat(reveal(hkdf.derive(input, bytes(test, "salt"), bytes(test, "info"), size)))
                .as(test.toString())
                .isEqualTo(bytes(test, "okm"));
    }

    private static Bytes bytes(JsonNode test, String field) {
        return Bytes.hex(test.get(field).asText());
    }

    private static Bytes reveal(Secret secret) {
        ByteBuffer buffer = ByteBuffer.allocate(secret.size());
        secret.writeTo(buffer);
        return Bytes.copyOf(buffer.flip());
    }
}
