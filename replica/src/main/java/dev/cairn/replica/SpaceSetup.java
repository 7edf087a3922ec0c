package dev.cairn.replica;

import dev.cairn.format.SpaceId;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.folder.FolderOptions;
import dev.cairn.format.folder.FolderState;
import dev.cairn.format.folder.PublishResult;
import dev.cairn.format.folder.ReadResult;
import dev.cairn.format.folder.SharedFolder;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.replica.SpaceException.Code;
import dev.cairn.replica.history.Progress;
import dev.cairn.replica.identity.Founding;
import dev.cairn.replica.identity.JoinStep;
import dev.cairn.replica.identity.LocalSecrets;
import dev.cairn.replica.identity.Members;
import dev.cairn.replica.identity.SecretsFile;
import dev.cairn.replica.identity.StateDirectory;
import dev.cairn.replica.store.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings a space to life on this device: founding it, joining it, opening it again. */
final class SpaceSetup {
    /** Steps of one attempt to join: sign, learn keys, joined. */
    private static final int JOIN_STEPS_MAX = 4;

    private static final String STORE = "local.db";

    private final Path folder;
    private final SpaceOptions options;
    private final Threads threads;

    SpaceSetup(Path folder, SpaceOptions options) {
        this.folder = folder;
        this.options = options;
        this.threads = new Threads(options);
    }

    Space create() {
        requireFolder();
        SharedFolder bare = unknownFolder(Optional.empty());
        if (marker(bare).isPresent() || !FolderSpaces.of(bare).isEmpty()) {
            throw new SpaceException(
                    Code.ALREADY_A_SPACE,
                    "there is a space in " + folder + " already: join it, or choose another folder");
        }
        Founding founding = Members.found(options.deviceName(), options.clock().millis(), options.random());
        StateDirectory state = freshState(founding.secrets().space());
        SecretsFile secretsFile = SecretsFile.in(state);
        save(state, secretsFile, founding.secrets());
        Replica replica = replica(state, secretsFile, founding.secrets(), false);
        keep(replica, founding.genesis());
        PublishResult marked = replica.folder().writeMarker(new SpaceMarker(replica.space()).encode());
        if (!marked.published()) {
            replica.close();
            throw new UncheckedIOException(new IOException("cannot make a space: " + marked.advice()));
        }
        Space space = new Space(replica, threads);
        space.flush();
        return space;
    }

    Space open() {
        Optional<SpaceId> marked = marked();
        StateDirectory state = openState(marked);
        SecretsFile secretsFile = SecretsFile.in(state);
        LocalSecrets secrets = found(secretsFile);
        if (belongsToAnother(marked, secrets.space())) {
            throw new SpaceException(
                    Code.NO_IDENTITY,
                    "the keys in " + state.path() + " are for another space than the one in " + folder
                            + ": give the state directory of this space, or join it");
        }
        Replica replica = replica(state, secretsFile, secrets, true);
        replica.sweepState();
        Space space = new Space(replica, threads);
        if (secrets.isJoining() && !(advance(space, replica) instanceof JoinStep.Joined)) {
            space.close();
            throw new SpaceException(
                    Code.AWAITING_APPROVAL,
                    "this device has asked to join the space in " + folder
                            + " and is not a member yet: let a member approve it, then try again");
        }
        return space;
    }

    FolderKeys keys() {
        Optional<SpaceId> marked = marked();
        StateDirectory state = openState(marked);
        LocalSecrets secrets = found(SecretsFile.in(state));
        if (belongsToAnother(marked, secrets.space())) {
            throw new SpaceException(
                    Code.NO_IDENTITY,
                    "the keys in " + state.path() + " are for another space than the one in " + folder);
        }
        try (LocalStore store = openStore(state)) {
            return new FolderKeys(secrets, StoredEntries.read(store));
        }
    }

    LocalFacts facts(Optional<SpaceId> seen) {
        Optional<Path> given = options.stateDirectory();
        if (given.isEmpty() && seen.isEmpty()) {
            throw new SpaceException(
                    Code.NOT_A_SPACE,
                    "there is no space in " + folder + ", so it cannot be told where this device keeps its state: name"
                            + " the state directory");
        }
        StateDirectory state = located(given.orElseGet(() -> stateFor(seen.orElseThrow())));
        return LocalFacts.in(state, state.path().resolve(STORE), seen);
    }

