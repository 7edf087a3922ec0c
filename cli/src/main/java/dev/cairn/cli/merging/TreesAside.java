package dev.cairn.cli.merging;

import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.crdt.view.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares documents whose trees may have other names for their nodes: one that is made again gives new ones. */
final class TreesAside {
    private TreesAside() {}

    static boolean same(Node document, Map<?, ?> content) {
        return Json.write(without(Plain.of(document))).equals(Json.write(without(content)));
    }

    private static @Nullable Object without(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(without(each)));
            return plain;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> plain = new TreeMap<>();
        boolean node = map.containsKey("id") && map.containsKey("data");
        map.forEach((key, entry) -> {
            if (!node || !(key.equals("id") || key.equals("parent"))) {
                plain.put(key.toString(), without(entry));
            }
        });
        return plain;
    }
}
