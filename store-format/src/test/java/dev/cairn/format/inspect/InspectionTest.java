package dev.cairn.format.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
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
    void showsTornFilesAsFarAsTheyGo() {
        for (int size = 0; size < SEGMENT.size(); size++) {
            Inspection inspection = Inspection.of(SEGMENT.slice(0, size), Fixture.KEYS, new Fixture());
            assertThat(inspection.outcome()).isEqualTo(size == 0 ? "not_ours" : "incomplete");
        }
        assertThat(Inspection.of(SEGMENT.slice(0, 60)).fields()).hasSize(9);
    }
}
