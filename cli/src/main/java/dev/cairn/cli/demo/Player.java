package dev.cairn.cli.demo;

import dev.cairn.format.DeviceId;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import java.nio.file.Path;
import java.util.List;

/** One device of the demo: its folder, its open space and who writes on it. */
record Player(String name, Path folder, Space space, Author author) implements AutoCloseable {

    /** Takes in what came and publishes what is due. */
    void tend() {
        space.refresh();
        space.duties();
    }

    Document journal() {
        return space.document(Author.JOURNAL);
    }

    String text() {
        return journal().text("body");
    }

    long changes() {
        return space.status().self().changes();
    }

    /** How many changes the others have made which this device does not have. */
    long lag(List<Player> all) {
        SpaceStatus status = space.status();
        long lag = 0;
        for (Player other : all) {
            if (!other.name.equals(name)) {
                lag += other.changes() - known(status, other.space.device());
            }
        }
        return lag;
    }

    private static long known(SpaceStatus status, DeviceId device) {
        return status.others().stream()
                .filter(other -> other.id().equals(device))
                .mapToLong(SpaceStatus.Device::changes)
                .sum();
    }

    @Override
    public void close() {
        space.close();
    }
}
