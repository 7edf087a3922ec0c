package dev.cairn.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest deleted files of a device, up to 32 MiB, from which an old peer or a backup may bring one back. */
final class Graveyard {

    private static final long BYTES_MAX = 32L << 20;

    private final Map<String, Content> graves = new LinkedHashMap<>();
    private long bytes;

    void bury(FileVersion version) {
        Content content = version.content();
        if (content == null || content.size() > BYTES_MAX) {
            return;
        }
        exhume(version.path());
        graves.put(version.path(), content);
        bytes += content.size();
        while (bytes > BYTES_MAX) {
            exhume(graves.keySet().iterator().next());
        }
    }

    List<String> paths() {
        return List.copyOf(graves.keySet());
    }

    Optional<Content> exhume(String path) {
        Content content = graves.remove(path);
        if (content != null) {
            bytes -= content.size();
        }
        return Optional.ofNullable(content);
    }
}
