package dev.cairn.replica;

import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Value;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Token;
import dev.cairn.replica.SpaceException.Code;
import dev.cairn.replica.leaderonly.LateWrite;
import dev.cairn.replica.leaderonly.Ledger;
import dev.cairn.replica.leaderonly.WriteName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and scalars of a space which only the device that leads may write.
 *
 * <p>A folder cannot keep two devices from believing that they lead. So a write names its leadership, and one of which
 * a later leader did not know is kept aside as <em>late</em>, on all devices, until somebody accepts or dismisses it.
 * Nothing is dropped. Writing is otherwise a commit like any other, and may be done from any thread.
 */
public final class LeaderOnly {
    /** How the documents begin in which such collections are; nothing else writes to them. */
    public static final String PREFIX = "cairn/leader-only/";

    private static final int NAME_BYTES_MAX = 512;
    private static final int KEY_BYTES_MAX = 512;

    private final Replica replica;
    private final Committer committer;
    private final String name;

    LeaderOnly(Replica replica, Committer committer, String name) {
        requireLength("a collection's name", name, NAME_BYTES_MAX);
        this.replica = replica;
        this.committer = committer;
        this.name = name;
    }

    private static void requireLength(String what, String text, int bytesMax) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > bytesMax) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + bytesMax + " bytes of UTF-8, not " + bytes + ": " + text);
        }
    }

    /**
     * Refuses a document which only a leader writes.
     *
     * @throws SpaceException {@code leader_only}
     */
    static void requireOrdinary(String document) {
        if (document.startsWith(PREFIX)) {
            throw new SpaceException(
                    Code.LEADER_ONLY,
                    "only the leader writes to \"" + document.substring(PREFIX.length())
                            + "\", and as a leader-only collection, not as a document: use 'cairn leader-only set'"
                            + " on the leading device");
        }
    }

    /** What one write does. */
    public static final class Edits {
        private final SortedMap<String, Optional<Value>> all = new TreeMap<>();

        private Edits() {}

        /**
         * Assigns a scalar to a key.
         *
         * @param key 1 to 512 bytes of UTF-8
         * @param value what {@link Value#of} makes of it
         */
        public Edits put(String key, @Nullable Object value) {
            requireLength("a key", key, KEY_BYTES_MAX);
            all.put(key, Optional.of(Value.of(value)));
            return this;
        }

        /** Removes a key. */
        public Edits remove(String key) {
            requireLength("a key", key, KEY_BYTES_MAX);
            all.put(key, Optional.empty());
            return this;
        }
    }

    /** The collection's name. */
    public String name() {
        return name;
    }

    private String document() {
        return PREFIX + name;
    }

    private Ledger ledger() {
        return Ledger.of(replica.locked(() -> replica.history()
                .read(documents -> documents.document(document()).root())));
    }

    /** What the collection holds now, by key. */
    public SortedMap<String, Value> entries() {
        return ledger().entries();
    }

    /** What is under a key. */
    public Optional<Value> get(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    /** The writes that were kept aside, in the order of their names, whatever was decided about them. */
    public List<LateWrite> late() {
        return ledger().late();
    }

    /**
     * Makes one atomic write as the leader; durable when it returns.
     *
     * @param leadership asked right before the write
     * @return the version with it; the current version when there were no edits
     * @throws SpaceException {@code leader_only} when this device does not lead, or a later leader has written;
     *     {@code read_only_role}, {@code limit}
     */
    public Version write(Leadership leadership, Consumer<Edits> edits) {
        Edits wanted = new Edits();
        edits.accept(wanted);
        return committer.commit("", (documents, author) -> {
            MapView root = documents.document(document()).root();
            Token token = token(leadership, new WriterId(author.high(), author.low()));
            Optional<WriteName> last = Ledger.last(root);
            if (last.filter(one -> one.token().compareTo(token) > 0).isPresent()) {
                throw refused("a later leader has written there since");
            }
            return session -> append(session, token, last, wanted);
        });
    }

    private Token token(Leadership leadership, WriterId writer) {
        return leadership
                .token()
                .filter(token -> token.writer().equals(writer))
                .orElseThrow(() -> refused("this device does not lead now"));
    }

    private SpaceException refused(String why) {
        return new SpaceException(
                Code.LEADER_ONLY,
                "only the leader writes to \"" + name + "\", and " + why
                        + ": ask for the leadership, or write on the device that leads");
    }

    private void append(EditSession session, Token token, Optional<WriteName> last, Edits edits) {
        if (edits.all.isEmpty()) {
            return;
        }
        boolean begun = last.filter(one -> one.token().equals(token)).isPresent();
        long number = begun ? last.get().number() + 1 : 1;
        MapEditor section = session.on(document()).map().map(token.toString());
        if (!begun) {
            last.ifPresent(one -> section.put(Ledger.AFTER, one.toString()));
        }
        section.put(Ledger.COUNT, number);
        edits.all.forEach(
                (key, value) -> section.put(Ledger.key(number, value.isPresent(), key), value.orElse(Value.of(true))));
    }

    /**
     * Lets a late write count, as of now: it overrides what is known to this device, and is overridden by what the
     * leader writes after that. No leader is needed for a decision.
     *
     * @throws IllegalArgumentException when there is no such late write, or it was decided
     */
    public Version accept(WriteName late) {
        return decide(
                late,
                (decisions, root) -> decisions.put(
                        Ledger.ACCEPT + late, Ledger.last(root).orElseThrow().toString()));
    }

    /**
     * Says that a late write has no effect; it stays in the history, and in {@link #late}.
     *
     * @throws IllegalArgumentException when there is no such late write, or it was decided
     */
    public Version dismiss(WriteName late) {
        return decide(late, (decisions, root) -> decisions.put(Ledger.DISMISS + late, true));
    }

    /** How a decision is written down. */
    private interface Decision {
        void write(MapEditor decisions, MapView root);
    }

    private Version decide(WriteName late, Decision decision) {
        return committer.commit("", (documents, author) -> {
            MapView root = documents.document(document()).root();
            LateWrite.State state = Ledger.of(root).late().stream()
                    .filter(one -> one.name().equals(late))
                    .map(LateWrite::state)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no late write of \"" + name + "\": " + late));
            if (state != LateWrite.State.PENDING) {
                throw new IllegalArgumentException("decided already: " + late);
            }
            return session -> decision.write(session.on(document()).map().map(Ledger.DECISIONS), root);
        });
    }
}
