package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.edit.LocalChange;
import dev.cairn.crdt.history.LeftAlone;
import dev.cairn.crdt.version.ChangeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Taking back leaves what would be there if the change had never been made, among whatever others do, or says where it
 * does not: compared with an oracle to which the change never happened.
 */
final class UndoTwinProperties {
    private static final Pattern NODE = Pattern.compile("[0-9a-f]{32}-[0-9]+-[0-9]+");

    private static void live(int devices, List<Integer> steps, List<Kind> favourites) {
        Fleet fleet = new Fleet(devices);
        Set<String> comparable = new HashSet<>(Fleet.DOCUMENTS);
        for (int seed : steps) {
            Random random = new Random(seed);
            Fleet.Device device = fleet.devices.get(random.nextInt(devices));
            int what = random.nextInt(100);
            if (what < 50) {
                device.write(
                        session -> new FreeUser(session, random, favourites, fleet.nodes).edit(1 + random.nextInt(4)));
            } else if (what < 72) {
                device.receive(fleet.some(random));
            } else {
                reverse(fleet, device, what < 88, comparable);
            }
        }
        fleet.settle(new Random(steps.hashCode()));
    }

    /**
     * Takes back a change or makes one again, and compares each document.
     *
     * @param comparable the documents which are, also where it is not seen, as the changes that count make them
     */
    private static void reverse(Fleet fleet, Fleet.Device device, boolean undo, Set<String> comparable) {
        Optional<ChangeId> change = undo
                ? device.engine.history().undoable(device.actor)
                : device.engine.history().redoable(device.actor);
        if (change.isEmpty()) {
            return;
        }
        comparable.removeIf(document -> !isComparable(fleet, device, document));
        List<LeftAlone> left = new ArrayList<>();
        device.write(session -> left.addAll(undo ? session.takeBack(change.get()) : session.makeAgain(change.get())));
        left.forEach(part -> comparable.remove(part.document()));
        for (String document : comparable) {
            assertThat(seen(device, document))
                    .as("%s %s, %s", undo ? "without" : "again with", change.get(), document)
                    .isEqualTo(seen(without(fleet, device, document), document));
        }
    }

    /** Tells whether everything is as without the changes, also what only a later taking back may show. */
    private static boolean isComparable(Fleet fleet, Fleet.Device device, String document) {
        if (hasCopies(fleet, device, document)) {
            return false;
        }
        Oracle without = without(fleet, device, document);
        return seen(device, document).equals(seen(without, document))
                && without.made().stream()
                        .filter(container -> container.document().equals(document))
                        .allMatch(hidden -> read(device.oracle, hidden).equals(read(without, hidden)));
    }

    /**
     * Tells whether a container came back with a list's element: a copy, in which others may work like in any other.
     */
    private static boolean hasCopies(Fleet fleet, Fleet.Device device, String document) {
        Takings takings = Takings.of(
                fleet.all(device.oracle).stream().map(Fleet.Made::engine).toList(), document);
        return device.oracle.changes().stream()
                .filter(change -> takings.isMechanical(change.id()))
                .flatMap(change -> change.operations().stream())
                .anyMatch(UndoTwinProperties::copies);
    }

    private static boolean copies(Operation operation) {
        return (operation instanceof Operation.Insert insert && insert.content() instanceof Content.Inner)
                || (operation instanceof Operation.InsertElement element && element.content() instanceof Content.Inner)
                || (operation instanceof Operation.SetElement set
                        && set.content() instanceof Content.Inner inner
                        && inner.container() instanceof ContainerId.MadeBy made
                        && made.maker().equals(set.id()));
    }

    private static String seen(Fleet.Device device, String document) {
        return nameless(Picture.of(device.engine.document(document)).content());
    }

    private static String seen(Oracle oracle, String document) {
        return read(oracle, new ContainerId.Root(document));
    }

    private static String read(Oracle oracle, ContainerId container) {
        return nameless(Picture.words(OracleReader.read(oracle, new Content.Inner(container))));
    }

    private static Oracle without(Fleet fleet, Fleet.Device device, String document) {
        List<LocalChange> known =
                fleet.all(device.oracle).stream().map(Fleet.Made::engine).toList();
        Takings takings = Takings.of(known, document);
        return device.oracle.without(takings.gone(), Lineages.of(device.oracle, takings));
    }

    /** A tree which comes back inside of an element is a copy with nodes of its own. */
    private static String nameless(String content) {
        return NODE.matcher(content).replaceAll("node");
    }

    @Example
    void a_list_is_hidden_by_a_value_and_shown_again_by_taking_that_back() {
        live(1, List.of(-1, 9771, 2, 2466, 0, 0, 0, -2, 1, 2), List.of(Kind.MOVABLE_LIST));
    }

    @Property(tries = 100)
    void movable_lists(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.MOVABLE_LIST));
    }

    @Property(tries = 100)
    void trees(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TREE));
    }

    @Property(tries = 100)
    void marked_texts(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TEXT));
    }

    @Property(tries = 100)
    void maps_and_registers(
            @ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.MAP, Kind.REGISTER, Kind.COUNTER));
    }

    @Property(tries = 100)
    void every_type_nested_in_every_other(
            @ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TREE, Kind.LIST, Kind.MOVABLE_LIST, Kind.REGISTER));
    }
}
