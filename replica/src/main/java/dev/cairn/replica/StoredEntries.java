package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.store.LocalStore;
import java.util.ArrayList;
import java.util.List;

/** The member entries in the local store. */
final class StoredEntries {
    private StoredEntries() {}

    static List<MemberEntry> read(LocalStore store) {
        List<MemberEntry> entries = new ArrayList<>();
        for (Bytes bytes : store.entries()) {
            try {
                entries.add(MemberEntry.parse(bytes));
            } catch (MalformedException e) {
                throw new IllegalStateException("the local store is damaged: a member entry does not parse", e);
            }
        }
        return entries;
    }

    /** Keeps entries; inside a transaction. Returns whether any was new. */
    static boolean write(LocalStore store, List<MemberEntry> entries) {
        boolean any = false;
        for (MemberEntry entry : entries) {
            Bytes bytes = entry.encoded();
            any |= store.addEntry(bytes.sha256(), bytes);
        }
        return any;
    }
}
