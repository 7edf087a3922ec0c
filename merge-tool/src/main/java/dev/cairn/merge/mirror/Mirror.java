package dev.cairn.merge.mirror;

import dev.cairn.format.Bytes;
import dev.cairn.merge.mirror.Documents.Replacement;
import dev.cairn.merge.mirror.Memory.Agreement;
import dev.cairn.merge.mirror.MirrorReport.Outcome;
import dev.cairn.merge.text.TextMerge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the files of a folder and the documents of a space equal, one round at a time. The document of a file has its
 * path as name.
 *
 * <p>Invariant: what a file or a document says is replaced only when the other side has it, or its history does: a
 * document's history keeps all it ever said, and a file is replaced only by a text which has everything that was new in
 * it. Whatever is stopped anywhere, the next round goes on; see {@link Memory}. One thread at a time.
 *
 * <p>A folder out of which most files have vanished is more likely unmounted than tidied up, so that deletions of many
 * at once wait for permission.
 */
public final class Mirror {
    /** Documents which are made durable at once, and characters of them. */
    private static final int BATCH_NAMES_MAX = 256;

    private static final int BATCH_CHARACTERS_MAX = 2 << 20;
    /** So many may be deleted at once without permission, or up to one in {@link #DELETED_SHARE}. */
    private static final int DELETED_MAX = 10;

    private static final int DELETED_SHARE = 5;
    private static final TextMerge.Labels LABELS = new TextMerge.Labels("file", "before", "document");

    private final Vault vault;
    private final Documents documents;
    private final Memory memory;
    private final Options options;

    /**
     * How to mirror.
     *
     * @param deletions whether any number of deletions is carried over
     * @param dryRun whether nothing is to be done
     * @param clock by which it is judged whether a file changed so lately that it has to be read again
     */
    public record Options(boolean deletions, boolean dryRun, Clock clock) {}

    /** Told how far a round is. */
    @FunctionalInterface
    public interface Progress {
        /** That many of that many names. */
        void show(long done, long all);
    }

    /** A mirror of a folder and a space. */
    public Mirror(Vault vault, Documents documents, Memory memory, Options options) {
        this.vault = vault;
        this.documents = documents;
        this.memory = memory;
        this.options = options;
    }

