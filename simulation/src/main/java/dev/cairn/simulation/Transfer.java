package dev.cairn.simulation;

import org.jspecify.annotations.Nullable;

/** One file on its way into a folder, as {@link Transfers} handles it. */
final class Transfer {

    final Node from;
    final FileVersion version;
    final Content content;

    /** Where its part lies, if that is in the folder and not under the final name. */
    @Nullable
    String temporary;

    /** Whether our version was set aside already. */
    boolean oursIsAside;

    /** Whether there was a file of this name before. */
    boolean replaces;

    Transfer(Node from, FileVersion version, Content content) {
        this.from = from;
        this.version = version;
        this.content = content;
    }

    String path() {
        return version.path();
    }
}
