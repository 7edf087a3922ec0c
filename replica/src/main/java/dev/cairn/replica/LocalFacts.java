package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.identity.LocalSecrets;
import dev.cairn.replica.identity.SecretsFile;
import dev.cairn.replica.identity.StateDirectory;
import dev.cairn.replica.store.LocalStore;
import dev.cairn.replica.store.OwnFile;
import dev.cairn.replica.store.StoreTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device's state directory holds, read without opening the space: nothing is published, made or mended.
 *
 * @param directory the state directory
 * @param keysFile the file of its keys
 * @param storeFile the file of its local store
 * @param identity whether the keys can be used
 * @param identityProblem one line on them; empty if they can
 * @param storeProblems what is wrong with the store; empty if nothing is, or if there is no identity
 * @param keys the keys, if both they and the store can be read
 * @param known what the store says, if both can be read
 */
public record LocalFacts(
        Path directory,
        Path keysFile,
        Path storeFile,
        Identity identity,
        String identityProblem,
        List<String> storeProblems,
        Optional<FolderKeys> keys,
        Optional<Known> known) {

    public LocalFacts {
        storeProblems = List.copyOf(storeProblems);
    }

    /** What came of looking for the device's keys. */
    public enum Identity {
        /** They are there and sound. */
        FOUND,
        /** There are none: this device is not a member, or its state was deleted. */
        MISSING,
        /** They are damaged, of another version, or open to other users. */
        UNUSABLE,
        /** They are those of another space. */
        OTHER_SPACE
    }

    /**
     * What the local store says.
     *
     * @param space the space of the keys
     * @param device this device
     * @param writers all ids under which it has written, the current one last
     * @param heads the newest heartbeat ever seen of each writer
     * @param published this device's files that should be in the folder
     * @param unpublished how many files wait to be written into it
     */
    public record Known(
            SpaceId space,
            DeviceId device,
            List<WriterId> writers,
            List<Heartbeat> heads,
            List<OwnPlace> published,
            int unpublished) {
        public Known {
            writers = List.copyOf(writers);
            heads = List.copyOf(heads);
            published = List.copyOf(published);
        }
    }

    /** A heartbeat that was seen once; {@code time} is its author's clock. */
    public record Heartbeat(WriterId writer, DeviceId device, String deviceName, long counter, Instant time) {}

    /** Where a file of this device belongs, and the SHA-256 of its bytes. */
    public record OwnPlace(String path, Bytes digest) {}

    /**
     * The facts about the space of a folder.
     *
     * @param seen the space in the folder, if that can be told; decides where the state is unless the options say
     * @throws SpaceException {@code not_a_space} when the state's place cannot be told, {@code state_inside_folder},
     *     {@code state_unsupported}
     */
    public static LocalFacts of(Path folder, Optional<SpaceId> seen, SpaceOptions options) {
        return new SpaceSetup(folder, options).facts(seen);
    }

    static LocalFacts in(StateDirectory state, Path storeFile, Optional<SpaceId> seen) {
        SecretsFile file = SecretsFile.in(state);
        SecretsFile.Stored stored;
        try {
            stored = file.read();
        } catch (IOException e) {
            return without(state, file, storeFile, Identity.UNUSABLE, "cannot be read: " + e.getMessage());
        }
        if (stored instanceof SecretsFile.Stored.Missing missing) {
            return without(state, file, storeFile, Identity.MISSING, missing.problem());
        }
        if (stored instanceof SecretsFile.Stored.Unusable unusable) {
            return without(state, file, storeFile, Identity.UNUSABLE, unusable.problem());
        }
        LocalSecrets secrets = ((SecretsFile.Stored.Found) stored).secrets();
        if (seen.isPresent() && !seen.get().equals(secrets.space())) {
            return without(
                    state,
                    file,
                    storeFile,
                    Identity.OTHER_SPACE,
                    "the keys in " + state.path() + " are for space " + secrets.space() + " and the folder holds space "
                            + seen.get());
        }
        return with(state, file, storeFile, secrets);
    }

    private static LocalFacts without(
            StateDirectory state, SecretsFile file, Path storeFile, Identity identity, String problem) {
        return new LocalFacts(
                state.path(), file.path(), storeFile, identity, problem, List.of(), Optional.empty(), Optional.empty());
    }

    private static LocalFacts with(StateDirectory state, SecretsFile file, Path storeFile, LocalSecrets secrets) {
        List<String> problems = new ArrayList<>(LocalStore.check(storeFile));
        Optional<FolderKeys> keys = Optional.empty();
        Optional<Known> known = Optional.empty();
        if (problems.isEmpty()) {
            try (LocalStore store = LocalStore.open(storeFile)) {
                keys = Optional.of(new FolderKeys(secrets, StoredEntries.read(store)));
                known = Optional.of(known(secrets, store));
            } catch (UncheckedIOException e) {
                if (!StoreTrouble.isNoRoom(e)) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            } catch (LocalStore.NewerStoreException | IllegalStateException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new LocalFacts(state.path(), file.path(), storeFile, Identity.FOUND, "", problems, keys, known);
    }

    private static Known known(LocalSecrets secrets, LocalStore store) {
        return new Known(
                secrets.space(),
                secrets.device().id(),
                secrets.writers(),
                store.heads().all().stream()
                        .map(head -> new Heartbeat(
                                head.writer(),
                                head.device(),
                                head.deviceName(),
                                head.counter(),
                                Instant.ofEpochMilli(head.timeMillis())))
                        .toList(),
                store.own().in(OwnFile.State.PUBLISHED).stream()
                        .map(own -> new OwnPlace(own.name().path(own.writer()), own.digest()))
                        .toList(),
                store.own().count(OwnFile.State.TO_PUBLISH));
    }
}
