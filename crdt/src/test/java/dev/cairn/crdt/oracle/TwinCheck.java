package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.LocalChange;
import java.util.List;

/** Compares a set with what the oracle makes of the same changes. */
public final class TwinCheck {
    private TwinCheck() {}

    /** Compares everything that is seen, and that all operations made sense. */
    public static void same(DocumentSet engine, List<LocalChange> changes) {
        TwinReader twin = TwinReader.of(changes);
        assertThat(twin.malformed()).isEmpty();
        assertThat(twin.invalid()).isEmpty();
        Checks.same(engine, twin.oracle());
    }
}
