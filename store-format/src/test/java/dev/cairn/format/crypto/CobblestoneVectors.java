package dev.cairn.format.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.format.Bytes;
import dev.cairn.format.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

final class CobblestoneVectors {
    @Test
    void publishedVectorsAllGiveTheirResult() throws IOException, GeneralSecurityException {
        Optional<String> json = SharedData.vectors("c2sp_chunked_encryption_aes_256_gcm_test.json");
        if (json.isEmpty()) {
            return;
        }
        int checked = 0;
        for (JsonNode group : new ObjectMapper().readTree(json.get()).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                check(test);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(35);
    }

    private static void check(JsonNode test) throws IOException, GeneralSecurityException {
        Bytes message = inflate(Bytes.hex(test.get("ct").asText()));
        Bytes key = Bytes.hex(test.get("key").asText());
        Bytes context = Bytes.hex(test.get("ctx").asText());
        String name = test.get("tcId") + " " + test.get("comment");
        boolean valid = test.get("result").asText().equals("valid");
        if (key.size() != Cobblestone.KEY_SIZE) {
            assertThat(valid).as(name).isFalse();
            return;
        }
        Optional<Bytes> plaintext = Cobblestone.open(Secret.copyOf(key), context, message);
        assertThat(plaintext.isPresent()).as(name).isEqualTo(valid);
        if (valid) {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            assertThat(Bytes.owning(sha512.digest(plaintext.get().toArray())).toHex())
                    .as(name)
                    .isEqualTo(test.get("msgSha512").asText());
            Bytes salt = message.slice(0, Cobblestone.SALT_SIZE);
            assertThat(Cobblestone.seal(Secret.copyOf(key), context, salt, plaintext.get()))
                    .as(name)
                    .isEqualTo(message);
        }
    }

    private static Bytes inflate(Bytes zlib) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(zlib.toArray()))) {
            return Bytes.owning(in.readAllBytes());
        }
    }
}
