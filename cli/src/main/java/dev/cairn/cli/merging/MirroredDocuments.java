package dev.cairn.cli.merging;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.TextEdit;
import dev.cairn.cli.text.Splice;
import dev.cairn.cli.text.TextDiff;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import dev.cairn.merge.mirror.Documents;
import dev.cairn.replica.Batch;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The texts of a space's documents, as a mirror sees them: the text of a document is under the key {@code text}. Which
 * documents have one is remembered between rounds; {@link #changed} tells of those to look at again.
 */
public final class MirroredDocuments implements Documents {
    private static final int NAME_BYTES_MAX = 1024;

    private final Space space;
    private final String prefix;
    private final String message;
    private final SortedSet<String> names = new TreeSet<>();

    /**
     * The documents of an open space.
     *
     * @param prefix what comes before the names of those which are mirrored
     * @param message what to say of each change
     */
    public MirroredDocuments(Space space, String prefix, String message) {
        this.space = space;
        this.prefix = prefix;
        this.message = message;
        changed(space.documents());
    }

    /** Looks again which of these documents, by their whole names, have a text. */
    public void changed(Collection<String> documents) {
        for (String document : documents) {
            if (document.startsWith(prefix) && document.length() > prefix.length()) {
                String name = document.substring(prefix.length());
                if (text(name).isPresent()) {
                    names.add(name);
                } else {
                    names.remove(name);
                }
            }
        }
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public Optional<String> text(String name) {
        return text(space.document(prefix + name));
    }

    private static Optional<String> text(Document document) {
        return document.map()
                .get(TextHistory.KEY)
                .filter(TextView.class::isInstance)
                .map(Object::toString);
    }

    private Optional<Node> there(String name) {
        return space.document(prefix + name).map().get(TextHistory.KEY);
    }

    @Override
    public Optional<String> problem(String name) {
        int bytes = (prefix + name).getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > NAME_BYTES_MAX) {
            return Optional.of("has a name of " + bytes + " bytes: a document's has 1 to " + NAME_BYTES_MAX);
        }
        return there(name)
                .filter(node -> !(node instanceof TextView))
                .map(other -> "is a document which has something else under '" + TextHistory.KEY + "'");
    }

    @Override
    public List<Boolean> replace(List<Replacement> replacements) {
        List<Boolean> done = new ArrayList<>();
        space.batch(batch -> replacements.forEach(replacement -> done.add(replace(batch, replacement))));
        replacements.forEach(replacement -> changed(List.of(prefix + replacement.name())));
        return done;
    }

    private boolean replace(Batch batch, Replacement replacement) {
        if (!text(replacement.name()).equals(replacement.expected())) {
            return false;
        }
        String document = prefix + replacement.name();
        if (replacement.next().isEmpty()) {
            batch.commit(message, tx -> tx.on(document).map().remove(TextHistory.KEY));
            return true;
        }
        TextEdit edit = new TextEdit(document, new DocumentPath(List.of(TextHistory.KEY)));
        edit.commit(
                batch,
                message,
                present -> TextDiff.between(present, replacement.next().get()));
        return true;
    }

    @Override
    public String mark() {
        return space.version().toString();
    }

    @Override
    public boolean said(String name, String mark, String text) {
        String document = prefix + name;
        List<Version.Head> own = new ArrayList<>();
        try {
            space.changesBetween(Version.parse(mark), space.version(), change -> {
                if (change.device().equals(space.device()) && change.documents().contains(document)) {
                    own.add(change.id());
                }
            });
        } catch (SpaceException unknown) {
            return false; // the space was restored to what it was before
        }
        return own.stream()
                .map(change -> space.at(new Version(List.of(change))).document(document))
                .anyMatch(then -> text(then).equals(Optional.of(text)));
    }

    @Override
    public String mergeCharacters(String agreed, String file, String document) {
        List<Splice> theirs = TextDiff.between(agreed, document);
        return TextDiff.apply(document, TextDiff.rebase(TextDiff.between(agreed, file), theirs));
    }
}
