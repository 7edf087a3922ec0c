package dev.cairn.replica.store.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Signatory;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.replica.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images which somebody has crafted are refused, each with its name; nobody's memory is taken by them. */
class HostileImagesTest {
    private static final SpaceId SPACE = SpaceId.of(Bytes.hex("50".repeat(16)));
    private static final WriterId WRITER = WriterId.of(Bytes.hex("10".repeat(16)));
    private static final WriterId OTHER = WriterId.of(Bytes.hex("20".repeat(16)));
    private static final DeviceId DEVICE = DeviceId.of(Bytes.hex("40".repeat(16)));
    private static final DeviceId AUTHOR = DeviceId.of(Bytes.hex("41".repeat(16)));
    private static final SigningKey KEY = new SigningKey(Secret.copyOf(Bytes.hex("09".repeat(32))));
    private static final SigningKey AUTHOR_KEY = new SigningKey(Secret.copyOf(Bytes.hex("0a".repeat(32))));
    private static final DeviceDirectory DEVICES = new DeviceDirectory() {
        @Override
        public Optional<VerifyingKey> key(DeviceId device) {
            if (device.equals(DEVICE)) {
                return Optional.of(KEY.verifyingKey());
            }
            return device.equals(AUTHOR) ? Optional.of(AUTHOR_KEY.verifyingKey()) : Optional.empty();
        }

        @Override
        public boolean mayWrite(DeviceId device) {
            return true;
        }
    };

    @TempDir
    Path directory;

    private Path image = Path.of("");

    @BeforeEach
    void makeImage() {
        image = make("image.db", WRITER, run(WRITER, KEY, 40), run(OTHER, AUTHOR_KEY, 7));
    }

    private static ChangeRun run(WriterId writer, SigningKey key, int count) {
        ChangeRun.Builder builder = ChangeRun.builder(
                writer, ChainPoint.origin(SPACE, writer, key.verifyingKey().bytes()));
        for (int i = 1; i <= count; i++) {
            builder.add(new Change(i, i, List.of(), Optional.of("change " + i), Bytes.empty()));
        }
        return builder.build();
    }

    /** The image of a store with the runs, the first by DEVICE, the second by the author of the image. */
    private Path make(String name, WriterId first, ChangeRun theirs, ChangeRun own) {
        Path store = directory.resolve("store-" + name);
        try (LocalStore local = LocalStore.open(store)) {
            local.write(() -> {
                add(local, first, DEVICE, theirs);
                add(local, OTHER, AUTHOR, own);
                local.signedEnds()
                        .keep(first, theirs.after(), SignedEnd.sign(new Signatory(DEVICE, KEY), SPACE, theirs));
                local.setMeta("form", Bytes.utf8("version"));
                local.setSnapshot("a", Bytes.utf8("state of a"));
                local.setSnapshot("b", Bytes.utf8("state of b"));
                return true;
            });
            Path made = directory.resolve(name);
            assertThat(ImageWriter.write(
                            new ImageWriter.Source(store, new Signatory(AUTHOR, AUTHOR_KEY), DEVICES::mayWrite),
                            new ImageWriter.Files(directory.resolve("scratch-" + name), made),
                            SPACE,
                            "form",
                            new TreeMap<>(Map.of(WRITER, 3L))))
                    .isEmpty();
            return made;
        }
    }

    private static void add(LocalStore store, WriterId writer, DeviceId device, ChangeRun run) {
        int line = store.runs().addLine(writer, device, writer.bytes(), 0, 0).no();
        for (int at = 0; at < run.size(); at += 3) {
            ChangeRun part = run.slice(at, Math.min(run.size(), at + 3));
            store.runs().append(line, part.before(), part.after(), RunCodec.encode(part));
        }
    }

    private static ImageCheck.Outcome check(Path file) throws ImageException, IOException {
        return check(file, Runnable::run);
    }

    private static ImageCheck.Outcome check(Path file, Executor executor) throws ImageException, IOException {
        try (ImageReader reader = ImageReader.open(file)) {
            return new ImageCheck(SPACE, entries -> DEVICES, executor).check(reader);
        }
    }

    private static CheckedImage sound(Path file) throws ImageException, IOException {
        return ((ImageCheck.Sound) check(file)).image();
    }

    @Test
    void aSoundImageGivesWhatWentIn() throws ImageException, IOException {
        CheckedImage checked = sound(image);
        assertThat(checked.lines()).hasSize(2);
        assertThat(checked.changes()).isEqualTo(47);
        assertThat(checked.documents()).containsOnlyKeys("a", "b");
        assertThat(checked.retired()).containsExactly(Map.entry(WRITER, 3L));
        assertThat(checked.cut()).hasSize(2);
    }

