package dev.cairn.merge.doctor;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.Listing;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.merge.verify.Verification;
import dev.cairn.merge.verify.VerifyReport;
import dev.cairn.replica.LocalFacts;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Examines a space: its folder, this device's state, and what the one says of the other. Reads and changes nothing
 * unless it is asked to mend.
 */
public final class Doctor {
    /** What keeps a first look from seeing everything. */
    private static final Set<Cause> HIDING = EnumSet.of(Cause.KEYS_EXPOSED, Cause.PERMISSIONS, Cause.FOLDER_READ_ONLY);

    private final Path folder;
    private final SpaceOptions options;
    private final Machine machine;
    private final Executor executor;
    private final LongConsumer progress;

    /**
     * A doctor.
     *
     * @param folder the synced folder, which need not be there
     * @param options how this device would open the space
     * @param machine the limits of the machine
     * @param executor where files are read and decrypted
     * @param progress is told the bytes read so far, on the calling thread
     */
    public Doctor(Path folder, SpaceOptions options, Machine machine, Executor executor, LongConsumer progress) {
        this.folder = folder;
        this.options = options;
        this.machine = machine;
        this.executor = executor;
        this.progress = progress;
    }

    /**
     * Examines, and changes nothing.
     *
     * @throws IOException if the folder went away meanwhile
     * @throws SpaceException {@code not_a_space} when there is neither a space in the folder nor a state of one
     */
    public DoctorReport examine() throws IOException {
        Examination examination = new Examination();
        return report(examination, examination.found(), List.of(), List.of());
    }

    /** Examines, mends what can be mended without losing anything, and examines again. */
    public DoctorReport mend() throws IOException {
        Examination before = new Examination();
        Optional<LocalFacts> facts = before.facts;
        if (facts.isEmpty() || before.found().isEmpty()) {
            return report(before, before.found(), List.of(), List.of());
        }
        List<String> failed = new ArrayList<>(new Mending(folder, options, facts.get()).run(before.found()));
        Set<Diagnosis> mended = new LinkedHashSet<>(before.found());
        if (before.found().stream().anyMatch(diagnosis -> HIDING.contains(diagnosis.cause()))) {
            Examination between = new Examination();
            mended.addAll(between.found());
            if (between.facts.isPresent()) {
                failed.addAll(new Mending(folder, options, between.facts.get()).run(between.found()));
            }
        }
        Examination after = new Examination();
        List<Diagnosis> still = after.found();
        mended.removeIf(diagnosis -> still.stream()
                .anyMatch(left ->
                        left.cause() == diagnosis.cause() && left.subject().equals(diagnosis.subject())));
        return report(
                after, still, List.copyOf(mended), failed.stream().distinct().toList());
    }

    private DoctorReport report(
            Examination examination, List<Diagnosis> found, List<Diagnosis> mended, List<String> failed) {
        return new DoctorReport(
                folder, examination.facts.map(LocalFacts::directory), examination.files, found, mended, failed);
    }

    /** One look at everything. */
    private final class Examination {
        private final Instant now = options.clock().instant();
        private final FolderOptions reading = FolderOptions.direct(options.clock());
        private final List<Diagnosis> found = new ArrayList<>();
        private final Optional<LocalFacts> facts;
        private long files;

        Examination() throws IOException {
            SharedFolder shared = SharedFolder.at(folder, reading);
            facts = facts(space(shared, shared.list()));
            facts.ifPresent(state -> found.addAll(StateExam.of(state)));
            boolean member = facts.flatMap(LocalFacts::known).isPresent();
            Listing listing = (member ? SharedFolder.known(folder, reading) : shared).list();
            found.addAll(new FolderExam(folder, machine, now).of(listing, facts.map(LocalFacts::directory)));
            if (listing.state() == FolderState.ATTACHED) {
                files(listing);
            }
        }

        List<Diagnosis> found() {
            List<Diagnosis> once = new ArrayList<>();
            Set<String> said = new LinkedHashSet<>();
            for (Diagnosis diagnosis : found) {
                if (said.add(diagnosis.cause() + " " + diagnosis.subject())) {
                    once.add(diagnosis);
                }
            }
            once.sort(Comparator.comparing(
                            (Diagnosis diagnosis) -> diagnosis.cause().severity())
                    .thenComparing(Diagnosis::cause)
                    .thenComparing(Diagnosis::subject));
            return List.copyOf(once);
        }

        private Optional<LocalFacts> facts(Optional<SpaceId> seen) {
            try {
                return Optional.of(LocalFacts.of(folder, seen, options));
            } catch (SpaceException refused) {
                if (refused.code() == SpaceException.Code.STATE_INSIDE_FOLDER) {
                    found.add(new Diagnosis(
                            Cause.STATE_INSIDE_FOLDER,
                            options.stateDirectory().map(Path::toString).orElse("the state directory"),
                            "lies in the synced folder, or the other way round"));
                    return Optional.empty();
                }
                throw refused;
            }
        }

        private void files(Listing listing) throws IOException {
            VerifyReport report =
                    new Verification(folder, reading, facts.flatMap(LocalFacts::keys), executor, progress).run();
            files = report.files();
            Optional<LocalFacts.Known> known = facts.flatMap(LocalFacts::known);
            Set<WriterId> own = known.map(state -> Set.copyOf(state.writers())).orElse(Set.of());
            found.addAll(new FileExam(own).of(report));
            Set<String> listed =
                    listing.entries().stream().map(Listing.Entry::path).collect(Collectors.toSet());
            known.ifPresent(state -> found.addAll(new FleetExam(report, state, listed, now).run()));
        }
    }

    /** Which space is in the folder: by its marker, else by any of its files. */
    private static Optional<SpaceId> space(SharedFolder shared, Listing listing) {
        if (shared.readMarker() instanceof ReadResult.Content content) {
            Optional<SpaceId> marked =
                    SpaceMarker.read(content.bytes()).content().map(SpaceMarker::space);
            if (marked.isPresent()) {
                return marked;
            }
        }
        for (Listing.Entry entry : listing.entries()) {
            Optional<SpaceId> named = shared.read(entry, Limits.FILE_BYTES_MAX) instanceof ReadResult.Content content
                    ? header(content.bytes())
                    : Optional.empty();
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    private static Optional<SpaceId> header(Bytes file) {
        return Envelope.inspect(file)
                .content()
                .map(identity -> identity.header().space());
    }
}
