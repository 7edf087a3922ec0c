package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.replica.SpaceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member with valid keys that breaks every rule harms nobody for long, and everybody sees who it is. */
final class HostileMemberTest {
    private static final int DEVICES = 3;

    @TempDir
    private Path directory;

    /** Who equivocates is flagged on each honest device, and nobody honest is who only had its name used. */
    private static List<String> unnamed(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.spaces().forEach((device, space) -> {
            List<String> flagged = space.status().others().stream()
                    .filter(other -> other.flagged().isPresent())
                    .map(SpaceStatus.Device::name)
                    .toList();
            if (!flagged.contains(UserActs.nameOf("device-2"))) {
                lines.add(device + " flags " + flagged);
            }
        });
        return lines;
    }

    @Test
    void everybodySeesWhoItIs() {
        FleetInvariant named = FleetInvariant.of("liar-named", HostileMemberTest::unnamed);
        Set<String> alarms = new TreeSet<>();
        FleetInvariant alarmed = FleetInvariant.of("alarms", view -> {
            view.spaces().values().forEach(space -> space.status().alarms().forEach(alarm -> alarms.add(alarm.code())));
            return List.of();
        });
        CairnFleet fleet = new CairnFleet(directory.resolve("runs"), List.of(named, alarmed));
        List<String> story = new ArrayList<>();
        fleet.trace(story::add);
        FleetOptions options = new FleetOptions(
                "perfect", DEVICES, Duration.ofMinutes(40), Set.of(), Set.of(FleetOptions.Company.HOSTILE));
        for (long seed = 1; seed <= 3; seed++) {
            FleetResult result = fleet.run(seed, options);
            assertThat(result.broken()).as(result.replay()).isEmpty();
            assertThat(result.acknowledged()).isPositive();
        }
        assertThat(alarms).contains("EQUIVOCATION", "SHARED_WRITER");
        assertThat(story)
                .as("all it can do is done somewhere in these runs")
                .anyMatch(line -> line.contains("hostile: equivocation"))
                .anyMatch(line -> line.contains("hostile: wrong lamport number"))
                .anyMatch(line -> line.contains("hostile: forged parents"))
                .anyMatch(line -> line.contains("hostile: flood"))
                .anyMatch(line -> line.contains("hostile: bomb"))
                .anyMatch(line -> line.contains("hostile: replay of"))
                .anyMatch(line -> line.contains("hostile: head that lies"))
                .anyMatch(line -> line.contains("hostile: files of"))
                .anyMatch(line -> line.contains("hostile: entries without effect"))
                .anyMatch(line -> line.contains("hostile: garbles") || line.contains("hostile: deletes"))
                .anyMatch(line -> line.contains("hostile: forged entry of"))
                .anyMatch(line -> line.contains("hostile: forged changes of"))
                .anyMatch(line -> line.contains("hostile: checkpoint of noise"))
                .anyMatch(line -> line.contains("hostile: long chain"));
    }
}
