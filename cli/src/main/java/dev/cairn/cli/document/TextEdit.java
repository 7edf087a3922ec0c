package dev.cairn.cli.document;

import dev.cairn.cli.text.Portions;
import dev.cairn.cli.text.Splice;
import dev.cairn.crdt.view.TextView;
import dev.cairn.replica.Batch;
import dev.cairn.replica.Transaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Edits of a text, as one change or, where they are too large for one, as several of a batch. A text is made if there
 * is none; what else is there goes.
 *
 * @param document the document's name
 * @param path where the text is
 */
public record TextEdit(String document, DocumentPath path) {

    /**
     * Commits the edits.
     *
     * @param edits from the text as it is to edits of it, in ascending order
     */
    public void commit(Batch batch, String message, Function<String, List<Splice>> edits) {
        Deque<List<Splice>> rest = new ArrayDeque<>();
        batch.commit(message, tx -> {
            Place place = place(tx);
            String present = place.get()
                    .filter(TextView.class::isInstance)
                    .map(Object::toString)
                    .orElse("");
            rest.addAll(Portions.of(edits.apply(present)));
            Assignment.splice(Assignment.text(place), rest.isEmpty() ? List.of() : rest.remove());
        });
        while (!rest.isEmpty()) {
            batch.commit(message, tx -> Assignment.splice(place(tx).text(), rest.remove()));
        }
    }

    private Place place(Transaction tx) {
        return Place.at(tx.on(document), path).throughRegister();
    }
}
