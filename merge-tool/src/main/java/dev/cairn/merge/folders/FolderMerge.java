package dev.cairn.merge.folders;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.merge.folders.Step.What;
import dev.cairn.merge.verify.Evidence.WholeFile;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.merge.verify.VerifyReport.Level;
import dev.cairn.replica.FolderKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Brings everything that one folder of a space has into another. Idempotent; a run that was interrupted is repeated.
 */
public final class FolderMerge {
    private final Path from;
    private final Path into;
    private final Optional<FolderKeys> keys;
    private final FolderOptions options;
    private final Executor executor;
    private final Progress progress;

    /** Told how far the work is. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all bytes are read, or written. */
        void at(long done, long total);
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** Both are of one space. */
        record Merged(MergeReport report) implements Outcome {}

        /** They are of two spaces: nothing was done. */
        record TwoSpaces(SpaceId from, SpaceId into) implements Outcome {}

        /** There is no Cairn file in the folder to be read. */
        record NotASpace() implements Outcome {}
    }

    /**
     * A merge.
     *
     * @param from the folder to be read; nothing in it is changed
     * @param into the folder that is to have everything; it may be empty
     * @param keys this device's keys; without, files are compared and not what is in them
     * @param options how to read
     * @param executor where files are read and decrypted
     * @param progress told how far it is, on the calling thread
     */
    public FolderMerge(
            Path from,
            Path into,
            Optional<FolderKeys> keys,
            FolderOptions options,
            Executor executor,
            Progress progress) {
        this.from = from;
        this.into = into;
        this.keys = keys;
        this.options = options;
        this.executor = executor;
        this.progress = progress;
    }

    /**
     * Merges.
     *
     * @param dryRun whether only to tell what would be done
     * @throws IOException if a folder is not there or cannot be listed
     */
    public Outcome run(boolean dryRun) throws IOException {
        VerifyReport source = verify(from);
        VerifyReport target = verify(into);
        Optional<SpaceId> fromSpace = space(source);
        Optional<SpaceId> intoSpace = space(target).or(target::space);
        if (fromSpace.isEmpty()) {
            return new Outcome.NotASpace();
        }
        if (intoSpace.isPresent() && !intoSpace.equals(fromSpace)) {
            return new Outcome.TwoSpaces(fromSpace.get(), intoSpace.get());
        }
        Map<String, Listing.Entry> entries = new HashMap<>();
        SharedFolder.at(from, options).list().entries().forEach(entry -> entries.put(entry.path(), entry));
        Set<String> listed = new HashSet<>();
        SharedFolder.at(into, options).list().entries().forEach(entry -> listed.add(entry.path()));
        List<Step> steps = new ArrayList<>();
        if (entries.containsKey(SharedFolder.MARKER) && !listed.contains(SharedFolder.MARKER)) {
            steps.add(new Step(What.COPY, SharedFolder.MARKER, SharedFolder.MARKER, 0, "is not there"));
        }
        steps.addAll(new Plan(target.evidence(), listed).of(source.evidence()));
        steps.addAll(damaged(source, entries.keySet()));
        List<String> failed = dryRun ? List.of() : carry(steps, entries, digests(source));
        return new Outcome.Merged(new MergeReport(from, into, fromSpace, keys.isPresent(), steps, failed));
    }

    private VerifyReport verify(Path folder) throws IOException {
        long size = Verification.size(folder, options);
        long[] done = {0};
        return new Verification(folder, options, keys, executor, bytes -> progress.at(done[0] += bytes, size)).run();
    }

    /** The space of most files: a few of another one may have strayed into a folder. */
    private static Optional<SpaceId> space(VerifyReport report) {
        Map<SpaceId, Long> count = new HashMap<>();
        report.evidence().files().forEach(file -> count.merge(file.header().space(), 1L, Long::sum));
        return count.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static Map<String, Bytes> digests(VerifyReport report) {
        Map<String, Bytes> digests = new HashMap<>();
        for (WholeFile file : report.evidence().files()) {
            digests.put(file.path(), file.digest());
        }
        return digests;
    }

    /** Files which are not even whole. */
    private static List<Step> damaged(VerifyReport source, Set<String> listed) {
        Set<String> whole = digests(source).keySet();
        return source.findings().stream()
                .filter(finding -> finding.level() == Level.FAULT)
                .filter(finding -> listed.contains(finding.path()) && !whole.contains(finding.path()))
                .map(finding -> new Step(What.REFUSED, finding.path(), finding.path(), 0, finding.text()))
                .toList();
    }

    private List<String> carry(List<Step> steps, Map<String, Listing.Entry> entries, Map<String, Bytes> digests) {
        SharedFolder source = SharedFolder.at(from, options);
        Carrier carrier = new Carrier(into);
        List<String> failed = new ArrayList<>();
        long total = steps.stream()
                .filter(step -> step.what().writes())
                .mapToLong(Step::size)
                .sum();
        long done = 0;
        for (Step step : steps) {
            if (step.what().writes()) {
                try {
                    carrier.carry(step, content(source, entries, digests, step.path()));
                } catch (IOException problem) {
                    failed.add(step.target() + ": " + problem.getMessage());
                }
                done += step.size();
                progress.at(done, total);
            }
        }
        return failed;
    }

    private static Bytes content(
            SharedFolder source, Map<String, Listing.Entry> entries, Map<String, Bytes> digests, String path)
            throws IOException {
        Listing.Entry entry = entries.get(path);
        ReadResult read = entry == null ? new ReadResult.Gone() : source.readAny(entry, Limits.FILE_BYTES_MAX);
        if (!(read instanceof ReadResult.Content content)) {
            throw new IOException("could not be read: " + read);
        }
        Bytes wanted = digests.get(path);
        if (wanted != null && !wanted.equals(content.bytes().sha256())) {
            throw new IOException("was changed meanwhile: run again");
        }
        return content.bytes();
    }
}
