package dev.cairn.system.bench.engine;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.TreeNodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The shapes: what real fleets do, and what has made engines slow. */
final class Shapes {
    private static final int DEVICES = 10;

    /** Changes which a device makes between two looks at the others'. */
    private static final int BETWEEN_SYNCS = 100;

    private static final int KEYS = 10_000;

    /** Containers inside one another, just below the limit of the format. */
    private static final int DEPTH = 60;

    /** Elements or nodes which are moved about. */
    private static final int MOVED = 1_000;

    private static final String TEXT = "body";

    static final List<Shape> ALL = List.of(
            new Shape("map", "10 devices assign to 10,000 keys, with 100 changes between syncs", 1000, Shapes::map),
            new Shape("text", "10 devices type words, with 100 changes between syncs", 1000, Shapes::text),
            new Shape("list", "10 devices insert into a list, with 100 changes between syncs", 1000, Shapes::list),
            new Shape(
                    "counter", "10 devices add to one counter, with 100 changes between syncs", 1000, Shapes::counter),
            new Shape(
                    "movable-list",
                    "10 devices move among 1,000 elements, with 100 moves between syncs",
                    1000,
                    Shapes::moves),
            new Shape(
                    "tree",
                    "10 devices move nodes of a tree of 1,000, with 100 moves between syncs",
                    1000,
                    Shapes::tree),
            new Shape(
                    "marks", "10 devices type words and mark them, with 100 changes between syncs", 200, Shapes::marks),
            new Shape("random-inserts", "one device inserts characters anywhere", 600, Shapes::randomInserts),
            new Shape(
                    "concurrent-inserts",
                    "2 devices insert characters anywhere, unseen",
                    120,
                    Shapes::concurrentInserts),
            new Shape("hot-key", "as many devices as changes assign to one key, unseen", 16, Shapes::hotKey),
            new Shape("many-heads", "1,000 devices assign to one key in turn, unseen", 1000, Shapes::manyHeads),
            new Shape("long-branches", "2 devices type into one text all the time, unseen", 1000, Shapes::longBranches),
            new Shape("deep-nesting", "2 devices assign inside 60 maps inside one another", 500, Shapes::deepNesting),
            new Shape("alternating", "2 devices insert in front and at the end in turn", 1000, Shapes::alternating),
            new Shape("insert-storm", "10 devices insert in front of one text, unseen", 1000, Shapes::insertStorm),
            new Shape("by-turns", "30 devices type by turns anywhere in one text, unseen", 1000, Shapes::byTurns),
            new Shape("criss-cross", "2 devices type at once and merge after each character", 500, Shapes::crissCross),
            new Shape("many-writers", "100 devices take turns to type into one text", 100, Shapes::writers),
            new Shape("many-documents", "10 devices edit as many documents as changes", 1000, Shapes::documents),
            new Shape("many-containers", "10 devices add maps with a text to a list", 500, Shapes::containers),
            new Shape("deletes", "2 devices delete characters anywhere in a long text", 1000, Shapes::deletes),
            new Shape("fan-in", "63 devices type a character each, one merges them, and so on", 500, Shapes::fanIn));

    private Shapes() {}

    private static Fleet rounds(int devices, int changes, Consumer<Step> step) {
        Fleet fleet = new Fleet(devices);
        SplittableRandom random = new SplittableRandom(11);
        int done = 0;
        while (done < changes) {
            for (int device = 0; device < devices; device++) {
                for (int i = 0; i < BETWEEN_SYNCS && done < changes; i++) {
                    step.accept(new Step(fleet, device, random));
                    done++;
                }
            }
            fleet.sync();
        }
        return fleet;
    }

    private record Step(Fleet fleet, int device, SplittableRandom random) {
        void edit(Consumer<DocumentEditor> edit) {
            fleet.edit(device, edit);
        }
    }

