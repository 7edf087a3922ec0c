package dev.cairn.cli.merging;

import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.format.Bytes;
import dev.cairn.merge.conflicts.ConflictOptions.PastVersion;
import dev.cairn.replica.Document;
import dev.cairn.replica.LogEntry;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Earlier versions of a file which a space keeps as a document of the file's path. */
public final class TextHistory {
    /** The key of a file's text in its document. */
    public static final String KEY = "text";
    /** Versions which are looked at; of a file with a longer history the newest. */
    private static final int VERSIONS_MAX = 64;

    private final Space space;

    /** The files of a space. */
    public TextHistory(Space space) {
        this.space = space;
    }

    /** The versions of the file at a path, the newest first. */
    public List<PastVersion> of(String path) {
        List<PastVersion> versions = new ArrayList<>();
        if (path.isEmpty() || !space.document(path).exists()) {
            return versions;
        }
        for (LogEntry entry : space.log(path)) {
            if (versions.size() == VERSIONS_MAX) {
                return versions;
            }
            Version version = new Version(List.of(entry.id()));
            text(space.at(version).document(path))
                    .ifPresent(text -> versions.add(new PastVersion(Bytes.utf8(text), "the space at " + version)));
        }
        return versions;
    }

    private static Optional<String> text(Document document) {
        Optional<Node> known = document.map().get(KEY);
        return known.filter(TextView.class::isInstance).map(Node::toString);
    }
}
