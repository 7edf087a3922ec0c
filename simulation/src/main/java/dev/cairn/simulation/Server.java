package dev.cairn.simulation;

import org.jspecify.annotations.Nullable;

/** The server of a cloud tool: it has no folder, keeps what it gets first, and passes it on. */
final class Server extends Node {

    private final Tool tool;
    private final Exchange exchange;
    private final FoldedNames names = new FoldedNames();

    Server(Tool tool, Exchange exchange) {
        super(0, "server");
        this.tool = tool;
        this.exchange = exchange;
    }

    @Override
    void receive(Node from, String path) {
        FileVersion theirs = from.version(path);
        if (theirs == null || isRefused(from, theirs)) {
            return;
        }
        FileVersion ours = version(path);
        switch (Verdict.on(ours, theirs, tool.profile().conflicts(), true)) {
            case KEEP, CLASH -> exchange.catchUp(from, path);
            case TAKE, TAKE_AND_SET_OURS_ASIDE -> store(merged(theirs, ours));
            case KEEP_AND_TELL -> {
                if (ours != null) {
                    store(merged(ours, theirs));
                }
            }
            case UNITE -> {
                if (ours != null) {
                    store(Verdict.unite(ours, theirs));
                }
            }
        }
    }

    private static FileVersion merged(FileVersion version, @Nullable FileVersion other) {
        return other == null ? version : version.withVector(version.vector().merge(other.vector()));
    }

    private void store(FileVersion stored) {
        if (tool.profile().names().foldsCase()) {
            names.set(stored.path(), !stored.isDeleted());
        }
        index().put(stored.path(), stored);
        exchange.announce(this, stored);
    }

    /** A name which differs in case only from another one has to be changed by the device which sends it. */
    private boolean isRefused(Node from, FileVersion version) {
        if (version.kind() == FileVersion.Kind.FILE
                && from instanceof SyncedFolder folder
                && names.clash(version.path())) {
            folder.renameBecauseOfCase(version.path());
            return true;
        }
        return false;
    }
}
