package dev.cairn.simulation;

import dev.cairn.simulation.profile.Topology;
import dev.cairn.simulation.profile.Winner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network between the nodes: who can reach whom, and the news on their way.
 *
 * <p>News say only "I have something for you under this path"; on arrival the receiver looks at what the sender has by
 * then. News for which the connection is gone are dropped, and everything is compared again when it comes back.
 */
final class Exchange {

    private final Tool tool;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> offline = new HashSet<>();
    private final Map<Node, Integer> groups = new HashMap<>();

    Exchange(Tool tool) {
        this.tool = tool;
    }

    void add(Node node) {
        nodes.add(node);
        compare(Set.of());
    }

    /** Tells everybody who can be reached about a new version of {@code node}. */
    void announce(Node node, FileVersion version) {
        for (Node peer : nodes) {
            if (reaches(node, peer)) {
                send(node, peer, version);
            }
        }
    }

    /** Asks everybody who can be reached for a newer version of {@code path}. */
    void catchUp(Node node, String path) {
        for (Node peer : nodes) {
            FileVersion version = peer.version(path);
            if (version != null && reaches(peer, node)) {
                send(peer, node, version);
            }
        }
    }

    /**
     * Once nobody has a file any more, what a cut transfer has left of it under its name is a file like any other to a
     * tool without memory.
     */
    void adoptLeftovers(String path) {
        boolean withoutMemory = tool.profile().conflicts().winner() == Winner.NEWER_WITHOUT_MEMORY;
        if (withoutMemory && nodes.stream().allMatch(node -> node.version(path) == null)) {
            nodes.forEach(node -> node.adoptLeftover(path));
        }
    }

    /** Asks everybody who can be reached for newer versions of all paths. */
    void catchUp(Node node) {
        for (Node peer : nodes) {
            if (reaches(peer, node)) {
                sendAll(peer, node);
            }
        }
    }

    boolean reaches(Node from, Node to) {
        return from != to
                && (tool.profile().topology() == Topology.MESH || from instanceof Server || to instanceof Server)
                && !offline.contains(from)
                && !offline.contains(to)
                && groups.getOrDefault(from, 0).equals(groups.getOrDefault(to, 0));
    }

    void setOffline(Node node, boolean off) {
        Set<Link> before = links();
        if (off ? offline.add(node) : offline.remove(node)) {
            compare(before);
        }
    }

    /** Cuts the nodes into groups; who is in no group goes with the number zero. */
    void group(Map<Node, Integer> newGroups) {
        Set<Link> before = links();
        groups.clear();
        groups.putAll(newGroups);
        compare(before);
    }

    void heal() {
        Set<Link> before = links();
        groups.clear();
        offline.clear();
        compare(before);
    }

    private void send(Node from, Node to, FileVersion version) {
        if (to.needsNot(version)) {
            return;
        }
        to.expect(version);
        String path = version.path();
        boolean deletion = version.isDeleted();
        tool.plan(
                deletion
                        ? tool.profile().travel().deletes()
                        : tool.profile().travel().updates(),
                () -> deliver(from, to, path));
    }

    private void deliver(Node from, Node to, String path) {
        to.expectNoMore(path);
        FileVersion version = from.version(path);
        if (version == null || !reaches(from, to)) {
            catchUp(to, path);
            return;
        }
        if (version.isDeleted() && isLost(to, path)) {
            tool.log(to.name(), SyncAction.LOST_DELETION, path);
            return;
        }
        to.receive(from, path);
    }

    private boolean isLost(Node to, String path) {
        FileVersion mine = to.version(path);
        return !(to instanceof Server)
                && mine != null
                && !mine.isDeleted()
                && tool.chance(tool.profile().travel().lostDeletes());
    }

    private void compare(Set<Link> before) {
        for (Node from : nodes) {
            for (Node to : nodes) {
                if (reaches(from, to) && !before.contains(new Link(from, to))) {
                    sendAll(from, to);
                }
            }
        }
    }

    private void sendAll(Node from, Node to) {
        for (FileVersion version : from.index().values()) {
            send(from, to, version);
        }
    }

    private Set<Link> links() {
        Set<Link> links = new HashSet<>();
        for (Node from : nodes) {
            for (Node to : nodes) {
                if (reaches(from, to)) {
                    links.add(new Link(from, to));
                }
            }
        }
        return links;
    }

    private record Link(Node from, Node to) {}
}
