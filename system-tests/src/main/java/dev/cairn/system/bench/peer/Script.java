package dev.cairn.system.bench.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * Edits of several devices, each a change, with moments at which everybody sees everything.
 *
 * @param devices how many devices there are
 * @param steps what they do, in order
 */
record Script(int devices, List<Step> steps) {
    Script {
        steps = List.copyOf(steps);
    }

    /** Elements of a movable list, or nodes of a tree, to be moved about. */
    private static final int PIECES = 1_000;

    /** The length of a text to be marked. */
    private static final int MARKED = 10_000;

    /** What a device does. */
    enum Kind {
        PUT,
        INSERT,
        ADD,
        /** Makes as many elements of the movable list. */
        ELEMENTS,
        MOVE,
        /** Makes as many nodes at the top of the tree. */
        NODES,
        PLACE,
        MARK,
        /** Everybody sees everything; no device does it. */
        SYNC
    }

    /**
     * One step.
     *
     * @param device who
     * @param kind what
     * @param text the key which is assigned, or the text which is inserted
     * @param number the value, the position, the index, the node, or how much is added
     * @param other where an element goes, the node to be above, or the end of a mark
     */
    record Step(int device, Kind kind, String text, int number, int other) {
        Step(int device, Kind kind, String text, int number) {
            this(device, kind, text, number, 0);
        }
    }

    /** How many changes it makes. */
    int changes() {
        return (int) steps.stream().filter(step -> step.kind() != Kind.SYNC).count();
    }

    /** The length of the text in the end: nothing is deleted. */
    int length() {
        return steps.stream()
                .filter(step -> step.kind() == Kind.INSERT)
                .mapToInt(step -> step.text().length())
                .sum();
    }

    /** How many keys there are in the end: nothing is removed. */
    int keys() {
        return (int) steps.stream()
                .filter(step -> step.kind() == Kind.PUT)
                .map(Step::text)
                .distinct()
                .count();
    }

    /** What the counter says in the end. */
    long count() {
        return steps.stream()
                .filter(step -> step.kind() == Kind.ADD)
                .mapToLong(Step::number)
                .sum();
    }

    /** How many elements the movable list and how many nodes the tree has in the end: nothing is ever removed. */
    int pieces() {
        return steps.stream()
                .filter(step -> step.kind() == Kind.ELEMENTS || step.kind() == Kind.NODES)
                .mapToInt(Step::number)
                .sum();
    }

    /** The script of that name; {@code system-tests/peers/scripts.mjs} makes the same ones. */
    static Script of(String name, int changes) {
        Maker maker = new Maker(changes);
        return switch (name) {
            case "map" -> maker.rounds(10, 100, true, maker::put);
            case "text" -> maker.rounds(10, 100, true, maker::word);
            case "counter" -> maker.rounds(10, changes, false, maker::add);
            case "random-inserts" -> maker.rounds(1, changes, false, maker::character);
            case "concurrent-inserts" -> maker.rounds(2, (changes + 1) / 2, false, maker::character);
            case "hot-key" -> maker.rounds(changes, 1, false, maker::hot);
            case "list-moves" -> maker.after(Kind.ELEMENTS, "", PIECES).rounds(10, 100, true, maker::move);
            case "tree-moves" -> maker.after(Kind.NODES, "", PIECES).rounds(10, 100, true, maker::place);
            case "marks" -> maker.after(Kind.INSERT, "x".repeat(MARKED), 0).rounds(10, 100, true, maker::mark);
            default -> throw new IllegalArgumentException("unknown script " + name);
        };
    }

    private interface Doing {
        Step step(int device);
    }

    /** Makes steps with a small generator of random numbers which is the same in every language. */
    private static final class Maker {
        private final int changes;
        private final List<Step> steps = new ArrayList<>();
        private int[] lengths = new int[0];
        private int[] cursors = new int[0];
        private int random = 42;

        private Maker(int changes) {
            this.changes = changes;
        }

        private int random(int below) {
            random = random * 1664525 + 1013904223;
            return (random >>> 8) % below;
        }

        /** Lets the first device make something, in a change of its own, before all others come in. */
        private Maker after(Kind kind, String text, int number) {
            steps.add(new Step(0, kind, text, number));
            steps.add(new Step(0, Kind.SYNC, "", 0));
            return this;
        }

        private Script rounds(int devices, int each, boolean sync, Doing doing) {
            lengths = new int[devices];
            cursors = new int[devices];
            int done = 0;
            while (done < changes) {
                for (int device = 0; device < devices; device++) {
                    for (int i = 0; i < each && done < changes; i++, done++) {
                        steps.add(doing.step(device));
                    }
                }
                if (sync) {
                    sync();
                }
            }
            return new Script(devices, steps);
        }

        private int seen;
        private int total;

        private void sync() {
            for (; seen < steps.size(); seen++) {
                Step step = steps.get(seen);
                total += step.kind() == Kind.INSERT ? step.text().length() : 0;
            }
            java.util.Arrays.fill(lengths, total);
            steps.add(new Step(0, Kind.SYNC, "", 0));
        }

        private Step put(int device) {
            return new Step(device, Kind.PUT, "k" + random(10_000), random(1_000_000));
        }

        private Step hot(int device) {
            return new Step(device, Kind.PUT, "hot", device);
        }

        private Step add(int device) {
            return new Step(device, Kind.ADD, "", 1 + random(9));
        }

        private Step move(int device) {
            return new Step(device, Kind.MOVE, "", random(PIECES), random(PIECES));
        }

        private Step place(int device) {
            return new Step(device, Kind.PLACE, "", random(PIECES), random(PIECES));
        }

        private Step mark(int device) {
            int start = random(MARKED - 10);
            return new Step(device, Kind.MARK, "", start, start + 1 + random(10));
        }

        private Step insert(int device, int position, String text) {
            lengths[device] += text.length();
            return new Step(device, Kind.INSERT, text, position);
        }

        private Step character(int device) {
            return insert(device, random(lengths[device] + 1), String.valueOf((char) ('a' + random(26))));
        }

        private Step word(int device) {
            int at = Math.min(cursors[device], lengths[device]);
            if (random(20) == 0) {
                at = random(lengths[device] + 1);
            }
            StringBuilder word = new StringBuilder();
            for (int i = 2 + random(6); i > 0; i--) {
                word.append((char) ('a' + random(26)));
            }
            String text = word.append(' ').toString();
            cursors[device] = at + text.length();
            return insert(device, at, text);
        }
    }
}
