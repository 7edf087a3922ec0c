package dev.cairn.replica.store.image;

import dev.cairn.format.Bytes;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.members.MemberEntry;
import java.util.List;

/** The member entries which the reader of an image has, and a place for those which it lacks. */
@FunctionalInterface
public interface KnownEntries {
    /** Takes in entries of the image, each in its right form, and knows the devices then. */
    DeviceDirectory learn(List<MemberEntry> entries);

    /** Whether an entry whose bytes have that digest was found to be in its right form before. */
    default boolean has(Bytes digest) {
        return false;
    }
}
