package dev.cairn.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.history.Cursor;
import dev.cairn.crdt.history.Difference;
import dev.cairn.crdt.history.Origin;
import dev.cairn.crdt.history.Place;
import dev.cairn.crdt.history.TextPiece;
import dev.cairn.crdt.version.Heads;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.TextView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a history says of any two versions of a random fleet, compared with documents made from scratch. */
class HistoryProperties {
    private final List<Heads> versions = new ArrayList<>();

    /** A fleet of three, of which one knows everything in the end; its versions on the way are remembered. */
    private Fleet fleet(long seed, int steps, boolean textOnly) {
        versions.clear();
        Fleet fleet = new Fleet(seed, 3, textOnly);
        fleet.everything = true;
        for (int i = 0; i < steps; i++) {
            fleet.step();
            versions.add(fleet.devices.get(i % 3).heads());
        }
        fleet.devices.get(0).integrate(fleet.causal());
        versions.add(Heads.NONE);
        versions.add(fleet.devices.get(0).heads());
        return fleet;
    }

    private Heads any(Random random) {
        return versions.get(random.nextInt(versions.size()));
    }

    @Property(tries = 60)
    void aDifferenceAppliedToTheFirstVersionGivesTheSecond(@ForAll long seed) {
        DocumentSet set = fleet(seed, 40, false).devices.get(0);
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            Heads before = any(random);
            Heads after = any(random);
            for (String name : List.of("a", "zweites")) {
                Difference difference = set.history().diff(name, before, after);
                Object first = set.documentAt(name, before).toPlain();
                Object second = set.documentAt(name, after).toPlain();
                assertThat(Patch.apply(difference, first)).isEqualTo(second);
                assertThat(difference.isEmpty())
                        .isEqualTo(set.history().diff(name, after, before).isEmpty());
            }
        }
    }

    @Property(tries = 60)
    void aVersionDiffersFromItselfInNothing(@ForAll long seed) {
        DocumentSet set = fleet(seed, 40, false).devices.get(0);
        for (Heads version : versions) {
            assertThat(set.history().diff("a", version, version).isEmpty()).isTrue();
        }
    }

    @Property(tries = 60)
    void blameCoversWhatIsShownAndNamesWhoMadeIt(@ForAll long seed) {
        DocumentSet set = fleet(seed, 40, false).devices.get(0);
        for (Heads version : List.of(any(new Random(seed)), set.heads())) {
            check(set, version, set.documentAt("a", version).root(), List.of());
        }
    }

    private static void check(DocumentSet set, Heads version, Node node, List<Object> path) {
        if (node instanceof MapView map) {
            Blame.OfMap blame = (Blame.OfMap) blame(set, version, path);
            assertThat(blame.entries().keySet()).isEqualTo(map.entries().keySet());
            for (Origin origin : blame.entries().values()) {
                assertThat(set.changesOf("a"))
                        .filteredOn(change -> change.change().equals(origin.change()))
                        .singleElement()
                        .satisfies(change -> assertThat(change.assigned()).isPositive());
            }
            map.entries().forEach((key, inner) -> check(set, version, inner, with(path, key)));
        } else if (node instanceof TextView text) {
            checkRuns(set, version, text.length(), path);
        } else if (node instanceof ListView list) {
            checkRuns(set, version, list.size(), path);
            for (int i = 0; i < list.size(); i++) {
                check(set, version, list.get(i), with(path, i));
            }
        }
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static Blame blame(DocumentSet set, Heads version, List<Object> path) {
        return set.history().blameAt("a", version, path.toArray());
    }

    private static void checkRuns(DocumentSet set, Heads version, int length, List<Object> path) {
        int at = 0;
        for (Blame.Run run : ((Blame.OfSequence) blame(set, version, path)).runs()) {
            assertThat(run.start()).isEqualTo(at);
            assertThat(run.end()).isGreaterThan(at);
            assertThat(set.version().contains(run.origin().change())).isTrue();
            at = run.end();
        }
        assertThat(at).isEqualTo(length);
    }

    @Property(tries = 60)
    void ofOneAuthorEveryCharacterIsBlamedOnTheChangeWhichTypedIt(@ForAll long seed) {
        Random random = new Random(seed);
        Fleet fleet = new Fleet(seed, 1, true);
        DocumentSet set = fleet.devices.get(0);
        List<Long> typedBy = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            long seq = set.version().of(fleet.actors.get(0)) + 1;
            int size = typedBy.size();
            int at = random.nextInt(size + 1);
            int count = 1 + random.nextInt(4);
            var session = set.begin(fleet.actors.get(0), seq, 0);
            if (random.nextInt(3) > 0 || at + count > size) {
                session.on("a").text("t").insert(at, "x".repeat(count));
                for (int j = 0; j < count; j++) {
                    typedBy.add(at, seq);
                }
            } else {
                session.on("a").text("t").delete(at, count);
                typedBy.subList(at, at + count).clear();
            }
            session.finish();
        }
        List<Long> blamed = new ArrayList<>();
        Blame.OfSequence blame = (Blame.OfSequence) set.history().blame("a", "t");
        for (Blame.Run run : blame.runs()) {
            for (int i = run.start(); i < run.end(); i++) {
                blamed.add(run.origin().change().seq());
            }
        }
        assertThat(blamed).isEqualTo(typedBy);
    }

    @Property(tries = 100)
    void aCursorStaysWithItsCharacter(@ForAll long seed) {
        Fleet fleet = Fleet.run(seed, 3, 30, true);
        DocumentSet set = fleet.devices.get(0);
        Random random = new Random(seed);
        String before = text(set);
        if (before.isEmpty()) {
            return;
        }
        Heads then = set.heads();
        int index = before.offsetByCodePoints(0, random.nextInt(before.codePointCount(0, before.length())));
        Cursor right = set.history().cursor("a", index, Cursor.Side.RIGHT, "text");
        int behind = before.offsetByCodePoints(index, 1);
        Cursor left = set.history().cursor("a", behind, Cursor.Side.LEFT, "text");
        for (int i = 0; i < 30; i++) {
            fleet.step();
        }
        for (DocumentSet device : fleet.devices) {
            device.integrate(fleet.causal());
            History history = device.history();
            int start = index(history.locate(Cursor.parse(right.toString())).orElseThrow());
            int end = index(history.locate(Cursor.parse(left.toString())).orElseThrow());
            assertThat(index(history.locate(right, then).orElseThrow())).isEqualTo(index);
            assertThat(index(history.locate(left, then).orElseThrow())).isEqualTo(behind);
            follow(history.diff("a", then, device.heads()), index, behind, start, end);
        }
    }

    private static int index(Place place) {
        return place.index();
    }

    private static String text(DocumentSet set) {
        return set.document("a").at("text").map(Object::toString).orElse("");
    }

    /** Follows a character through a difference to where it must be, or to the gap in which it was deleted. */
    private static void follow(Difference.OfMap root, int index, int behind, int start, int end) {
        if (root.isEmpty()) {
            assertThat(start).isEqualTo(index);
            assertThat(end).isEqualTo(behind);
            return;
        }
        int old = 0;
        int now = 0;
        int gap = 0;
        boolean deleted = false;
        for (TextPiece piece :
                ((Difference.OfText) root.entries().values().iterator().next()).pieces()) {
            boolean holds = piece.kind() != TextPiece.Kind.INSERTED && old <= index && index < old + piece.length();
            if (piece.kind() == TextPiece.Kind.KEPT) {
                if (deleted) {
                    break;
                }
                if (holds) {
                    assertThat(start).isEqualTo(now + index - old);
                    assertThat(end).isEqualTo(now + behind - old);
                    return;
                }
                gap = now + piece.length();
            }
            deleted |= holds;
            old += piece.kind() == TextPiece.Kind.INSERTED ? 0 : piece.length();
            now += piece.kind() == TextPiece.Kind.DELETED ? 0 : piece.length();
        }
        assertThat(deleted).isTrue();
        assertThat(start).isEqualTo(end).isBetween(gap, now);
    }

    @Property(tries = 60)
    void theProjectionOfAVersionIsThatVersion(@ForAll long seed) {
        DocumentSet set = fleet(seed, 40, false).devices.get(0);
        for (Heads version : versions) {
            Difference.OfMap all = set.history().diff("a", Heads.NONE, version);
            assertThat(Patch.apply(all, new java.util.LinkedHashMap<>()))
                    .isEqualTo(set.documentAt("a", version).toPlain());
        }
    }
}
