package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.version.Heads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What a history says of texts, movable lists and trees is what an oracle says, which read the bytes and goes by the
 * names of units, elements and nodes alone: differences, authors, and where cursors are.
 */
final class HistoryTwinProperties {
    /** A container under a key of a document, in an oracle which knows everything. */
    private record Subject(Fleet.Device device, Lineages lineages, String document, String key, ContainerId id) {
        Oracle oracle() {
            return device.oracle;
        }
    }

    private static Fleet live(int devices, List<Integer> steps, List<Kind> favourites) {
        Fleet fleet = new Fleet(devices);
        for (int seed : steps) {
            Random random = new Random(seed);
            Fleet.Device device = fleet.devices.get(random.nextInt(devices));
            int what = random.nextInt(100);
            Optional<ChangeId> undoable = device.engine.history().undoable(device.actor);
            if (what < 20 && undoable.isPresent()) {
                device.write(session -> session.takeBack(undoable.get()));
            } else if (what < 75) {
                device.write(
                        session -> new FreeUser(session, random, favourites, fleet.nodes).edit(1 + random.nextInt(4)));
            } else {
                device.receive(fleet.some(random));
            }
        }
        fleet.settle(new Random(steps.hashCode()));
        return fleet;
    }

    private static List<Subject> subjects(Fleet fleet, Kind kind) {
        Fleet.Device device = fleet.devices.get(0);
        List<LocalChange> known = fleet.all().stream().map(Fleet.Made::engine).toList();
        List<Subject> subjects = new ArrayList<>();
        for (String document : Fleet.DOCUMENTS) {
            Lineages lineages = Lineages.of(device.oracle, Takings.of(known, document));
            ContainerId root = new ContainerId.Root(document);
            for (String key : device.oracle.keys(root)) {
                if (device.oracle.shown(root, key).orElseThrow() instanceof Content.Inner inner
                        && inner.container().kind() == kind) {
                    subjects.add(new Subject(device, lineages, document, key, inner.container()));
                }
            }
        }
        return subjects;
    }

    private static Heads any(Oracle oracle, Random random) {
        List<Change> changes = oracle.changes();
        return changes.isEmpty()
                ? Heads.NONE
                : oracle.at(Heads.of(List.of(
                                changes.get(random.nextInt(changes.size())).id())))
                        .heads();
    }

    // ---- texts

    @Property(tries = 60)
    void texts(@ForAll @IntRange(min = 1, max = 3) int devices, @ForAll @Size(max = 40) List<Integer> steps) {
        Fleet fleet = live(devices, steps, List.of(Kind.TEXT));
        Random random = new Random(steps.hashCode());
        for (Subject subject : subjects(fleet, Kind.TEXT)) {
            Oracle then = subject.oracle().at(any(subject.oracle(), random));
            difference(subject, then);
            blame(subject);
            cursor(subject, then, random);
        }
    }

    private static String character(FugueTree.Unit unit) {
        return Character.toString(((Content.CodePoint) unit.value()).value());
    }

    private static List<FugueTree.Unit> shown(Oracle oracle, ContainerId text) {
        return oracle.sequence(text).visible().stream()
                .filter(unit -> unit.value() instanceof Content.CodePoint)
                .toList();
    }

    private static Set<OpId> names(List<FugueTree.Unit> units) {
        Set<OpId> names = new HashSet<>();
        units.forEach(unit -> names.add(unit.name()));
        return names;
    }

