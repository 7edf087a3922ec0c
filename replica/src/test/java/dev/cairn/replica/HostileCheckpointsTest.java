package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.store.image.ImageCheck;
import dev.cairn.replica.store.image.ImageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member who lies: checkpoints with true signatures and false content, all the way from the folder. Whatever they
 * say, nothing of them is shown, and an honest one is used beside them.
 */
class HostileCheckpointsTest {
    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Fleet fleet;

    @SuppressWarnings("NullAway.Init")
    private Device honest;

    @SuppressWarnings("NullAway.Init")
    private Device liar;

    @SuppressWarnings("NullAway.Init")
    private Liar lies;

    @SuppressWarnings("NullAway.Init")
    private Liar.Honest original;

    @BeforeEach
    void aLiarWithATrueCheckpoint() {
        fleet = new Fleet(directory.resolve("states"));
        honest = fleet.create("honest");
        liar = fleet.join(honest, "liar");
        for (String name : List.of("one", "two")) {
            liar.space.commit(tx -> tx.on(name).map().put("says", name));
            honest.space.commit(tx -> tx.on(name).map().put("also", name));
        }
        fleet.sync();
        lies = new Liar(liar, fleet.clock.millis());
        original = lies.take();
    }

    @AfterEach
    void closeFleet() {
        fleet.close();
    }

    private Bytes publish(Device to, Bytes image, UnaryOperator<PartRef> lie, Bytes content) {
        return lies.publish(to, original.body(), image, lie, content);
    }

    private CompactionStatus.Checkpoint seen(Device device, Bytes digest) {
        device.space.refresh();
        return device.space.compaction().status().checkpoints().stream()
                .filter(checkpoint -> checkpoint.digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    /** The lie is refused by this name, on a device with changes and on one that begins; the truth is used. */
    private void refused(String verdict, Bytes image, UnaryOperator<PartRef> lie, Bytes content) {
        String hash = honest.space.stateHash();
        CompactionStatus.Checkpoint refused = seen(honest, publish(honest, image, lie, content));
        assertThat(refused.verdict()).as(refused.problem()).isEqualTo("refused");
        assertThat(refused.problem()).startsWith(verdict + ": ");
        assertThat(refused.relied()).isFalse();
        assertThat(honest.space.stateHash()).isEqualTo(hash);

        Device fresh = fleet.join(honest, "fresh");
        assertThat(fresh.space.stateHash()).isEqualTo(hash);
        assertThat(fresh.space.compaction().status().checkpoints().get(0).verdict())
                .isEqualTo("refused");

        original.files().forEach(honest::put);
        honest.space.refresh();
        assertThat(honest.space.compaction().status().checkpoints())
                .extracting(CompactionStatus.Checkpoint::verdict)
                .containsExactlyInAnyOrder("refused", "verified");
    }

    private static PartRef withContent(PartRef part, Bytes content) {
        return new PartRef(part.file(), part.size(), content);
    }

    @Test
    void aPartWithOtherBytesThanItsManifestSays() {
        refused(
                "part_differs",
                original.image(),
                part -> withContent(part, Bytes.utf8("other bytes").sha256()),
                original.body().content());
    }

    @Test
    void aPartOfAnotherSize() {
        refused(
                "part_differs",
                original.image(),
                part -> new PartRef(part.file(), part.size() - 1, part.content()),
                original.body().content());
    }

    @Test
    void aFileOfAnotherKindInThePlaceOfAPart() {
        Bytes entry = Bytes.copyOf(honest.read(honest.files("/keys/").get(0)));
        refused(
                "part_differs",
                original.image(),
                part -> new PartRef(entry.sha256(), part.size(), part.content()),
                original.body().content());
    }

    @Test
    void anImageThatIsNone() {
        refused(
                "not_a_database",
                Bytes.utf8("milk ".repeat(10_000)),
                part -> part,
                original.body().content());
    }

    @Test
    void anImageThatIsCutOff() {
        Bytes image = original.image();
        refused(
                "not_a_database",
                image.slice(0, image.size() - 4_096),
                part -> part,
                original.body().content());
    }

    @Test
    void anImageWithAnotherHash() {
        refused(
                "content_differs",
                original.image(),
                part -> part,
                Bytes.utf8("x").sha256());
    }

    /** Every change in it is true, and so is its hash; only the documents are not what the changes make. */
    @Test
    void documentsThatTheChangesDoNotMake() throws Exception {
        Path image = directory.resolve("forged.db");
        Files.write(image, original.image().toArray());
        swapDocuments(image);
        Bytes content;
        try (ImageReader reader = ImageReader.open(image)) {
            FolderKeys.Reading reading =
                    FolderKeys.load(liar.folder, liar.options).with(List.of());
            ImageCheck.Outcome outcome =
                    new ImageCheck(liar.space.id(), entries -> reading.members(), Runnable::run).check(reader);
            content = ((ImageCheck.Sound) outcome).image().content();
        }
        assertThat(content).isNotEqualTo(original.body().content());
        refused("state_differs", Bytes.copyOf(Files.readAllBytes(image)), part -> part, content);
    }

    private static void swapDocuments(Path image) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + image);
                Statement statement = database.createStatement()) {
            statement.execute("CREATE TEMP TABLE swapped AS SELECT no, state FROM document");
            statement.execute("UPDATE document SET state ="
                    + " (SELECT state FROM swapped WHERE swapped.no = 3 - document.no) WHERE no IN (1, 2)");
        }
    }

    @Test
    void aPartThatIsNotWholeIsWaitedFor() {
        Bytes digest =
                publish(honest, original.image(), part -> part, original.body().content());
        String path = honest.files().stream()
                .filter(file -> file.contains("/parts/"))
                .findFirst()
                .orElseThrow();
        byte[] whole = honest.read(path);
        honest.put(path, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(seen(honest, digest).verdict()).isEqualTo("unread");
        fleet.clock.advance(java.time.Duration.ofHours(2));
        honest.put(path, whole);
        assertThat(seen(honest, digest).verdict()).isEqualTo("verified");
    }
}
