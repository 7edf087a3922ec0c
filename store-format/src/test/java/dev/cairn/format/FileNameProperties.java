package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class FileNameProperties {
    private static final WriterId WRITER = new WriterId(1, 2);

    @Property
    void everyOrdinalFitsThePathLimit(@ForAll @LongRange(min = 1, max = Limits.ORDINAL_MAX) long ordinal) {
        String path = new FileName.Numbered(FileKind.SEGMENT, ordinal, "0123456789abcdef0123").path(WRITER);
        assertThat(path).hasSizeLessThanOrEqualTo(Limits.PATH_CHARACTERS_MAX).matches("[a-z0-9/.-]+");
        assertThat(FileName.parsePath(path)).map(FileName.Place::path).contains(path);
    }
}