    /** Compares the pieces, character by character: + in the second only, - in the first only. */
    private static void difference(Subject subject, Oracle then) {
        if (!then.shown(new ContainerId.Root(subject.document), subject.key)
                .equals(Optional.of(new Content.Inner(subject.id)))) {
            return;
        }
        Set<OpId> before = names(shown(then, subject.id));
        Set<OpId> after = names(shown(subject.oracle(), subject.id));
        StringBuilder expected = new StringBuilder();
        StringBuilder gone = new StringBuilder();
        StringBuilder come = new StringBuilder();
        for (FugueTree.Unit unit : subject.oracle().sequence(subject.id).all()) {
            boolean first = before.contains(unit.name());
            boolean second = after.contains(unit.name());
            if (first && second) {
                expected.append(gone).append(come).append('=');
                gone.setLength(0);
                come.setLength(0);
            } else if (first) {
                gone.append('-').append(character(unit));
            } else if (second) {
                come.append('+').append(character(unit));
            }
        }
        expected.append(gone).append(come);
        Difference found = subject.device
                .engine
                .history()
                .diff(subject.document, then.heads(), subject.oracle().heads())
                .entries()
                .get(subject.key);
        if (found == null) {
            assertThat(expected.toString()).matches("=*");
            return;
        }
        StringBuilder pieces = new StringBuilder();
        String text = subject.oracle().text(subject.id);
        int at = 0;
        for (TextPiece piece : ((Difference.OfText) found).pieces()) {
            if (piece.kind() == TextPiece.Kind.KEPT) {
                pieces.append("=".repeat(text.codePointCount(at, at + piece.length())));
            } else {
                String sign = piece.kind() == TextPiece.Kind.INSERTED ? "+" : "-";
                piece.text().codePoints().forEach(point -> pieces.append(sign).appendCodePoint(point));
            }
            at += piece.kind() == TextPiece.Kind.DELETED ? 0 : piece.length();
        }
        assertThat(pieces.toString()).isEqualTo(expected.toString());
    }

    private static void blame(Subject subject) {
        List<ChangeId> expected = new ArrayList<>();
        for (FugueTree.Unit unit : shown(subject.oracle(), subject.id)) {
            for (int i = 0; i < character(unit).length(); i++) {
                expected.add(subject.lineages.root(unit.name()).change());
            }
        }
        assertThat(blamed(subject)).isEqualTo(expected);
    }

    private static List<ChangeId> blamed(Subject subject) {
        List<ChangeId> blamed = new ArrayList<>();
        Blame blame = subject.device.engine.history().blame(subject.document, subject.key);
        for (Blame.Run run : ((Blame.OfSequence) blame).runs()) {
            assertThat(run.start()).isEqualTo(blamed.size());
            for (int i = run.start(); i < run.end(); i++) {
                blamed.add(run.origin().change());
            }
        }
        return blamed;
    }

    /** A cursor before a character stays before it, or before one that stands for it, or where it was. */
    private static void cursor(Subject subject, Oracle then, Random random) {
        List<FugueTree.Unit> now = shown(subject.oracle(), subject.id);
        if (now.isEmpty()) {
            return;
        }
        FugueTree.Unit chosen = now.get(random.nextInt(now.size()));
        int index = before(now, chosen.name());
        Cursor cursor = subject.device.engine.history().cursor(subject.document, index, Cursor.Side.RIGHT, subject.key);
        assertThat(subject.device.engine.history().locate(cursor).map(Place::index))
                .contains(index);
        boolean there = then.shown(new ContainerId.Root(subject.document), subject.key)
                .equals(Optional.of(new Content.Inner(subject.id)));
        OpId unit =
                then.clock().contains(chosen.name().change()) ? chosen.name() : subject.lineages.root(chosen.name());
        Optional<Integer> found = subject.device
                .engine
                .history()
                .locate(Cursor.parse(cursor.toString()), then.heads())
                .map(Place::index);
        if (!there || !then.clock().contains(unit.change())) {
            assertThat(found).isEmpty();
            return;
        }
        List<FugueTree.Unit> shownThen = shown(then, subject.id);
        List<OpId> candidates = shownThen.stream()
                .map(FugueTree.Unit::name)
                .filter(name -> subject.lineages.root(name).equals(subject.lineages.root(unit)))
                .toList();
        if (candidates.isEmpty()) {
            assertThat(found).contains(gap(subject, shownThen, unit));
        } else {
            assertThat(candidates.stream().map(name -> Optional.of(before(shownThen, name))))
                    .contains(found);
        }
    }

    private static int before(List<FugueTree.Unit> units, OpId name) {
        int before = 0;
        for (FugueTree.Unit unit : units) {
            if (unit.name().equals(name)) {
                return before;
            }
            before += character(unit).length();
        }
        throw new IllegalStateException("not there: " + name);
    }

    /** Returns how much is shown before the place of a unit that is not. */
    private static int gap(Subject subject, List<FugueTree.Unit> shown, OpId name) {
        Set<OpId> there = names(shown);
        int before = 0;
        for (FugueTree.Unit unit : subject.oracle().sequence(subject.id).all()) {
            if (unit.name().equals(name)) {
                return before;
            }
            before += there.contains(unit.name()) ? character(unit).length() : 0;
        }
        throw new IllegalStateException("never there: " + name);
    }

    // ---- movable lists

