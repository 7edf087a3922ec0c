package dev.cairn.format.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.inspect.Field.Layer;
import dev.cairn.format.log.Fixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InspectionTest {
    private static final ChangeRun RUN = Fixture.run(10);
    private static final Bytes SEGMENT = Fixture.segments().seal(1, RUN).content();
    private static final Bytes HEAD =
            Fixture.heads().seal(9, Fixture.body(RUN.after()), Optional.of(RUN)).content();

    @Test
    void everyByteOfEveryLayerIsNamed() {
        for (Bytes file : List.of(SEGMENT, HEAD)) {
            Inspection inspection = Inspection.of(file, Fixture.KEYS, new Fixture());
            for (Layer layer : Layer.values()) {
                long at = 0;
                for (Field field : inspection.fields()) {
                    if (field.layer() == layer) {
                        assertThat(field.offset()).as(field.name()).isEqualTo(at);
                        at += field.length();
                    }
                }
                assertThat(at).as(layer.name()).isPositive();
            }
            assertThat(inspection.outcome()).isEqualTo("verified");
        }
    }

    @Test
    void withoutKeysTheContentStaysClosed() {
        Inspection inspection = Inspection.of(SEGMENT);
        assertThat(inspection.fields()).allMatch(field -> field.layer() == Layer.FILE);
        assertThat(Inspection.of(SEGMENT, epoch -> List.of(), new Fixture()).outcome())
                .isEqualTo("waiting_key");
    }

    @Test
    void showsWhatChangesSay() {
        List<String> meanings = Inspection.of(SEGMENT, Fixture.KEYS, new Fixture()).fields().stream()
                .map(Field::meaning)
                .toList();
        assertThat(meanings).anySatisfy(meaning -> assertThat(meaning).contains("lamport 5", "\"change 5\""));
        assertThat(Inspection.of(HEAD, Fixture.KEYS, new Fixture()).fields())
                .anySatisfy(field -> assertThat(field.meaning()).contains("\"Laptop\""));
    }

    @Test
    void showsTheMarkerOfTheFolder() {
        Bytes marker = new SpaceMarker(Fixture.SPACE).encode();
        for (Inspection inspection :
                List.of(Inspection.of(marker), Inspection.of(marker, Fixture.KEYS, new Fixture()))) {
            assertThat(inspection.outcome()).isEqualTo("verified");
            assertThat(inspection.fields()).extracting(Field::name).containsExactly("format", "major", "space");
            for (Field field : inspection.fields()) {
                int from = Math.toIntExact(field.offset());
                assertThat(marker.slice(from, from + field.length()).toHex()).startsWith(field.hex());
            }
            Field space = inspection.fields().get(2);
            assertThat(space.meaning()).isEqualTo(Fixture.SPACE.toString());
            assertThat(space.length()).isEqualTo(Fixture.SPACE.toString().length() + 2);
        }
        assertThat(Inspection.of(marker.slice(0, 30)).outcome()).isEqualTo("incomplete");
        assertThat(Inspection.of(marker.slice(0, 30)).fields())
                .extracting(Field::name)
                .contains("format", "major");
        assertThat(Inspection.of(Bytes.utf8("{\"format\":\"cairn\",\"major\":1,\"x\":[1,{}]}"))
                        .outcome())
                .isEqualTo("malformed");
        assertThat(Inspection.of(Bytes.utf8("{\"a\":1}")).outcome()).isEqualTo("not_ours");
    }

    @Test
    void showsTornFilesAsFarAsTheyGo() {
        for (int size = 0; size < SEGMENT.size(); size++) {
            Inspection inspection = Inspection.of(SEGMENT.slice(0, size), Fixture.KEYS, new Fixture());
            assertThat(inspection.outcome()).isEqualTo(size == 0 ? "not_ours" : "incomplete");
        }
        assertThat(Inspection.of(SEGMENT.slice(0, 60)).fields()).hasSize(9);
    }
}
