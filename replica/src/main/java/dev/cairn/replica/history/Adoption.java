package dev.cairn.replica.history;

import dev.cairn.format.Bytes;
import dev.cairn.format.log.SignedEnd;
import dev.cairn.replica.store.DecodedRuns;
import dev.cairn.replica.store.Line;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.image.CheckedImage;
import dev.cairn.replica.store.image.ImageException;
import dev.cairn.replica.store.image.ImageLine;
import dev.cairn.replica.store.image.ImageRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Copies the lines and runs of a checked image into a store that has none, without looking into the changes again. */
final class Adoption {
    private Adoption() {}

    /** Copies all of an image; what of it is decoded is kept under its new numbers. */
    static void intoEmpty(LocalStore store, CheckedImage image, BodySource bodies, DecodedRuns decoded)
            throws ImageException {
        Map<Integer, ImageRow> first = new HashMap<>();
        Map<Integer, ImageRow> last = new HashMap<>();
        for (ImageRow row : image.rows()) {
            first.putIfAbsent(row.line().no(), row);
            last.put(row.line().no(), row);
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        for (ImageLine line : image.lines()) {
            int parent = numbers.getOrDefault(line.parent(), 0);
            Bytes actor = actor(line, Optional.ofNullable(first.get(line.no())), bodies);
            Line added = store.runs().addLine(line.writer(), line.device(), actor, parent, line.fork());
            numbers.put(line.no(), added.no());
        }
        for (ImageRow row : image.rows()) {
            int line = numbers.getOrDefault(row.line().no(), 0);
            long no = store.runs().append(line, row.base(), row.last(), bodies.body(row.no()));
            image.decoded().find(row.no()).ifPresent(run -> decoded.keep(no, run));
        }
        for (ImageLine line : image.lines()) {
            ImageRow end = last.get(line.no());
            if (!line.hasBranches() && end != null) {
                store.signedEnds().keep(line.writer(), end.last(), new SignedEnd(line.signed()));
            }
        }
    }

    /** A branch has a change, as was checked; only a writer's own line may have none. */
    private static Bytes actor(ImageLine line, Optional<ImageRow> first, BodySource bodies) throws ImageException {
        if (line.parent() == 0) {
            return line.writer().bytes();
        }
        ImageRow row = first.orElseThrow(() -> new IllegalStateException("a branch without a change: " + line));
        Bytes firstHash =
                Chains.decode(line.writer(), row.base(), bodies.body(row.no())).chainHash(0);
        return Linker.branchActor(line.writer(), firstHash);
    }
}