    @Property(tries = 60)
    void movable_lists(@ForAll @IntRange(min = 1, max = 3) int devices, @ForAll @Size(max = 40) List<Integer> steps) {
        Fleet fleet = live(devices, steps, List.of(Kind.MOVABLE_LIST));
        Random random = new Random(steps.hashCode());
        for (Subject subject : subjects(fleet, Kind.MOVABLE_LIST)) {
            List<OpId> now = subject.oracle().elementIds(subject.id);
            assertThat(blamed(subject))
                    .isEqualTo(now.stream()
                            .map(element -> subject.lineages.root(element).change())
                            .toList());
            Oracle then = subject.oracle().at(any(subject.oracle(), random));
            Difference found = subject.device
                    .engine
                    .history()
                    .diff(subject.document, then.heads(), subject.oracle().heads())
                    .entries()
                    .get(subject.key);
            if (found instanceof Difference.OfMovableList list) {
                List<OpId> before = then.elementIds(subject.id);
                assertThat(list.sources())
                        .isEqualTo(now.stream().map(before::indexOf).toList());
                assertThat(list.moved()).hasSize(fewestMoves(list.sources()));
            }
        }
    }

    /** Returns how many of the kept must move, by the textbook table. */
    private static int fewestMoves(List<Integer> sources) {
        List<Integer> kept = sources.stream().filter(source -> source >= 0).toList();
        int[] longest = new int[kept.size()];
        int most = 0;
        for (int i = 0; i < longest.length; i++) {
            longest[i] = 1;
            for (int j = 0; j < i; j++) {
                longest[i] = kept.get(j) < kept.get(i) ? Math.max(longest[i], longest[j] + 1) : longest[i];
            }
            most = Math.max(most, longest[i]);
        }
        return kept.size() - most;
    }

    // ---- trees

    @Property(tries = 60)
    void trees(@ForAll @IntRange(min = 1, max = 3) int devices, @ForAll @Size(max = 40) List<Integer> steps) {
        Fleet fleet = live(devices, steps, List.of(Kind.TREE));
        Random random = new Random(steps.hashCode());
        for (Subject subject : subjects(fleet, Kind.TREE)) {
            Map<String, String> now = places(subject.oracle(), subject.id);
            Blame.OfMap blame = (Blame.OfMap) subject.device.engine.history().blame(subject.document, subject.key);
            assertThat(blame.entries().keySet()).isEqualTo(now.keySet());
            blame.entries()
                    .forEach((node, origin) -> assertThat(node)
                            .startsWith(origin.change().actor() + "-"
                                    + origin.change().seq() + "-"));
            Oracle then = subject.oracle().at(any(subject.oracle(), random));
            Difference found = subject.device
                    .engine
                    .history()
                    .diff(subject.document, then.heads(), subject.oracle().heads())
                    .entries()
                    .get(subject.key);
            if (found instanceof Difference.OfTree tree) {
                Map<String, String> before = places(then, subject.id);
                Set<String> added = new HashSet<>(now.keySet());
                added.removeAll(before.keySet());
                Set<String> removed = new HashSet<>(before.keySet());
                removed.removeAll(now.keySet());
                assertThat(tree.added())
                        .extracting(node -> node.id().toString())
                        .hasSameElementsAs(added);
                assertThat(tree.removed())
                        .extracting(node -> node.id().toString())
                        .hasSameElementsAs(removed);
                tree.moved().forEach(node -> {
                    assertThat(node.from().parent().map(Object::toString).orElse("") + "/"
                                    + node.from().index())
                            .isEqualTo(before.get(node.id().toString()));
                    assertThat(node.to().parent().map(Object::toString).orElse("") + "/"
                                    + node.to().index())
                            .isEqualTo(now.get(node.id().toString()));
                });
            }
        }
    }

    /** Returns by node the one above it and its index. */
    private static Map<String, String> places(Oracle oracle, ContainerId tree) {
        Map<String, String> places = new HashMap<>();
        List<Optional<OpId>> open = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < open.size(); i++) {
            List<OpId> below = oracle.tree(tree).below(open.get(i));
            for (int j = 0; j < below.size(); j++) {
                places.put(
                        name(below.get(j)),
                        open.get(i).map(HistoryTwinProperties::name).orElse("") + "/" + j);
                open.add(Optional.of(below.get(j)));
            }
        }
        return places;
    }

    private static String name(OpId node) {
        return node.actor() + "-" + node.seq() + "-" + node.index();
    }
}
