package dev.cairn.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void mapsWithoutAnOrderAreWrittenByKey() {
        Map<String, Object> error = Map.of("message", "m", "code", "c", "at", Map.of("z", 1, "a", 2, "m", 3));
        assertThat(Json.write(List.of(error)))
                .isEqualTo("[{\"at\":{\"a\":2,\"m\":3,\"z\":1},\"code\":\"c\",\"message\":\"m\"}]");
    }

    @Test
    void mapsWithAnOrderKeepIt() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("z", 1);
        plain.put("a", Map.of());
        assertThat(Json.write(plain)).isEqualTo("{\"z\":1,\"a\":{}}");
    }
}
