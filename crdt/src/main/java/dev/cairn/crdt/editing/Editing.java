package dev.cairn.crdt.editing;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ContainerType;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.OperationReader;
import dev.cairn.crdt.codec.OperationWriter;
import dev.cairn.crdt.codec.Utf8;
import dev.cairn.crdt.codec.ValueCodec;
import dev.cairn.crdt.document.Container;
import dev.cairn.crdt.document.CounterContainer;
import dev.cairn.crdt.document.Document;
import dev.cairn.crdt.document.Entry;
import dev.cairn.crdt.document.MapContainer;
import dev.cairn.crdt.document.OpId;
import dev.cairn.crdt.document.SequenceContainer;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.Expand;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.log.DocumentLog;
import dev.cairn.crdt.state.StateBuilder;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local edits of one document in one session: applied at once, and written down in the encoding. */
public final class Editing implements DocumentEditor {
    private final DocumentLog log;
    private final Document document;
    private final OperationWriter writer;
    private final Making making;
    private final byte[] name;
    private Container at;
    private boolean plain = true;
    private boolean open = true;

    /**
     * Starts editing a document as part of the change with that local version.
     *
     * @param writer an empty one, and nobody else's before {@link #finish}
     */
    public Editing(DocumentLog log, int lv, OperationReader reader, OperationWriter writer) {
        this.log = log;
        this.document = log.live(reader);
        this.making = new Making(this, document);
        this.writer = writer;
        this.name = document.nameBytes();
        this.at = document.root();
        document.startChange(lv);
    }

    /** Returns where the change is to be noted. */
    public DocumentLog log() {
        return log;
    }

    /**
     * Tells whether nothing was edited but the characters of texts and the sums of counters: everything in such a
     * change was checked when it was made, and nobody has to read it again.
     */
    public boolean isPlain() {
        return plain;
    }

    /** Returns the encoded part of the change; empty if nothing was edited. */
    public ByteSink finish() {
        open = false;
        return writer.sink();
    }

    @Override
    public MapEditor map() {
        return new Editors.OfMap(this, document.root());
    }

    @Override
    public DocumentEditor resolve(Conflict.Assignments conflict, Assignment chosen) {
        requireOpen();
        new Resolving(this).keep(conflict, chosen);
        return this;
    }

    @Override
    public DocumentEditor restore(Conflict.LostEdits conflict) {
        requireOpen();
        new Salvage(this).restore(conflict);
        return this;
    }

    @Override
    public DocumentEditor dismiss(Conflict.LostEdits conflict) {
        requireOpen();
        new Salvage(this).dismiss(conflict);
        return this;
    }

    OperationWriter writer() {
        return writer;
    }

    /** Says that this change takes back another, or makes it again; before the first edit. */
    public void mark(ChangeId change, boolean again) {
        requireOpen();
        if (writer.sink().length() > 0) {
            throw new IllegalStateException("document \"" + document.name() + "\" has edits already");
        }
        plain = false;
        ChangeId id = document.graph().branches().idOf(change, document.localLv());
        writer.document(name, 0, name.length);
        writer.takeBack(id.actor().high(), id.actor().low(), id.seq(), again);
    }

    /** Returns the document that is edited. */
    public Document document() {
        return document;
    }

