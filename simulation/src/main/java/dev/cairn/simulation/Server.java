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
            case TAKE, UNITE, TAKE_AND_SET_OURS_ASIDE -> store(theirs, ours);
            case KEEP_AND_TELL -> {
                if (ours != null) {
                    store(ours, theirs);
                }
            }
        }
    }

    private void store(FileVersion version, @Nullable FileVersion other) {
        FileVersion stored =
                other == null ? version : version.withVector(version.vector().merge(other.vector()));
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
