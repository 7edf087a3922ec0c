package dev.cairn.format.folder;

import dev.cairn.format.Bytes;
import dev.cairn.format.FileName;
import dev.cairn.format.WriterId;
import java.nio.file.Path;

/**
 * The directory {@code devices/<writer>} of one writer: the only place in the folder which this device changes.
 *
 * <p>Files are named by {@link FileName}, so no content and no caller can lead out of it. Calls for the same file must
 * not overlap; all others may.
 */
public final class OwnDirectory {
    private final SharedFolder folder;
    private final AtomicWriter files;
    private final WriterId id;
    private final Path directory;

    OwnDirectory(SharedFolder folder, AtomicWriter files, WriterId id) {
        this.folder = folder;
        this.files = files;
        this.id = id;
        this.directory = folder.path().resolve(FileName.DEVICES).resolve(id.toString());
    }

    /** The path of a file as listings show it. */
    public String listedPath(FileName name) {
        return name.path(id);
    }

    /**
     * Writes a file whole or not at all: staged, forced, read back and compared, then moved to its name in one step and
     * its directory forced. What was under the name before is replaced; a file with the same bytes is left alone, so
     * publishing twice is once.
     *
     * <p>Unless it answers {@link PublishResult.Published} the old file, or none, is under the name.
     */
    public PublishResult publish(FileName name, Bytes content) {
        FolderState state = folder.state();
        return state == FolderState.ATTACHED
                ? files.write(file(name), content)
                : new PublishResult.FolderMissing(state);
    }

    /** Deletes one own file. The caller has published what replaces it, and heard from everybody who needs it. */
    public DeleteResult delete(FileName name) {
        FolderState state = folder.state();
        return state == FolderState.ATTACHED ? files.delete(file(name)) : new DeleteResult.FolderMissing(state);
    }

    /**
     * Removes what a crash has left behind: staging files older than 24 hours, in this directory and in the staging
     * directory. Returns how many.
     */
    public int sweepStaging() {
        return folder.state() == FolderState.ATTACHED ? files.sweepStaging(directory) : 0;
    }

    private Path file(FileName name) {
        return directory.resolve(name.pathInWriterDirectory());
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
