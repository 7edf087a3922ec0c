package dev.cairn.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

final class DocumentPathProperties {

    @Property(tries = 500)
    void whatIsPrintedIsReadAgain(@ForAll @Size(min = 1, max = 5) List<@NotEmpty String> segments) {
        DocumentPath path = new DocumentPath(segments);
        assertThat(DocumentPath.parse(path.toString())).isEqualTo(path);
    }
}
