package dev.cairn.replica.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.DocumentState;
import java.util.function.Supplier;

/**
 * Documents at earlier versions, which never change and cost a replay of their history.
 *
 * <p>Thread-safe. Which entries are dropped first differs between equal runs; only the time a read takes depends on it.
 */
public final class PastDocuments {
    /** Documents kept: a person who pages through the versions of a few documents goes back and forth among these. */
    private static final int DOCUMENTS_MAX = 256;

    private final Cache<Key, DocumentState> states = Caffeine.newBuilder()
            .maximumSize(DOCUMENTS_MAX)
            .executor(Runnable::run)
            .build();

    /**
     * The document of that name at that version, replayed only if it is not in memory.
     *
     * @param namings of the history, which differs after changes were given other names
     */
    public DocumentState get(long namings, Heads version, String document, Supplier<DocumentState> replay) {
        return states.get(new Key(namings, version, document), key -> replay.get());
    }

    private record Key(long namings, Heads version, String document) {}
}