    private static List<LocalChange> map(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> document.map()
                                .put(
                                        "k" + step.random().nextInt(KEYS),
                                        step.random().nextInt(1_000_000))))
                .made();
    }

    private static List<LocalChange> text(int changes) {
        int[] cursors = new int[DEVICES];
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> {
                            TextEditor text = document.text(TEXT);
                            int at = Math.min(cursors[step.device()], text.length());
                            if (step.random().nextInt(20) == 0) {
                                at = step.random().nextInt(text.length() + 1);
                            }
                            String word = word(step.random());
                            text.insert(at, word);
                            cursors[step.device()] = at + word.length();
                        }))
                .made();
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append(letter(random));
        }
        return word.append(' ').toString();
    }

    private static char letter(SplittableRandom random) {
        return (char) ('a' + random.nextInt(26));
    }

    private static List<LocalChange> list(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> {
                            var list = document.list("items");
                            list.insert(step.random().nextInt(list.size() + 1), (Object)
                                    step.random().nextInt(1000));
                        }))
                .made();
    }

    private static List<LocalChange> counter(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document ->
                                document.counter("count").add(1 + step.random().nextInt(9))))
                .made();
    }

    private static List<LocalChange> marks(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> {
                            TextEditor text = document.text(TEXT);
                            SplittableRandom random = step.random();
                            if (text.length() < 20 || random.nextBoolean()) {
                                text.insert(random.nextInt(text.length() + 1), word(random));
                            } else {
                                int start = random.nextInt(text.length() - 10);
                                text.mark(
                                        start,
                                        start + 1 + random.nextInt(9),
                                        random.nextBoolean() ? "bold" : "italic",
                                        true);
                            }
                        }))
                .made();
    }

    private static List<LocalChange> moves(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> {
                            MovableListEditor list = document.movableList("items");
                            SplittableRandom random = step.random();
                            if (list.size() < 2
                                    || (list.size() < MOVED
                                            && step.fleet().made().size() < MOVED)) {
                                list.add(random.nextInt(1000));
                            } else {
                                int from = random.nextInt(list.size());
                                int to = random.nextInt(list.size() - 1);
                                list.move(from, to < from ? to : to + 1);
                            }
                        }))
                .made();
    }

    private static List<LocalChange> tree(int changes) {
        List<TreeNodeId> nodes = new ArrayList<>();
        Fleet fleet = new Fleet(DEVICES);
        SplittableRandom random = new SplittableRandom(17);
        int started = Math.min(MOVED, Math.max(1, changes / 10));
        for (int i = 0; i < started; i++) {
            fleet.edit(
                    0,
                    document -> nodes.add(
                            nodes.size() < 10 || random.nextInt(4) == 0
                                    ? document.tree("tree").add()
                                    : document.tree("tree").add(nodes.get(random.nextInt(nodes.size())))));
        }
        fleet.sync();
        int done = started;
        while (done < changes) {
            int device = (done - started) / BETWEEN_SYNCS % DEVICES;
            if (!fleet.edited(device, document -> moveNode(document.tree("tree"), nodes, random))) {
                continue; // it was there already
            }
            done++;
            if ((done - started) % (BETWEEN_SYNCS * DEVICES) == 0) {
                fleet.sync();
            }
        }
        return fleet.made();
    }

    /** Moves a node below another one, or to the top if that is below it. */
    private static void moveNode(TreeEditor tree, List<TreeNodeId> nodes, SplittableRandom random) {
        TreeNodeId node = nodes.get(random.nextInt(nodes.size()));
        TreeNodeId target = nodes.get(random.nextInt(nodes.size()));
        Optional<TreeNodeId> above = Optional.of(target);
        while (above.isPresent() && !above.get().equals(node)) {
            above = tree.parent(above.get());
        }
        if (above.isPresent()) {
            tree.move(node, 0);
        } else {
            tree.move(node, target, 0);
        }
    }

    private static void insertAnywhere(Fleet fleet, int device, SplittableRandom random) {
        fleet.edit(device, document -> {
            TextEditor text = document.text(TEXT);
            text.insert(random.nextInt(text.length() + 1), String.valueOf(letter(random)));
        });
    }

    private static List<LocalChange> randomInserts(int changes) {
        Fleet fleet = new Fleet(1);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < changes; i++) {
            insertAnywhere(fleet, 0, random);
        }
        return fleet.made();
    }

    private static List<LocalChange> concurrentInserts(int changes) {
        Fleet fleet = new Fleet(2);
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < changes; i++) {
            insertAnywhere(fleet, i % 2, random);
        }
        return fleet.made();
    }

    private static List<LocalChange> hotKey(int changes) {
        Fleet fleet = new Fleet(changes);
        for (int i = 0; i < changes; i++) {
            int value = i;
            fleet.edit(i, document -> document.map().put("hot", (Object) value));
        }
        return fleet.made();
    }

    private static List<LocalChange> manyHeads(int changes) {
        Fleet fleet = new Fleet(Math.min(changes, 1000));
        for (int i = 0; i < changes; i++) {
            int value = i;
            fleet.edit(i % fleet.size(), document -> document.map().put("hot", (Object) value));
        }
        return fleet.made();
    }

    private static List<LocalChange> longBranches(int changes) {
        Fleet fleet = new Fleet(2);
        fleet.edit(0, document -> document.text(TEXT).insert(0, "start"));
        fleet.sync();
        for (int device = 0; device < 2; device++) {
            int place = device;
            for (int i = 0; i < changes / 2; i++) {
                fleet.edit(device, document -> {
                    TextEditor text = document.text(TEXT);
                    text.insert(place == 0 ? 0 : text.length(), place == 0 ? "a" : "b");
                });
            }
        }
        return fleet.made();
    }

    private static List<LocalChange> deepNesting(int changes) {
        return rounds(
                        2,
                        changes,
                        step -> step.edit(document -> {
                            MapEditor map = document.map();
                            for (int depth = 0; depth < DEPTH; depth++) {
                                map = map.map("m");
                            }
                            map.put(
                                    "k" + step.random().nextInt(100),
                                    step.random().nextInt(1_000_000));
                        }))
                .made();
    }

    private static List<LocalChange> alternating(int changes) {
        boolean[] front = new boolean[1];
        return rounds(
                        2,
                        changes,
                        step -> step.edit(document -> {
                            TextEditor text = document.text(TEXT);
                            front[0] = !front[0];
                            text.insert(front[0] ? 0 : text.length(), front[0] ? "f" : "e");
                        }))
                .made();
    }

    private static List<LocalChange> insertStorm(int changes) {
        Fleet fleet = new Fleet(DEVICES);
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < changes; i++) {
            fleet.edit(i % DEVICES, document -> document.text(TEXT).insert(0, String.valueOf(letter(random))));
        }
        return fleet.made();
    }

    private static List<LocalChange> byTurns(int changes) {
        Fleet fleet = new Fleet(30);
        SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < changes; i++) {
            insertAnywhere(fleet, i % fleet.size(), random);
        }
        return fleet.made();
    }

    private static List<LocalChange> crissCross(int changes) {
        Fleet fleet = new Fleet(2);
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < changes / 2; i++) {
            insertAnywhere(fleet, 0, random);
            insertAnywhere(fleet, 1, random);
            fleet.sync();
        }
        return fleet.made();
    }

    private static List<LocalChange> writers(int changes) {
        Fleet fleet = new Fleet(100);
        SplittableRandom random = new SplittableRandom(18);
        for (int i = 0; i < changes; i++) {
            int device = i % fleet.size();
            fleet.look(device);
            insertAnywhere(fleet, device, random);
        }
        return fleet.made();
    }

    private static List<LocalChange> documents(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.fleet()
                                .edit(
                                        step.device(),
                                        "note " + step.random().nextInt(changes),
                                        document -> document.map().put("title", word(step.random()))))
                .made();
    }

    private static List<LocalChange> containers(int changes) {
        return rounds(
                        DEVICES,
                        changes,
                        step -> step.edit(document -> {
                            var cards = document.list("cards");
                            MapEditor card = cards.insertMap(step.random().nextInt(cards.size() + 1));
                            card.put("title", word(step.random()));
                            card.text("notes").insert(0, word(step.random()));
                        }))
                .made();
    }

    private static List<LocalChange> deletes(int changes) {
        Fleet fleet = new Fleet(2);
        SplittableRandom random = new SplittableRandom(19);
        fleet.edit(0, document -> document.text(TEXT).insert(0, "0123456789".repeat(changes)));
        fleet.sync();
        for (int i = 1; i < changes; i++) {
            fleet.edit(i / BETWEEN_SYNCS % 2, document -> {
                TextEditor text = document.text(TEXT);
                text.delete(random.nextInt(text.length()), 1);
            });
            if (i % (2 * BETWEEN_SYNCS) == 0) {
                fleet.sync();
            }
        }
        return fleet.made();
    }

    private static List<LocalChange> fanIn(int changes) {
        Fleet fleet = new Fleet(64);
        SplittableRandom random = new SplittableRandom(16);
        for (int i = 0; i < changes; i += fleet.size()) {
            for (int device = 1; device < fleet.size(); device++) {
                insertAnywhere(fleet, device, random);
            }
            fleet.look(0);
            insertAnywhere(fleet, 0, random);
            fleet.sync();
        }
        return fleet.made();
    }
}