    @Test
    void theLogicalHashDoesNotDependOnHowTheRowsWereStored() throws ImageException, IOException {
        Path again = make("again.db", WRITER, run(WRITER, KEY, 40), run(OTHER, AUTHOR_KEY, 7));
        assertThat(sound(again).content()).isEqualTo(sound(image).content());
    }

    @Test
    void anotherCutOrContentThanTheManifestsIsRefused() throws ImageException, IOException {
        CheckedImage checked = sound(image);
        PartRef part = new PartRef(Bytes.hex("01".repeat(32)), 5, Bytes.hex("02".repeat(32)));
        List<CheckpointBody> bodies = List.of(
                new CheckpointBody(AUTHOR, checked.cut().subList(0, 1), checked.content(), List.of(part), List.of(), 0),
                new CheckpointBody(AUTHOR, checked.cut(), Bytes.hex("03".repeat(32)), List.of(part), List.of(), 0));
        List<ImageVerdict> verdicts = new ArrayList<>();
        for (CheckpointBody body : bodies) {
            try (ImageReader reader = ImageReader.open(image)) {
                new ImageCheck(SPACE, entries -> DEVICES, Runnable::run).check(reader, body);
            } catch (ImageException e) {
                verdicts.add(e.verdict());
            }
        }
        assertThat(verdicts).containsExactly(ImageVerdict.CUT_DIFFERS, ImageVerdict.CONTENT_DIFFERS);
    }

    @Test
    void aDeviceWhichNobodyKnowsLetsItWait() throws Exception {
        change("UPDATE line SET device=x'" + "77".repeat(16) + "' WHERE no=2");
        assertThat(check(image)).isInstanceOf(ImageCheck.Waiting.class);
    }

