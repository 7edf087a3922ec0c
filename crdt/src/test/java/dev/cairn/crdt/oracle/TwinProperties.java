package dev.cairn.crdt.oracle;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The engine equals its slow twin, whatever a fleet of devices does. */
class TwinProperties {
    @Property(tries = 150)
    void engineAndTwinAgree(@ForAll long seed) {
        Random random = new Random(seed);
        Fleet fleet = new Fleet(2 + random.nextInt(3));
        int steps = 10 + random.nextInt(30);
        for (int i = 0; i < steps; i++) {
            Fleet.Device device = fleet.devices.get(random.nextInt(fleet.devices.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> device.receive(fleet.some(random));
                case 3 -> device.cancel(1 + random.nextInt(3), random);
                case 4 -> device.restart();
                case 5 -> device.lookBack(random);
                default -> device.edit(1 + random.nextInt(4), random);
            }
        }
        fleet.settle(random);
    }
}