    JoinResult join(String code) {
        requireFolder();
        InviteCode.Parsed parsed = InviteCode.parse(code);
        if (!(parsed instanceof InviteCode.Parsed.Valid valid)) {
            throw new SpaceException(Code.BAD_INVITE, ((InviteCode.Parsed.Mistyped) parsed).problem());
        }
        try (InviteCode invite = valid.code()) {
            Optional<SpaceId> marked = marker(unknownFolder(Optional.empty()));
            if (belongsToAnother(marked, invite.space())) {
                throw new SpaceException(Code.BAD_INVITE, "the invite is for another space than the one in " + folder);
            }
            return join(invite);
        }
    }

    private JoinResult join(InviteCode invite) {
        StateDirectory state = located(stateFor(invite.space()));
        SecretsFile secretsFile = SecretsFile.in(state);
        LocalSecrets secrets;
        if (read(secretsFile) instanceof SecretsFile.Stored.Found found) {
            secrets = found.secrets();
            boolean inside = !secrets.isJoining() && isMember(state, secrets);
            if (!secrets.space().equals(invite.space()) || inside) {
                throw new SpaceException(
                        Code.ALREADY_A_SPACE,
                        "this device is in a space with its keys in " + state.path()
                                + " already: open it, or give another state directory");
            }
            secrets = secrets.joiningBy(invite);
            save(state, secretsFile, secrets);
        } else {
            secrets = Members.beginJoin(invite, options.deviceName(), options.random());
            save(state, secretsFile, secrets);
        }
        Replica replica = replica(state, secretsFile, secrets, false);
        Space space = new Space(replica, threads);
        return result(space, advance(space, replica));
    }

    /** Whether a device which has joined still belongs to its space: another one may have used the same invite. */
    private boolean isMember(StateDirectory state, LocalSecrets secrets) {
        try (LocalStore store = openStore(state)) {
            return new Members(secrets, StoredEntries.read(store)).self().isPresent();
        }
    }

    private static LocalStore openStore(StateDirectory state) {
        try {
            return LocalStore.open(state.path().resolve(STORE));
        } catch (LocalStore.NewerStoreException e) {
            throw new SpaceException(Code.TOO_NEW, String.valueOf(e.getMessage()), e);
        }
    }

    private static JoinResult result(Space space, JoinStep step) {
        if (step instanceof JoinStep.Joined) {
            space.flush();
            return new JoinResult.Joined(space);
        }
        space.close();
        if (step instanceof JoinStep.AwaitingApproval awaiting) {
            return new JoinResult.AwaitingApproval(awaiting.words().toString());
        }
        if (step instanceof JoinStep.AwaitingEntries awaiting) {
            return new JoinResult.AwaitingSync(awaiting.what());
        }
        throw new SpaceException(
                Code.BAD_INVITE, step instanceof JoinStep.Failed failed ? failed.problem() : "joining did not end");
    }

    private JoinStep advance(Space space, Replica replica) {
        space.refresh();
        JoinStep step = replica.locked(() -> replica.members().joinStep(replica.nowMillis()));
        for (int i = 0; i < JOIN_STEPS_MAX && step instanceof JoinStep.Sign sign; i++) {
            keep(replica, sign.entry());
            step = replica.locked(() -> replica.members().joinStep(replica.nowMillis()));
        }
        if (step instanceof JoinStep.Joined) {
            replica.locked(() -> replica.store().write(() -> {
                replica.members().finishJoin();
                replica.saveSecrets();
                return true;
            }));
            space.refresh();
        }
        return step;
    }

    private static void keep(Replica replica, MemberEntry entry) {
        replica.locked(() -> replica.history().write(new Progress(), () -> {
            replica.outbox().add(replica.members().seal(entry, replica.options().random()));
            return replica.addEntries(List.of(entry));
        }));
    }

    private Replica replica(StateDirectory state, SecretsFile secretsFile, LocalSecrets secrets, boolean known) {
        LocalStore store = openStore(state);
        FolderOptions folderOptions = folderOptions(Optional.of(state.path().resolve("staging")));
        SharedFolder shared =
                known ? SharedFolder.known(folder, folderOptions) : SharedFolder.at(folder, folderOptions);
        return new Replica(options, shared, state, secretsFile, store, new Members(secrets, StoredEntries.read(store)));
    }

    private SharedFolder unknownFolder(Optional<Path> staging) {
        return SharedFolder.at(folder, folderOptions(staging));
    }

    private FolderOptions folderOptions(Optional<Path> staging) {
        return new FolderOptions(staging, options.pause(), options.clock(), options.random(), threads.reading());
    }

    private void requireFolder() {
        if (!isThere()) {
            throw noFolder("make it, or connect its disk");
        }
    }

