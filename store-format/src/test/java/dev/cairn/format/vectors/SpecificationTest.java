package dev.cairn.format.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.file.RecordType;
import dev.cairn.format.inspect.Field;
import dev.cairn.format.inspect.Inspection;
import dev.cairn.format.log.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SPEC.md says what the code does. */
final class SpecificationTest {
    private static final Pattern INDEX_ROW = Pattern.compile("(?m)^\\| [0-9, ]+ \\| [^|]+ \\| (`[^|]+`) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static String text = "";

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(Path.of(System.getProperty("cairn.spec", "../SPEC.md")));
    }

    /** Every vector stands in the index, and every entry of the index is a vector. */
    @Test
    void theIndexNamesEveryVector() {
        List<Pattern> patterns = index();
        TreeSet<String> unused = new TreeSet<>();
        patterns.forEach(pattern -> unused.add(pattern.pattern()));
        for (VectorFile vector : FormatVectors.generated()) {
            List<Pattern> fitting = patterns.stream()
                    .filter(pattern -> pattern.matcher(vector.path()).matches())
                    .toList();
            assertThat(fitting).as(vector.path()).isNotEmpty();
            fitting.forEach(pattern -> unused.remove(pattern.pattern()));
        }
        assertThat(unused).isEmpty();
    }

    private static List<Pattern> index() {
        List<Pattern> patterns = new ArrayList<>();
        Matcher row = INDEX_ROW.matcher(text.substring(text.indexOf("## 19 ")));
        while (row.find()) {
            Matcher name = CODE.matcher(row.group(1));
            String directory = "";
            while (name.find()) {
                String entry = name.group(1);
                int slash = entry.indexOf('/');
                directory = slash < 0 ? directory : entry.substring(0, slash + 1);
                String path = slash < 0 ? directory + entry : entry;
                if (!path.startsWith("members/")) {
                    patterns.add(Pattern.compile(path.replace("*", "[a-z0-9_]*")));
                }
            }
        }
        return patterns;
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        assertThat(limit("file of any kind but the following")).isEqualTo((Limits.FILE_BYTES_MAX >> 20) + " MiB");
        assertThat(limit("head file")).isEqualTo((Limits.HEAD_FILE_BYTES_MAX >> 10) + " KiB");
        assertThat(limit("election file")).isEqualTo((Limits.ELECTION_FILE_BYTES_MAX >> 10) + " KiB");
        assertThat(limit("member entry file; body of an entry"))
                .startsWith((Limits.MEMBER_FILE_BYTES_MAX >> 20) + " MiB");
        assertThat(limit("records of one file, decompressed"))
                .isEqualTo((Limits.RAW_BYTES_MAX >> 20) + " MiB, and " + number(Limits.COMPRESSION_RATIO_MAX)
                        + " times the stored bytes");
        assertThat(limit("records in one file")).isEqualTo(number(Limits.RECORDS_MAX));
        assertThat(limit("changes in a run")).isEqualTo(number(Limits.CHANGES_MAX));
        assertThat(limit("change")).isEqualTo((Limits.CHANGE_BYTES_MAX >> 20) + " MiB");
        assertThat(limit("parents of a change")).isEqualTo(number(Limits.PARENTS_MAX));
        assertThat(limit("message of a change")).isEqualTo(number(Limits.MESSAGE_BYTES_MAX) + " bytes");
        assertThat(limit("writers in `seen`")).isEqualTo(number(Limits.SEEN_MAX));
        assertThat(limit("acknowledgements, features in a head")).isEqualTo(Limits.ACKNOWLEDGED_MAX + " each");
        assertThat(limit("device name / version / feature")).startsWith(Limits.DEVICE_NAME_BYTES_MAX + " / ");
        assertThat(limit("ordinal in a name")).isEqualTo(number(Limits.ORDINAL_MAX));
        assertThat(limit("key epoch")).isEqualTo(number(Limits.EPOCHS_MAX));
        assertThat(limit("devices of a space")).isEqualTo(number(Limits.DEVICES_MAX));
        assertThat(limit("CBOR nesting")).isEqualTo("" + Limits.CBOR_DEPTH_MAX);
        assertThat(limit("ends in a cut; parts of a checkpoint; files in a retirement list"))
                .isEqualTo(number(Limits.CUT_MAX) + "; " + number(Limits.PARTS_MAX) + "; "
                        + number(Limits.RETIRED_FILES_MAX));
        assertThat(limit("part of an image; value in an image, state of a document"))
                .isEqualTo((Limits.PART_BYTES >> 20) + " MiB; " + (Limits.IMAGE_VALUE_BYTES_MAX >> 20) + " MiB, "
                        + (Limits.IMAGE_STATE_BYTES_MAX >> 20) + " MiB");
        assertThat(limit("path below the folder")).isEqualTo(Limits.PATH_CHARACTERS_MAX + " characters");
    }

    private static String limit(String what) {
        Matcher row = Pattern.compile("(?m)^\\| " + Pattern.quote(what) + " \\| ([^|]+) \\|$")
                .matcher(text.substring(text.indexOf("## 17 ")));
        assertThat(row.find()).as(what).isTrue();
        return row.group(1);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    @Test
    void kindsAndRecordsHaveTheirNumbers() {
        for (FileKind kind : FileKind.values()) {
            String words = kind.label().replace('-', ' ');
            assertThat(text).containsPattern("\\b" + kind.code() + "\\s" + words.replace(" ", "\\s") + "\\b");
            assertThat(text).contains("`" + kind.label() + "`");
        }
        for (RecordType type : RecordType.values()) {
            assertThat(text).contains("| 0x" + Integer.toHexString(type.code()) + " | " + type.name() + " |");
        }
    }

    /** The annotated file in the appendix is the vector it names. */
    @Test
    void theAnnotatedSegmentIsTheVector() {
        VectorFile vector = FormatVectors.generated().stream()
                .filter(candidate -> candidate.path().equals("segment/parents_and_message"))
                .findFirst()
                .orElseThrow();
        StringBuilder dump = new StringBuilder();
        for (Field field :
                Inspection.of(vector.payload(), Fixture.KEYS, new Fixture()).fields()) {
            dump.append(String.format(
                    Locale.ROOT,
                    "%-8s%5d%6d  %s%n%21s%s%n",
                    field.layer().name().toLowerCase(Locale.ROOT),
                    field.offset(),
                    field.length(),
                    field.name() + ": " + field.meaning(),
                    "",
                    field.hex() + (field.length() > field.hex().length() / 2 ? "..." : "")));
        }
        assertThat(text).contains(dump.toString());
    }
}