    static Stream<Arguments> statements() {
        String blob = "x'" + "00".repeat(16) + "'";
        return Stream.of(
                Arguments.of("a view", ImageVerdict.FOREIGN_SCHEMA, "CREATE VIEW v AS SELECT * FROM run"),
                Arguments.of(
                        "a view in place of a table",
                        ImageVerdict.FOREIGN_SCHEMA,
                        "DROP TABLE meta; CREATE VIEW meta AS SELECT 1 AS no, 'x' AS name, x'00' AS value"),
                Arguments.of(
                        "a trigger",
                        ImageVerdict.FOREIGN_SCHEMA,
                        "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END"),
                Arguments.of("an index", ImageVerdict.FOREIGN_SCHEMA, "CREATE INDEX i ON run(line)"),
                Arguments.of("a table more", ImageVerdict.FOREIGN_SCHEMA, "CREATE TABLE more(no INTEGER)"),
                Arguments.of("a table less", ImageVerdict.FOREIGN_SCHEMA, "DROP TABLE retired"),
                Arguments.of("a column more", ImageVerdict.FOREIGN_SCHEMA, "ALTER TABLE run ADD COLUMN more TEXT"),
                Arguments.of("a text for a blob", ImageVerdict.WRONG_TYPE, "UPDATE run SET body='text' WHERE no=1"),
                Arguments.of("a blob for a text", ImageVerdict.WRONG_TYPE, "UPDATE document SET name=x'61' WHERE no=1"),
                Arguments.of(
                        "a blob for a number", ImageVerdict.WRONG_TYPE, "UPDATE run SET first=" + blob + " WHERE no=1"),
                Arguments.of("a fraction", ImageVerdict.WRONG_TYPE, "UPDATE run SET first=1.5 WHERE no=1"),
                Arguments.of("a short writer id", ImageVerdict.WRONG_ROW, "UPDATE line SET writer=x'00' WHERE no=1"),
                Arguments.of("a negative number", ImageVerdict.WRONG_ROW, "UPDATE run SET first=-1 WHERE no=1"),
                Arguments.of("a number too great", ImageVerdict.WRONG_ROW, "UPDATE run SET first=1<<60 WHERE no=1"),
                Arguments.of("a run missing", ImageVerdict.WRONG_ROW, "DELETE FROM run WHERE no=1"),
                Arguments.of("a row number skipped", ImageVerdict.WRONG_ROW, "UPDATE meta SET no=9 WHERE no=2"),
                Arguments.of(
                        "a run twice",
                        ImageVerdict.WRONG_ROW,
                        "INSERT INTO run(line, first, body) SELECT line, first, body FROM run WHERE no=1"),
                Arguments.of("a run of no line", ImageVerdict.WRONG_ROW, "UPDATE run SET line=77 WHERE no=1"),
                Arguments.of("a line beyond its runs", ImageVerdict.WRONG_ROW, "UPDATE line SET last=41 WHERE no=1"),
                Arguments.of("a line within its runs", ImageVerdict.WRONG_ROW, "UPDATE line SET last=39 WHERE no=1"),
                Arguments.of("a parent that is none", ImageVerdict.WRONG_ROW, "UPDATE line SET parent=1 WHERE no=2"),
                Arguments.of("a line as its own parent", ImageVerdict.WRONG_ROW, "UPDATE line SET parent=2 WHERE no=2"),
                Arguments.of(
                        "documents out of order", ImageVerdict.WRONG_ROW, "UPDATE document SET name='z' WHERE no=1"),
                Arguments.of("a document twice", ImageVerdict.WRONG_ROW, "UPDATE document SET name='a'"),
                Arguments.of("a value named twice", ImageVerdict.WRONG_ROW, "UPDATE meta SET name='form'"),
                Arguments.of("a huge blob", ImageVerdict.TOO_LARGE, "UPDATE run SET body=zeroblob(5000000) WHERE no=1"),
                Arguments.of(
                        "a blob beyond all limits",
                        ImageVerdict.TOO_LARGE,
                        "UPDATE document SET state=zeroblob(70000000) WHERE no=1"),
                Arguments.of("a huge meta", ImageVerdict.TOO_LARGE, "UPDATE meta SET value=zeroblob(4200000)"),
                Arguments.of("bytes which are no changes", ImageVerdict.BAD_CHANGES, "UPDATE run SET body=x'05ff'"),
                Arguments.of(
                        "another chain hash",
                        ImageVerdict.CHAIN_DIFFERS,
                        "UPDATE line SET chain=x'" + "55".repeat(32) + "' WHERE no=1"),
                Arguments.of(
                        "another's signature",
                        ImageVerdict.BAD_SIGNATURE,
                        "UPDATE line SET signed=(SELECT signed FROM line WHERE no=2) WHERE no=1"),
                Arguments.of("no signature", ImageVerdict.WRONG_ROW, "UPDATE line SET signed=x'' WHERE no=1"),
                Arguments.of(
                        "a signature of another form",
                        ImageVerdict.BAD_SIGNATURE,
                        "UPDATE line SET signed=x'07' WHERE no=1"),
                Arguments.of(
                        "a member entry that is none",
                        ImageVerdict.BAD_ENTRY,
                        "INSERT INTO entry(entry) VALUES (x'00')"),
                Arguments.of("another application", ImageVerdict.NOT_A_DATABASE, "PRAGMA application_id=7"),
                Arguments.of("another version", ImageVerdict.NOT_A_DATABASE, "PRAGMA user_version=2"),
                Arguments.of("a write-ahead log", ImageVerdict.NOT_A_DATABASE, "PRAGMA journal_mode=WAL"),
                Arguments.of("other pages", ImageVerdict.NOT_A_DATABASE, "PRAGMA page_size=8192; VACUUM"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("statements")
    void isRefused(String what, ImageVerdict verdict, String sql) throws Exception {
        change(sql);
        assertThat(verdict(image)).as(what).isEqualTo(Optional.of(verdict));
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + image);
                Statement statement = connection.createStatement()) {
            for (String each : sql.split(";(?! DELETE| END)", -1)) {
                statement.execute(each);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("statements")
    void isRefusedForTheSameReasonHoweverManyThreadsLook(String what, ImageVerdict verdict, String sql)
            throws Exception {
        change(sql);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            assertThat(verdict(image, threads)).as(what).isEqualTo(Optional.of(verdict));
        } finally {
            threads.shutdownNow();
        }
        assertThat(verdict(image, nobody -> {})).as(what).isEqualTo(Optional.of(verdict));
    }

    @Test
    void manySmallRowsOfFewLinesAreReadInOrderByAnyNumberOfThreads() throws Exception {
        Path many = make("many.db", WRITER, run(WRITER, KEY, 2_000), run(OTHER, AUTHOR_KEY, 1_000));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + many);
                Statement statement = connection.createStatement()) {
            spread(statement, 1, run(WRITER, KEY, 2_000));
            spread(statement, 2, run(OTHER, AUTHOR_KEY, 1_000));
            statement.execute("CREATE TEMP TABLE sorted AS SELECT line, first, body FROM run WHERE no>100"
                    + " ORDER BY first, line");
            statement.execute("DELETE FROM run");
            statement.execute("INSERT INTO run(line, first, body) SELECT line, first, body FROM sorted");
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Executor executor : List.<Executor>of(threads, Runnable::run, nobody -> {})) {
                CheckedImage checked = ((ImageCheck.Sound) check(many, executor)).image();
                assertThat(checked.changes()).isEqualTo(3_000);
                assertThat(checked.rows()).extracting(ImageRow::no).isSorted().hasSize(3_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A row for each change, numbered from 101 on. */
    private static void spread(Statement statement, int line, ChangeRun run) throws SQLException {
        try (PreparedStatement insert =
                statement.getConnection().prepareStatement("INSERT INTO run(no, line, first, body) VALUES (?,?,?,?)")) {
            for (int i = 0; i < run.size(); i++) {
                insert.setLong(1, 101 + 10_000L * line + i);
                insert.setInt(2, line);
                insert.setLong(3, i + 1L);
                insert.setBytes(4, RunCodec.encode(run.slice(i, i + 1)).toArray());
                insert.executeUpdate();
            }
        }
    }

    private static Optional<ImageVerdict> verdict(Path file) throws IOException {
        return verdict(file, Runnable::run);
    }

    private static Optional<ImageVerdict> verdict(Path file, Executor executor) throws IOException {
        try {
            check(file, executor);
            return Optional.empty();
        } catch (ImageException e) {
            return Optional.of(e.verdict());
        }
    }

    @Test
    void changesWhichTheAuthorForgedAreRefusedHoweverWellTheyFit() throws Exception {
        // the author knows everything but the key of the writer: its own chain in the writer's name
        Path forged = directory.resolve("forged.db");
        Path store = directory.resolve("forged-store");
        ChangeRun run = run(WRITER, KEY, 41);
        try (LocalStore local = LocalStore.open(store)) {
            local.write(() -> {
                add(local, WRITER, DEVICE, run);
                local.signedEnds()
                        .keep(WRITER, run.after(), SignedEnd.sign(new Signatory(DEVICE, AUTHOR_KEY), SPACE, run));
                return true;
            });
            ImageWriter.write(
                    new ImageWriter.Source(store, new Signatory(AUTHOR, AUTHOR_KEY), DEVICES::mayWrite),
                    new ImageWriter.Files(directory.resolve("forged-scratch"), forged),
                    SPACE,
                    "form",
                    new TreeMap<>());
        }
        assertThat(verdict(forged)).contains(ImageVerdict.BAD_SIGNATURE);
    }

    @Test
    void aWriterWhoseEndNobodySignedIsLeftOut() throws Exception {
        Path store = directory.resolve("unsigned-store");
        Path made = directory.resolve("unsigned.db");
        try (LocalStore local = LocalStore.open(store)) {
            local.write(() -> {
                add(local, WRITER, DEVICE, run(WRITER, KEY, 5));
                add(local, OTHER, AUTHOR, run(OTHER, AUTHOR_KEY, 5));
                return true;
            });
            assertThat(ImageWriter.write(
                            new ImageWriter.Source(store, new Signatory(AUTHOR, AUTHOR_KEY), DEVICES::mayWrite),
                            new ImageWriter.Files(directory.resolve("unsigned-scratch"), made),
                            SPACE,
                            "form",
                            new TreeMap<>()))
                    .containsExactly(WRITER);
        }
        assertThat(sound(made).lines()).hasSize(1);
    }

    @Test
    void everyTruncationAndEveryFlippedPageIsRefusedOrHarmless() throws Exception {
        byte[] whole = Files.readAllBytes(image);
        CheckedImage good = sound(image);
        PartRef part = new PartRef(Bytes.hex("01".repeat(32)), 5, Bytes.hex("02".repeat(32)));
        CheckpointBody body = new CheckpointBody(AUTHOR, good.cut(), good.content(), List.of(part), List.of(), 0);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 37) {
            Files.write(image, java.util.Arrays.copyOf(whole, length));
            assertThat(verdict(image)).as("cut at " + length).isPresent();
        }
        for (int at = 0; at < whole.length; at += 97) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x15;
            Files.write(image, flipped, StandardOpenOption.TRUNCATE_EXISTING);
            try (ImageReader reader = ImageReader.open(image)) {
                if (new ImageCheck(SPACE, entries -> DEVICES, Runnable::run).check(reader, body)
                        instanceof ImageCheck.Sound sound) {
                    assertThat(sound.image().content()).as("flipped at " + at).isEqualTo(body.content());
                }
            } catch (ImageException e) {
                assertThat(e.verdict()).isNotNull();
            }
        }
    }
}
