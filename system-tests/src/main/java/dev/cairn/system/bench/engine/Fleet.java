package dev.cairn.system.bench.engine;

import dev.cairn.crdt.DocumentSet;
import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.EditSession;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.version.ActorId;
import dev.cairn.system.bench.journal.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Devices in memory which edit one document, and see what the others did when they are told to. */
final class Fleet {
    static final String DOCUMENT = "shape";

    /** Names which are spread over the whole range, as random ones are. */
    private final SplittableRandom names = new SplittableRandom(7);

    private final List<Device> devices = new ArrayList<>();
    private final List<LocalChange> made = new ArrayList<>();

    Fleet(int devices) {
        for (int i = 0; i < devices; i++) {
            this.devices.add(new Device(new ActorId(names.nextLong(), names.nextLong())));
        }
    }

    int size() {
        return devices.size();
    }

    /** Everything the devices did, parents before children. */
    List<LocalChange> made() {
        return made;
    }

    /** Lets a device edit the document, as one change. */
    void edit(int device, Consumer<DocumentEditor> edit) {
        edit(device, DOCUMENT, edit);
    }

    /** Lets a device edit a document, as one change. */
    void edit(int device, String document, Consumer<DocumentEditor> edit) {
        if (!edited(device, document, edit)) {
            throw new IllegalStateException("an edit which changes nothing");
        }
    }

    /** The same with an edit which may turn out to change nothing: then there is no change, and the result is false. */
    boolean edited(int device, Consumer<DocumentEditor> edit) {
        return edited(device, DOCUMENT, edit);
    }

    private boolean edited(int device, String document, Consumer<DocumentEditor> edit) {
        LocalChange change = devices.get(device).edit(document, edit);
        return !change.isEmpty() && made.add(change);
    }

    /** Shows everything to every device. */
    void sync() {
        for (int i = 0; i < devices.size(); i++) {
            look(i);
        }
    }

    /** Shows everything to one device. */
    void look(int device) {
        Device each = devices.get(device);
        each.set.integrate(Run.cut(made.subList(each.seen, made.size()), Integer.MAX_VALUE));
        each.seen = made.size();
    }

    private static final class Device {
        private final ActorId actor;
        private final DocumentSet set = DocumentSet.create();
        private long seq;
        private int seen;

        private Device(ActorId actor) {
            this.actor = actor;
        }

        private LocalChange edit(String document, Consumer<DocumentEditor> edit) {
            EditSession session = set.begin(actor, seq + 1, 0);
            edit.accept(session.on(document));
            LocalChange change = session.finish();
            seq += change.isEmpty() ? 0 : 1;
            return change;
        }
    }
}
