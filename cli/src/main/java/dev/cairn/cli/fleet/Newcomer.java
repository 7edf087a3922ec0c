package dev.cairn.cli.fleet;

import dev.cairn.format.folder.Pause;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceException;
import dev.cairn.replica.SpaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Invariant I1 seen from outside: the files of one folder are enough for a device that joins now to show what all
 * others show, whatever was withdrawn, rescued or put into checkpoints.
 */
final class Newcomer implements FleetInvariant {
    static final String NAME = "a-newcomer-gets-everything";

    private final Path scratch;

    /** One which has its folder and its state in a directory of its own below this one while it is asked. */
    Newcomer(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> broken(FleetView fleet) {
        if (fleet.spaces().isEmpty()) {
            return List.of();
        }
        String device = fleet.spaces().firstKey();
        Space host = Objects.requireNonNull(fleet.spaces().get(device));
        Path place = place();
        try {
            Path folder = Files.createDirectories(place.resolve("folder"));
            String code = host.invite(InviteOptions.writer()).code();
            host.flush();
            copy(Objects.requireNonNull(fleet.folders().get(device)), folder);
            return compare(device, host, Space.join(folder, code, options(place.resolve("state"))));
        } catch (SpaceException refused) {
            return List.of("nobody can join any more: " + refused.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the folder of " + device, e);
        } finally {
            remove(place);
        }
    }

    /** Runs side by side share the directory. */
    private Path place() {
        try {
            return Files.createTempDirectory(Files.createDirectories(scratch), "newcomer-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + scratch, e);
        }
    }

    private static SpaceOptions options(Path state) {
        return SpaceOptions.inState(state).toBuilder()
                .deviceName("newcomer")
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .executor(Runnable::run)
                .pause(Pause.none())
                .build();
    }

    private static List<String> compare(String device, Space host, JoinResult result) {
        if (!(result instanceof JoinResult.Joined joined)) {
            return List.of("who joins with the files of " + device + " is not let in: " + result);
        }
        try (Space space = joined.space()) {
            return space.stateHash().equals(host.stateHash())
                    ? List.of()
                    : List.of("who joins with the files of " + device + " gets "
                            + space.status().changes() + " of " + host.status().changes()
                            + " changes and another state");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".cairn") || name.endsWith(".json")) {
                    Path target = to.resolve(name);
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void remove(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + place, e);
        }
    }
}
