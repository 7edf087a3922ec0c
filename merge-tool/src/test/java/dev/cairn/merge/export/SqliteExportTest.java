package dev.cairn.merge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.view.Node;
import dev.cairn.merge.Ward;
import dev.cairn.replica.Document;
import dev.cairn.replica.Snapshot;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often an export asks for what takes a look at every document. */
final class SqliteExportTest {
    private static final int DOCUMENTS = 4;

    @TempDir
    Path root;

    private Ward.Patient desk;

    /** A snapshot that counts what it is asked. */
    private static final class Asked implements Snapshot {
        private final Snapshot snapshot;
        private int lists;
        private int documents;

        private Asked(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Version version() {
            return snapshot.version();
        }

        @Override
        public SortedSet<String> documents() {
            lists++;
            return snapshot.documents();
        }

        @Override
        public Document document(String name) {
            documents++;
            return snapshot.document(name);
        }
    }

    /** Says nothing of documents: what is said is tried elsewhere. */
    private static final class Silent implements Rendering {
        @Override
        public String json(Node node) {
            return "{}";
        }

        @Override
        public String kinds(Document document) {
            return "{}";
        }

        @Override
        public String path(List<Object> steps) {
            return steps.toString();
        }

        @Override
        public Blame.OfSequence blame(Document document, List<Object> steps) {
            throw new UnsupportedOperationException(steps.toString());
        }
    }

    @BeforeEach
    void aSpaceWithDocuments() throws IOException {
        desk = new Ward(root).create("desk");
        edit(DOCUMENTS);
    }

    private void edit(int changes) {
        desk.use(space -> {
            for (int i = 0; i < changes; i++) {
                int value = i;
                space.commit(tx -> tx.on("notes/" + value % DOCUMENTS).map().put("value", value));
            }
        });
    }

    private record Export(Asked asked, long changes, List<Long> progress) {}

    private Export export(String name) {
        List<Export> exports = new ArrayList<>();
        desk.use(space -> exports.add(export(space, root.resolve(name))));
        return exports.get(0);
    }

    private static Export export(Space space, Path file) {
        Asked asked = new Asked(space.at(space.version()));
        List<Long> progress = new ArrayList<>();
        try {
            Changes changes = Changes.upTo(space, asked.version());
            long written = new SqliteExport(asked, changes, new Silent(), (done, total) -> progress.add(done))
                    .write(file, false, false);
            return new Export(asked, written, progress);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void documentsAreLookedForOnceHoweverManyChangesThereAre() {
        Export few = export("few.db");
        edit(40 * DOCUMENTS);
        Export many = export("many.db");
        assertThat(many.changes()).isGreaterThan(40 * few.changes());
        assertThat(few.asked().lists).isEqualTo(1);
        assertThat(many.asked().lists).isEqualTo(1);
        assertThat(many.asked().documents).isEqualTo(few.asked().documents).isLessThanOrEqualTo(2 * DOCUMENTS);
    }

    @Test
    void progressCountsEveryDocumentAndEveryChange() {
        Export export = export("progress.db");
        assertThat(export.progress()).isSorted().startsWith(1L).endsWith(DOCUMENTS + export.changes());
        assertThat(export.progress().stream().distinct()).hasSize((int) (DOCUMENTS + export.changes()));
    }
}
