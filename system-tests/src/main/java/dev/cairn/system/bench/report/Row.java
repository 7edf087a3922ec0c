package dev.cairn.system.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One measured line: names with numbers, in the order in which they were put. */
public record Row(Map<String, Object> fields) {
    public Row {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Row of(String workload) {
        return new Row(Map.of("workload", workload));
    }

    public Row with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Row(more);
    }
}