    /** Refuses to go on when the session is over. */
    public void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the edit session of document \"" + document.name() + "\" is over");
        }
    }

    /** Leads to a container, and returns the writer for an operation on it. */
    OperationWriter go(Container target) {
        requireOpen();
        if (!target.isReachable()) {
            throw new IllegalStateException("this container was removed from document \"" + document.name() + "\"");
        }
        plain &= target.type() == ContainerType.TEXT || target.type() == ContainerType.COUNTER;
        if (writer.sink().length() == 0) {
            writer.document(name, 0, name.length);
        }
        if (target == at) {
            return writer;
        }
        Container common = target;
        while (!isAround(common, at)) {
            common = above(common);
        }
        if (common != at) {
            writer.leave(at.depth() - common.depth());
        }
        enter(common, target);
        at = target;
        return writer;
    }

    private Container above(Container container) {
        return container.isMade() || container.parent() == null ? document.root() : container.parent();
    }

    private boolean isAround(Container outer, Container inner) {
        Container c = inner;
        while (c.depth() > outer.depth()) {
            c = above(c);
        }
        return c == outer;
    }

    private void enter(Container from, Container target) {
        if (target == from) {
            return;
        }
        enter(from, above(target));
        Entry entry = target.entry();
        if (entry == null || target.isMade()) {
            writer.enterMade(target.type());
            id(target.madeLv(), target.madeIndex());
        } else {
            writer.enter(target.type(), entry.key(), 0, entry.key().length, target.base() != null);
            base(target.base());
        }
    }

    /** Names an operation, of this change or of another. */
    void id(int lv, int index) {
        if (lv == document.localLv()) {
            writer.ownId(index);
        } else {
            idOfOther(document.graph().id(lv), index);
        }
    }

    private void idOfOther(ChangeId change, int index) {
        ChangeId id = document.graph().branches().idOf(change, document.localLv());
        writer.id(id.actor().high(), id.actor().low(), id.seq(), index);
    }

    /** Names the assignment or removal upon which a container is derived, if there is one. */
    void base(@Nullable OpId base) {
        if (base == null) {
            return;
        }
        ChangeId own = document.graph().id(document.localLv());
        if (own.actor().equals(base.actor()) && own.seq() == base.seq()) {
            writer.ownId(base.index());
        } else {
            idOfOther(new ChangeId(base.actor(), base.seq()), base.index());
        }
    }

    int store(Value scalar) {
        ByteSink sink = writer.sink();
        int start = sink.length();
        ValueCodec.write(sink, scalar);
        return document.log().append(sink.array(), start, sink.length() - start);
    }

    /** Assigns a scalar. */
    public void put(MapContainer map, byte[] key, Value scalar) {
        go(map);
        writer.put(key, 0, key.length);
        document.put(map, map.findOrAdd(key, 0, key.length), document.localLv(), store(scalar));
    }

    /** Removes what is under a key, if anything is. */
    public void remove(MapContainer map, byte[] key) {
        Entry entry = map.find(key, 0, key.length);
        if (entry == null || entry.count() == 0) {
            requireOpen();
            return;
        }
        go(map);
        writer.remove(key, 0, key.length);
        document.remove(map, entry, document.localLv());
    }

    /** Returns what is shown under the key. */
    Optional<Node> shown(MapContainer map, byte[] key) {
        Integer content = map.shown(document.graph(), key);
        return content == null ? Optional.empty() : Optional.of(view(content));
    }

    /** Returns the container of that type under the key, made if it is not what is shown there. */
    Container child(MapContainer map, Entry entry, ContainerType type) {
        return making.child(map, entry, type);
    }

    /** Assigns a container which is, or was, under the key. */
    public Container assign(MapContainer map, Entry entry, Container container) {
        return making.assign(map, entry, container);
    }

    /** Refuses to go deeper than the encoding does. */
    static void requireRoom(Container around) {
        if (around.level() == Layout.DEPTH_MAX) {
            throw new IllegalArgumentException("containers are nested deeper than " + Layout.DEPTH_MAX);
        }
    }

    /** Inserts into a text; the position is in units, anchors included. */
    public void insertText(SequenceContainer text, int position, String inserted) {
        if (inserted.length() == 1 && inserted.charAt(0) < 0x80) {
            go(text);
            writer.insertOn(position, 1);
            writer.sink().octet(inserted.charAt(0));
            document.insertLocal(text, position, inserted.charAt(0));
            return;
        }
        byte[] utf8 = Utf8.bytes(inserted);
        if (utf8.length == 0) {
            requireOpen();
            return;
        }
        go(text);
        int[] codePoints = Utf8.codePoints(inserted);
        writer.insertOn(position, codePoints.length);
        writer.sink().bytes(utf8, 0, utf8.length);
        document.insertLocal(text, position, codePoints);
    }

    void mark(SequenceContainer text, int position, int count, byte[] key, Expand expand, Value value) {
        requireOpen();
        if (count == 0) {
            return;
        }
        go(text);
        plain = false;
        int flags = (expand.before() ? Layout.EXPANDS_BEFORE : 0) | (expand.after() ? Layout.EXPANDS_AFTER : 0);
        writer.mark(key, flags, position, count);
        int mark = text.addMark(
                document.localLv(), document.nextIndex(), Utf8.string(key, 0, key.length), store(value), flags);
        text.anchor(document.localLv(), mark, position, count);
        document.advance(2);
    }

    void insertScalar(SequenceContainer list, int position, Value scalar) {
        go(list);
        writer.insertOn(position, 1);
        document.insertLocal(list, position, new int[] {store(scalar)});
    }

    Container insertContainer(SequenceContainer list, int position, ContainerType type) {
        requireRoom(list);
        go(list);
        writer.insertOn(position, 1);
        writer.sink().octet(Layout.CONTAINER_TAG + type.number());
        Container made =
                document.createMade(Container.Origin.made(list, document.localLv(), document.nextIndex()), type);
        document.insertLocal(list, position, new int[] {~made.index()});
        return made;
    }

    /** Deletes from a text or list; the position is in units, anchors included. */
    public void delete(SequenceContainer from, int position, int count) {
        requireOpen();
        if (count > 0) {
            go(from);
            int left = from.sequence().size() - count;
            writer.deleteOn(position, count);
            document.deleteLocal(from, position, count);
            if (from.sequence().size() > left) {
                writer.endInstruction();
            }
        }
    }

    /** Adds to a counter. */
    public void add(CounterContainer counter, long delta) {
        requireOpen();
        if (delta != 0) {
            go(counter);
            writer.add(delta);
            document.add(counter, document.localLv(), delta);
        }
    }

    /** Returns what a container shows. */
    public Node view(Container container) {
        return new StateBuilder(document).node(container);
    }

    Node view(int content) {
        return new StateBuilder(document).content(content);
    }

    List<Container> containers() {
        return document.containers();
    }
}
