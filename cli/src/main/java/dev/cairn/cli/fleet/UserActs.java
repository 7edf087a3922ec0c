package dev.cairn.cli.fleet;

import dev.cairn.crdt.edit.DocumentEditor;
import dev.cairn.crdt.edit.ListEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.edit.TreeEditor;
import dev.cairn.crdt.view.TreeNodeId;
import dev.cairn.format.DeviceId;
import dev.cairn.replica.Compaction;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import dev.cairn.replica.Transaction;
import dev.cairn.replica.Version;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What users write: every change leaves its number in a map and adds to a counter, and edits one of all types. */
final class UserActs {
    static final String DOCUMENT = "winter-journal";
    static final String WORD = "lantern";

    /** Begins the names of devices, which sync tools do not know and put into no file name. */
    static final String NAME = "grandmothers ";

    /** Where there is something to compact, one in so many changes is a large one. */
    private static final int LARGE_ONE_IN = 4;

    /** In one of so many changes the user looks over the devices, too. */
    private static final int LOOKED_OVER_ONE_IN = 4;

    private static final int LARGE_CHARACTERS = 60_000;

    private static final String NUMBERS = "numbers";
    private static final String PREFIX = "change-";

    private final Oracle oracle;

    UserActs(Oracle oracle) {
        this.oracle = oracle;
    }

    /** What the owner calls a device. */
    static String nameOf(String device) {
        return NAME + device;
    }

    /** The device of this name; of that which a fleet does not know, the name itself. */
    static String deviceOf(String name) {
        return name.startsWith(NAME) ? name.substring(NAME.length()) : name;
    }

    /** One acknowledged change. */
    Version commit(Space space, int number, RandomGenerator choices) {
        if (choices.nextInt(12) == 0) {
            space.commit(tx -> tx.on(DOCUMENT).text("scratch").append(WORD));
            space.undo();
        }
        return space.commit(oracle.messageOf(number), tx -> {
            tx.on(NUMBERS).map().put(PREFIX + number, number);
            tx.on(NUMBERS).counter("sum").add(1);
            edit(tx, number, choices);
            if (oracle.compacts() && choices.nextInt(LARGE_ONE_IN) == 0) {
                tx.on("attic").map().put("box-" + choices.nextInt(4), noise(choices));
            }
        });
    }

    /**
     * What a user does who is told that segments wait for a device: says that nobody waits for one which none of his
     * computers is any more, and that this one is back if somebody has said so of it.
     */
    void lookOver(Space space, Predicate<DeviceId> giveUp, RandomGenerator choices) {
        if (choices.nextInt(LOOKED_OVER_ONE_IN) > 0) {
            return;
        }
        Compaction compaction = space.compaction();
        compaction.comeBack();
        SpaceStatus status = space.status();
        if (status.self().role().equals("owner")) {
            status.others().stream()
                    .map(SpaceStatus.Device::id)
                    .filter(id -> !compaction.isRetired(id))
                    .filter(giveUp)
                    .forEach(compaction::retire);
        }
    }

    /** What does not compress, so that the change has a segment of its own. */
    private static String noise(RandomGenerator choices) {
        StringBuilder noise = new StringBuilder();
        while (noise.length() < LARGE_CHARACTERS) {
            noise.append(Long.toString(choices.nextLong() >>> 1, Character.MAX_RADIX));
        }
        return noise.toString();
    }

    private static void edit(Transaction tx, int number, RandomGenerator choices) {
        DocumentEditor document = tx.on(DOCUMENT);
        switch (choices.nextInt(7)) {
            case 0 -> text(document.text("body"), number, choices);
            case 1 -> document.map().put("last-" + choices.nextInt(3), number);
            case 2 -> list(document.list("pages"), number, choices);
            case 3 -> movable(document.movableList("board"), number, choices);
            case 4 -> tree(document.tree("outline"), number, choices);
            case 5 -> document.register("title").set(WORD + number);
            default -> document.counter("read").add(choices.nextInt(5) - 2);
        }
    }

    private static void text(TextEditor text, int number, RandomGenerator choices) {
        int length = text.length();
        if (length > 40 && choices.nextInt(3) == 0) {
            text.delete(choices.nextInt(length - 10), 10);
        } else if (length > 10 && choices.nextInt(3) == 0) {
            text.mark(0, 1 + choices.nextInt(length), "bold", true);
        } else {
            text.insert(choices.nextInt(length + 1), "[" + WORD + number + "]");
        }
    }

    private static void list(ListEditor list, int number, RandomGenerator choices) {
        int size = list.size();
        if (size > 3 && choices.nextInt(3) == 0) {
            list.delete(choices.nextInt(size), 1);
        } else {
            list.insert(choices.nextInt(size + 1), number);
        }
    }

    private static void movable(MovableListEditor list, int number, RandomGenerator choices) {
        int size = list.size();
        if (size > 1 && choices.nextInt(2) == 0) {
            list.move(choices.nextInt(size), choices.nextInt(size));
        } else {
            list.insert(choices.nextInt(size + 1), number);
        }
    }

    private static void tree(TreeEditor tree, int number, RandomGenerator choices) {
        List<TreeNodeId> roots = tree.roots();
        if (roots.size() < 2 || choices.nextInt(3) == 0) {
            tree.data(tree.add(0)).put("number", number);
        } else if (choices.nextInt(4) == 0) {
            tree.remove(roots.get(choices.nextInt(roots.size())));
        } else {
            tree.move(roots.get(0), roots.get(1), 0);
        }
    }

    /** The numbers of the changes which a device shows. */
    static SortedSet<Integer> shown(Space space) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String key : space.document(NUMBERS).map().entries().keySet()) {
            if (key.startsWith(PREFIX)) {
                numbers.add(Integer.parseInt(key.substring(PREFIX.length())));
            }
        }
        return numbers;
    }

    /** How many changes were counted, which must be as many as are shown. */
    static long counted(Space space) {
        return space.document(NUMBERS).counter("sum");
    }
}
