package dev.cairn.replica;

import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which spaces have files in a folder, for when the marker at its root is lost or damaged: every file repeats the
 * id of its space.
 */
final class FolderSpaces {
    /** Small files suffice, and a few of them: a head is one of the first that a device writes. */
    private static final int FILES_MAX = 64;

    private FolderSpaces() {}

    /** The spaces of whole files in the folder, the one with the most files first. */
    static List<SpaceId> of(SharedFolder folder) {
        Map<SpaceId, Integer> files = new HashMap<>();
        List<Listing.Entry> small = folder.list().entries().stream()
                .filter(entry -> entry.path().endsWith(".cairn") && entry.size() <= Limits.HEAD_FILE_BYTES_MAX)
                .limit(FILES_MAX)
                .toList();
        for (Listing.Entry entry : small) {
            if (folder.read(entry, Limits.HEAD_FILE_BYTES_MAX) instanceof ReadResult.Content found) {
                Envelope.inspect(found.bytes())
                        .content()
                        .ifPresent(file -> files.merge(file.header().space(), 1, Integer::sum));
            }
        }
        return files.entrySet().stream()
                .sorted(Map.Entry.<SpaceId, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