    private SpaceException noFolder(String advice) {
        return new SpaceException(Code.FOLDER_MISSING, "there is no folder " + folder + ": " + advice);
    }

    private boolean isThere() {
        return unknownFolder(Optional.empty()).state() != FolderState.MISSING;
    }

    private Optional<SpaceId> marker(SharedFolder shared) {
        return shared.readMarker() instanceof ReadResult.Content content
                ? SpaceMarker.read(content.bytes()).content().map(SpaceMarker::space)
                : Optional.empty();
    }

    /** Whether the folder is another space's; a marker is not believed against the files. */
    private boolean belongsToAnother(Optional<SpaceId> marked, SpaceId space) {
        return marked.isPresent()
                && !marked.get().equals(space)
                && !FolderSpaces.of(unknownFolder(Optional.empty())).contains(space);
    }

    /**
     * The space of the folder. When the state directory goes by it, a marker that is lost or damaged must not hide the
     * keys: then it is one whose files are here and whose keys this device has.
     */
    private Optional<SpaceId> marked() {
        SharedFolder bare = unknownFolder(Optional.empty());
        Optional<SpaceId> marked = marker(bare);
        if (options.stateDirectory().isPresent() || marked.filter(this::hasKeys).isPresent()) {
            return marked;
        }
        List<SpaceId> found = FolderSpaces.of(bare);
        return found.stream()
                .filter(this::hasKeys)
                .findFirst()
                .or(() -> marked)
                .or(() -> found.stream().findFirst());
    }

    private boolean hasKeys(SpaceId space) {
        return read(SecretsFile.in(located(stateFor(space)))) instanceof SecretsFile.Stored.Found;
    }

    private StateDirectory freshState(SpaceId space) {
        StateDirectory state = located(stateFor(space));
        if (!(read(SecretsFile.in(state)) instanceof SecretsFile.Stored.Missing)) {
            throw new SpaceException(
                    Code.ALREADY_A_SPACE,
                    "there are keys of a space in " + state.path() + " already: give another state directory");
        }
        return state;
    }

    private StateDirectory openState(Optional<SpaceId> marked) {
        Optional<Path> given = options.stateDirectory();
        if (given.isEmpty() && marked.isEmpty()) {
            if (!isThere()) {
                throw noFolder("connect its disk, or give its new place");
            }
            throw new SpaceException(
                    Code.NOT_A_SPACE,
                    "there is no space in " + folder + ": create one, or wait for its files to arrive");
        }
        return located(given.orElseGet(() -> stateFor(marked.orElseThrow())));
    }

    private Path stateFor(SpaceId space) {
        return options.stateDirectory()
                .orElseGet(() -> new StateDirectory.Platform(
                                System.getProperty("os.name"),
                                Path.of(System.getProperty("user.home")),
                                System.getenv())
                        .directory(space));
    }

    private StateDirectory located(Path state) {
        if (!state.getFileSystem().equals(FileSystems.getDefault())) {
            throw new SpaceException(
                    Code.STATE_UNSUPPORTED,
                    "the state directory " + state + " must be on this machine's own file system; only the synced"
                            + " folder may be elsewhere");
        }
        if (StateDirectory.isFile(state)) {
            throw new SpaceException(
                    Code.STATE_UNSUPPORTED, "the state directory " + state + " is a file: name a directory");
        }
        try {
            StateDirectory.Located located = StateDirectory.locate(state, folder);
            if (located instanceof StateDirectory.Located.Usable usable) {
                return usable.directory();
            }
            throw new SpaceException(Code.STATE_INSIDE_FOLDER, ((StateDirectory.Located.Refused) located).problem());
        } catch (IOException e) {
            throw new UncheckedIOException("state directory " + state + ": " + e.getMessage(), e);
        }
    }

    private static LocalSecrets found(SecretsFile file) {
        SecretsFile.Stored stored = read(file);
        if (stored instanceof SecretsFile.Stored.Found found) {
            return found.secrets();
        }
        if (stored instanceof SecretsFile.Stored.Missing missing) {
            throw new SpaceException(Code.NO_IDENTITY, missing.problem());
        }
        throw new SpaceException(Code.BAD_IDENTITY, ((SecretsFile.Stored.Unusable) stored).problem());
    }

    private static SecretsFile.Stored read(SecretsFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.path() + ": " + e.getMessage(), e);
        }
    }

    private static void save(StateDirectory state, SecretsFile file, LocalSecrets secrets) {
        try {
            state.create();
            file.write(secrets);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path() + ": " + e.getMessage(), e);
        }
    }
}