    /**
     * Goes through all files and documents once.
     *
     * @param changed whether a document may have changed since the round before; of others a file is looked at only
     *     when it seems to have changed itself
     * @throws IOException if the folder is not there, or the memory cannot be written
     */
    public MirrorReport round(Predicate<String> changed, Progress progress) throws IOException {
        try {
            return new Round().run(changed, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A document that is to be changed, with what the file says and what becomes known then. */
    private record Waiting(Replacement replacement, Stamp stamp, Outcome outcome) {}

    /** A file that is to say what its document says. */
    private record Writing(String name, Optional<String> file, String next, Outcome outcome) {}

    /** One round. */
    private final class Round {
        private final MirrorReport.Builder report = new MirrorReport.Builder();
        private final List<Waiting> waiting = new ArrayList<>();
        private final List<Writing> writing = new ArrayList<>();
        private final List<Agreement> agreements = new ArrayList<>();
        private SortedMap<String, Stamp> files = new TreeMap<>();
        private int waitingCharacters;
        private boolean filesMayGo;
        private boolean documentsMayGo;

        private MirrorReport run(Predicate<String> changed, Progress progress) throws IOException {
            Vault.Listing listing = vault.list(!options.dryRun());
            files = listing.files();
            listing.leftOut().forEach((name, reason) -> report.add(name, Outcome.LEFT_OUT, reason));
            TreeSet<String> present = new TreeSet<>(documents.names());
            TreeSet<String> names = new TreeSet<>(files.keySet());
            names.addAll(present);
            names.addAll(memory.stamps().keySet());
            names.removeAll(listing.leftOut().keySet());
            documentsMayGo = allowed(names.stream().filter(name -> !files.containsKey(name)), files.isEmpty());
            filesMayGo = allowed(names.stream().filter(name -> !present.contains(name)), false);
            long done = 0;
            for (String name : names) {
                look(name, changed.test(name));
                progress.show(++done, names.size());
            }
            flush();
            return report.build();
        }

        /** Whether so many may be deleted on the other side, of all that both sides had. */
        private boolean allowed(Stream<String> gone, boolean all) {
            int known = memory.stamps().size();
            long many = gone.filter(memory.stamps()::containsKey).count();
            boolean few = many <= DELETED_MAX || many * DELETED_SHARE <= known;
            return options.deletions() || many == 0 || (few && !all);
        }

        private void look(String name, boolean changed) throws IOException {
            Stamp stamp = files.getOrDefault(name, Stamp.NONE);
            Stamp known = memory.stamps().get(name);
            if (!changed && known != null && !known.equals(Stamp.NONE) && known.equals(stamp)) {
                report.agree();
                return;
            }
            Optional<String> problem = vault.problem(name).or(() -> documents.problem(name));
            if (problem.isPresent()) {
                report.add(name, Outcome.LEFT_OUT, problem.get());
                return;
            }
            Vault.Content content = vault.read(name);
            if (content instanceof Vault.Content.Other other) {
                report.add(name, Outcome.LEFT_OUT, other.reason());
            } else if (content instanceof Vault.Content.Text && !files.containsKey(name) && known == null) {
                report.add(name, Outcome.LEFT_OUT, "is the name of a file in another spelling: rename one of them");
            } else {
                Optional<String> file =
                        content instanceof Vault.Content.Text text ? Optional.of(text.text()) : Optional.empty();
                decide(name, agreed(name, file), file, documents.text(name), stamp.settled(now()));
            }
        }

        private long now() {
            return options.clock().millis();
        }

        /** What was agreed on last, or would have been if the round before had come so far. */
        private Optional<String> agreed(String name, Optional<String> file) throws IOException {
            Optional<String> known = memory.text(name);
            Optional<Intent> intent = memory.intent(name);
            return intent.isPresent() ? intent.get().common(file, known, documents) : known;
        }

        private void decide(
                String name, Optional<String> agreed, Optional<String> file, Optional<String> document, Stamp stamp)
                throws IOException {
            switch (Course.of(agreed, file, document)) {
                case AGREED -> {
                    report.agree();
                    agree(name, file, stamp);
                }
                case TO_SPACE -> toSpace(name, file, document, stamp);
                case TO_FILE -> toFile(name, file, document);
                case MERGE -> merge(name, agreed, file.orElseThrow(), document.orElseThrow());
            }
        }

        private void agree(String name, Optional<String> text, Stamp stamp) throws IOException {
            boolean news = text.isPresent()
                    ? !stamp.equals(memory.stamps().get(name))
                    : memory.stamps().containsKey(name);
            if (news && !options.dryRun()) {
                agreements.add(new Agreement(name, text, stamp));
                if (agreements.size() >= BATCH_NAMES_MAX) {
                    flush();
                }
            }
        }

        private void toSpace(String name, Optional<String> file, Optional<String> document, Stamp stamp)
                throws IOException {
            Outcome outcome = file.isEmpty()
                    ? Outcome.DOCUMENT_REMOVED
                    : document.isEmpty() ? Outcome.DOCUMENT_MADE : Outcome.DOCUMENT_EDITED;
            if (file.isEmpty() && !documentsMayGo) {
                held(name, "its file is gone, and so are many others: --allow-deletes removes the documents, too");
            } else if (options.dryRun()) {
                report.add(name, outcome, "");
            } else {
                schedule(name, file, document, stamp, outcome);
            }
        }

        private void schedule(
                String name, Optional<String> file, Optional<String> document, Stamp stamp, Outcome outcome)
                throws IOException {
            waiting.add(new Waiting(new Replacement(name, document, file), stamp, outcome));
            scheduled(file.map(String::length).orElse(0));
        }

        private void scheduled(int characters) throws IOException {
            waitingCharacters += characters;
            if (waiting.size() + writing.size() >= BATCH_NAMES_MAX || waitingCharacters >= BATCH_CHARACTERS_MAX) {
                flush();
            }
        }

        private void held(String name, String detail) {
            report.add(name, Outcome.HELD_BACK, detail);
        }

        private void toFile(String name, Optional<String> file, Optional<String> document) throws IOException {
            Outcome outcome = document.isEmpty()
                    ? Outcome.FILE_DELETED
                    : file.isEmpty() ? Outcome.FILE_MADE : Outcome.FILE_EDITED;
            if (document.isEmpty() && !filesMayGo) {
                held(name, "its document was removed, and so were many others: --allow-deletes deletes the files, too");
            } else if (options.dryRun()) {
                report.add(name, outcome, "");
            } else if (document.isPresent()) {
                writing.add(new Writing(name, file, document.get(), outcome));
                scheduled(document.get().length());
            } else if (done(name, outcome, () -> vault.delete(name, file.orElseThrow()))) {
                agree(name, document, Stamp.NONE);
            }
        }

        /** Does something to a file and reports what came of it; returns whether it was done. */
        private boolean done(String name, Outcome outcome, Act act) {
            boolean done;
            try {
                done = act.run();
            } catch (IOException e) {
                report.add(name, Outcome.LEFT_OUT, "cannot be written: " + e.getMessage());
                return false;
            }
            report.add(name, done ? outcome : Outcome.BUSY, done ? "" : "the file was edited just now");
            return done;
        }

        private void merge(String name, Optional<String> agreed, String file, String document) throws IOException {
            Optional<String> merged = merged(agreed, file, document);
            if (merged.isEmpty()) {
                report.add(
                        name,
                        Outcome.DIFFERS,
                        "the file and the document differ, and nothing tells what was before: make them equal, or"
                                + " rename the file to keep both");
            } else if (options.dryRun()) {
                report.add(name, Outcome.MERGED, "");
            } else if (merged.get().equals(file)) {
                schedule(name, Optional.of(file), Optional.of(document), Stamp.NONE, Outcome.MERGED);
            } else {
                mergeFirstInTheFile(name, file, document, merged.get());
            }
        }

        /** The file gets the edits of the document, which then is behind the file like any other. */
        private void mergeFirstInTheFile(String name, String file, String document, String merged) throws IOException {
            memory.intend(
                    List.of(new Intent(name, Optional.of(file), Optional.of(document), merged, documents.mark())));
            try {
                if (!vault.write(name, Optional.of(file), merged)) {
                    memory.notDone(List.of(name));
                    report.add(name, Outcome.BUSY, "the file was edited just now");
                    return;
                }
            } catch (IOException e) {
                report.add(name, Outcome.LEFT_OUT, "cannot be written: " + e.getMessage());
                return;
            }
            memory.agree(List.of(new Agreement(name, Optional.of(document), Stamp.NONE)));
            if (merged.equals(document)) {
                report.add(name, Outcome.MERGED, "");
                return;
            }
            schedule(name, Optional.of(merged), Optional.of(document), Stamp.NONE, Outcome.MERGED);
        }

        private Optional<String> merged(Optional<String> agreed, String file, String document) {
            Bytes mine = Bytes.utf8(file);
            Bytes theirs = Bytes.utf8(document);
            TextMerge.Result result = agreed.isPresent()
                    ? TextMerge.merge(Bytes.utf8(agreed.get()), mine, theirs, LABELS)
                    : TextMerge.union(mine, theirs, LABELS);
            if (result instanceof TextMerge.Result.Clean clean) {
                return Optional.of(new String(clean.content().toArray(), StandardCharsets.UTF_8));
            }
            return agreed.map(before -> documents.mergeCharacters(before, file, document));
        }

        /** Makes durable what waits: what is to be, then the documents and files, then what is known of them. */
        private void flush() throws IOException {
            if (options.dryRun()) {
                return;
            }
            memory.intend(intents());
            List<String> undone = new ArrayList<>();
            replaceDocuments(undone);
            writeFiles(undone);
            memory.agree(List.copyOf(agreements));
            memory.notDone(undone);
            waiting.clear();
            writing.clear();
            waitingCharacters = 0;
            agreements.clear();
        }

        private List<Intent> intents() {
            List<Intent> intents = new ArrayList<>();
            String mark = waiting.isEmpty() && writing.isEmpty() ? "" : documents.mark();
            for (Waiting next : waiting) {
                Replacement replacement = next.replacement();
                replacement
                        .next()
                        .ifPresent(text -> intents.add(new Intent(
                                replacement.name(), replacement.next(), replacement.expected(), text, mark)));
            }
            for (Writing next : writing) {
                intents.add(new Intent(next.name(), next.file(), Optional.of(next.next()), next.next(), mark));
            }
            return intents;
        }

        private void replaceDocuments(List<String> undone) {
            List<Boolean> done = waiting.isEmpty()
                    ? List.of()
                    : documents.replace(
                            waiting.stream().map(Waiting::replacement).toList());
            for (int i = 0; i < done.size(); i++) {
                Waiting next = waiting.get(i);
                String name = next.replacement().name();
                if (done.get(i)) {
                    report.add(name, next.outcome(), "");
                    agreements.add(new Agreement(name, next.replacement().next(), next.stamp()));
                } else {
                    report.add(name, Outcome.BUSY, "the document was edited just now");
                    undone.add(name);
                }
            }
        }

        private void writeFiles(List<String> undone) throws IOException {
            for (Writing next : writing) {
                String name = next.name();
                if (done(name, next.outcome(), () -> vault.write(name, next.file(), next.next()))) {
                    Stamp stamp = vault.stamp(name).settled(now());
                    agreements.add(new Agreement(name, Optional.of(next.next()), stamp));
                } else {
                    undone.add(name);
                }
            }
        }
    }

    /** Something done to a file, if it still says what was read. */
    @FunctionalInterface
    private interface Act {
        boolean run() throws IOException;
    }
}
