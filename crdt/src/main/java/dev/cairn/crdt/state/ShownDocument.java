package dev.cairn.crdt.state;

import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.DocumentState;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document with what a reader sees of it, which is made when somebody asks for it and kept until it changes. */
public final class ShownDocument {
    private final Document document;

    /** The edition of the document which all that is kept is of. */
    private int edition;

    private @Nullable DocumentState state;
    private @Nullable List<Conflict> conflicts;
    private byte @Nullable [] hash;

    /** Shows a document, whoever goes on to change it. */
    public ShownDocument(Document document) {
        this.document = document;
    }

    /** Returns the document that is shown. */
    public Document document() {
        return document;
    }

    private void forgetFormerEditions() {
        if (edition != document.edition()) {
            edition = document.edition();
            state = null;
            conflicts = null;
        }
    }

    /** Returns the conflicts there are now; looks only where some are suspected. */
    public List<Conflict> conflicts() {
        forgetFormerEditions();
        List<Conflict> known = conflicts;
        if (known == null) {
            known = new ConflictSearch(document, new StateBuilder(document)).conflicts();
            conflicts = known;
        }
        return known;
    }

    /** Returns what a reader sees now. */
    public DocumentState state() {
        forgetFormerEditions();
        DocumentState current = state;
        if (current == null) {
            current = new StateBuilder(document).build(conflicts());
            state = current;
            hash = null;
        }
        return current;
    }

    /** Adds the hash of what a reader sees now to a digest. */
    public void updateHash(MessageDigest digest) {
        DocumentState current = state();
        byte[] known = hash;
        if (known == null) {
            known = StateHash.of(current);
            hash = known;
        }
        digest.update(known);
    }
}
