package dev.cairn.crdt.oracle;

import dev.cairn.crdt.view.DocumentState;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The engine is the oracle for every type, of which the oracle knows the specification and the bytes alone. */
final class TypesProperties {
    /** Every step is the seed of one thing that happens to one device. */
    private static void live(int devices, List<Integer> steps, List<Kind> favourites) {
        Fleet fleet = new Fleet(devices);
        for (int seed : steps) {
            Random random = new Random(seed);
            step(fleet, fleet.devices.get(random.nextInt(devices)), random, favourites);
        }
        fleet.settle(new Random(steps.hashCode()));
    }

    static void step(Fleet fleet, Fleet.Device device, Random random, List<Kind> favourites) {
        int what = random.nextInt(100);
        if (what < 60) {
            DocumentState known = device.engine.document(Fleet.DOCUMENTS.get(random.nextInt(2)));
            device.write(session -> new FreeUser(session, random, favourites, fleet.nodes)
                    .knowing(known)
                    .edit(1 + random.nextInt(4)));
        } else if (what < 87) {
            device.receive(fleet.some(random));
        } else if (what < 91) {
            device.lookBack(random);
        } else if (what < 96) {
            device.checkpoint();
        } else {
            device.restart();
        }
    }

    @Property(tries = 60)
    void every_type_nested_in_every_other(
            @ForAll @IntRange(min = 1, max = 5) int devices, @ForAll @Size(max = 50) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TREE, Kind.LIST, Kind.MOVABLE_LIST, Kind.REGISTER));
    }

    @Property(tries = 60)
    void movable_lists(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.MOVABLE_LIST));
    }

    @Property(tries = 30)
    void registers(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 50) List<Integer> steps) {
        live(devices, steps, List.of(Kind.REGISTER));
    }

    @Property(tries = 60)
    void marked_texts(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TEXT));
    }

    @Property(tries = 60)
    void trees(@ForAll @IntRange(min = 1, max = 4) int devices, @ForAll @Size(max = 50) List<Integer> steps) {
        live(devices, steps, List.of(Kind.TREE));
    }
}
