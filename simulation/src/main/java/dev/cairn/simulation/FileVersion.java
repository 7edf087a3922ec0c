package dev.cairn.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of what is under a relative path: a file, a directory, or the fact that it was deleted.
 *
 * @param content of a file, else null
 * @param modified the file time on the device which made the version, or when the deletion was noticed
 * @param modifiedBy the name of that device
 * @param copy whether the tool itself made the file, as a conflict copy or a duplicate
 */
record FileVersion(
        String path,
        Kind kind,
        VersionVector vector,
        @Nullable Content content,
        Instant modified,
        String modifiedBy,
        boolean copy) {

    enum Kind {
        FILE,
        DIRECTORY,
        DELETED
    }

    FileVersion {
        if ((kind == Kind.FILE) != (content != null)) {
            throw new IllegalArgumentException(kind + " of " + path + " with content " + content);
        }
    }

    boolean isDeleted() {
        return kind == Kind.DELETED;
    }

    boolean sameContentAs(FileVersion other) {
        return kind == other.kind && (content == null || other.content == null || content.sameAs(other.content));
    }

    FileVersion withVector(VersionVector newVector) {
        return new FileVersion(path, kind, newVector, content, modified, modifiedBy, copy);
    }

    String describe() {
        return switch (kind) {
            case FILE -> content + " by " + modifiedBy;
            case DIRECTORY -> "directory by " + modifiedBy;
            case DELETED -> "deleted by " + modifiedBy;
        };
    }
}
