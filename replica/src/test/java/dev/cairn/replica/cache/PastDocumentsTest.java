package dev.cairn.replica.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.crdt.version.Heads;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PastDocumentsTest {
    private final PastDocuments past = new PastDocuments();
    private final DocumentSet documents = DocumentSet.create();
    private final AtomicInteger replays = new AtomicInteger();

    @Test
    void aVersionIsReplayedOnceInAGeneration() {
        Heads first = commit(1, "one");
        Heads second = commit(2, "two");
        assertThat(title(0, first)).isEqualTo("one");
        assertThat(title(0, second)).isEqualTo("two");
        assertThat(title(0, first)).isEqualTo("one");
        assertThat(replays).hasValue(2);
        assertThat(title(1, first)).isEqualTo("one");
        assertThat(replays).hasValue(3);
    }

    private Heads commit(long seq, String title) {
        EditSession session = documents.begin(new ActorId(1, 2), seq, 0);
        session.on("notes").map().put("title", title);
        session.finish();
        return documents.heads();
    }

    private @Nullable Object title(long generation, Heads version) {
        return past.get(generation, version, "notes", () -> {
                    replays.incrementAndGet();
                    return documents.documentAt("notes", version);
                })
                .toPlain()
                .get("title");
    }
}
