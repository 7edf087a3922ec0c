package dev.cairn.cli.fleet;

import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceStatus;
import dev.cairn.simulation.fleet.Happening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the store itself. */
final class Invariants {
    /** Two heads, segments of which eight of a size become one, a few entries and what is being retired. */
    private static final int OWN_FILES_MAX = 80;

    /** What sync tools and Cairn have in the works: it stands for nothing until it gets its name. */
    private static final Pattern UNFINISHED =
            Pattern.compile("^\\.(?:tmp\\.drive(?:down|up)load|dropbox\\.cache|stversions|stfolder|sync)/"
                    + "|(?:^|/)(?:\\.syncthing\\.|~syncthing~)[^/]*\\.tmp$");

    static final List<FleetInvariant> ALL = List.of(
            FleetInvariant.of("everybody-joined", Invariants::everybodyJoined),
            FleetInvariant.of("convergence", Invariants::convergence),
            FleetInvariant.of("everybody-is-heard-of", Invariants::everybodyHeardOf),
            FleetInvariant.of("given-up-by-the-owner", fleet -> noted(fleet, "given-up-by-the-owner")),
            FleetInvariant.of("no-acknowledged-change-lost", Invariants::nothingLost),
            FleetInvariant.of("all-or-nothing", Invariants::allOrNothing),
            FleetInvariant.of("causal-order", fleet -> noted(fleet, "causal-order")),
            FleetInvariant.of("monotonic-reads", fleet -> noted(fleet, "monotonic-reads")),
            FleetInvariant.of("no-sequence-number-reused", Invariants::noSequenceReused),
            FleetInvariant.of("one-machine-per-writer", fleet -> noted(fleet, "one-machine-per-writer")),
            FleetInvariant.of("all-name-the-same", Invariants::allNameTheSame),
            FleetInvariant.of("nothing-withdrawn-uncovered", fleet -> noted(fleet, "nothing-withdrawn-uncovered")),
            FleetInvariant.of("withdrawn-when-all-agree", fleet -> noted(fleet, "withdrawn-when-all-agree")),
            FleetInvariant.of("withdrawn-as-announced", fleet -> noted(fleet, "withdrawn-as-announced")),
            FleetInvariant.of("one-leader-per-token", fleet -> noted(fleet, "one-leader-per-token")),
            FleetInvariant.of("tokens-only-grow", fleet -> noted(fleet, "tokens-only-grow")),
            FleetInvariant.of("equal-papers-name-one-leader", Invariants::oneLeader),
            FleetInvariant.of("own-files-only", fleet -> noted(fleet, "own-files-only")),
            FleetInvariant.of("no-plaintext-in-the-folder", Invariants::noPlaintext),
            FleetInvariant.of("no-key-in-the-folder", Invariants::noKey),
            FleetInvariant.of("idempotent-refresh", Invariants::idempotentRefresh),
            FleetInvariant.of("bounded-files", Invariants::boundedFiles),
            FleetInvariant.of("unverified-files-explained", Invariants::explained),
            FleetInvariant.of("nothing-waits", Invariants::nothingWaits));

    private Invariants() {}

    private static List<String> noted(FleetView fleet, String name) {
        String line = fleet.noted().get(name);
        return line == null ? List.of() : List.of(line);
    }

    private static List<String> everybodyJoined(FleetView fleet) {
        return fleet.folders().keySet().stream()
                .filter(device ->
                        !fleet.spaces().containsKey(device) && !fleet.hostile().contains(device))
                .map(device -> device + " has not joined although everybody can reach everybody")
                .toList();
    }

    /** The heads of all have come, so that each knows when the others wrote. */
    private static List<String> everybodyHeardOf(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        Set<DeviceId> running = fleet.spaces().values().stream()
                .map(space -> space.status().self().id())
                .collect(Collectors.toSet());
        fleet.spaces()
                .forEach((device, space) -> space.status().others().stream()
                        .filter(other ->
                                running.contains(other.id()) && other.lastSeen().isEmpty())
                        .forEach(other -> lines.add(device + " has never heard of " + other.name())));
        return lines;
    }

    private static List<String> convergence(FleetView fleet) {
        Set<String> states =
                fleet.spaces().values().stream().map(Space::stateHash).collect(Collectors.toSet());
        if (states.size() <= 1) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        fleet.spaces()
                .forEach((device, space) -> lines.add(device + " has state "
                        + space.stateHash().substring(0, 12) + " with "
                        + fleet.shown().getOrDefault(device, new TreeSet<>()).size() + " changes"));
        return lines;
    }

    private static List<String> nothingLost(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.shown().forEach((device, shown) -> {
            SortedSet<Integer> lost = new TreeSet<>();
            for (int number = 0; number < fleet.promised().size(); number++) {
                if (!fleet.promised().isDoubtful(number) && !shown.contains(number)) {
                    lost.add(number);
                }
            }
            if (!lost.isEmpty()) {
                lines.add(device + " lacks acknowledged changes " + lost);
            }
        });
        return lines;
    }

    private static List<String> allOrNothing(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.spaces().forEach((device, space) -> {
            long counted = UserActs.counted(space);
            int shown = fleet.shown().getOrDefault(device, new TreeSet<>()).size();
            if (counted != shown) {
                lines.add(device + " shows " + shown + " changes and has counted " + counted);
            }
        });
        return lines;
    }

    /**
     * With a copied or restored device a number can be used twice before it can know. Then both changes are kept and it
     * is flagged, unless the earlier one was lost with the backup before anybody had it.
     */
    private static List<String> noSequenceReused(FleetView fleet) {
        Set<Integer> shown = new TreeSet<>();
        fleet.shown().values().forEach(shown::addAll);
        List<String> twice = fleet.promised().reused().entrySet().stream()
                .filter(entry -> shown.containsAll(entry.getValue()))
                .map(entry -> entry.getKey() + " is the id of the changes " + entry.getValue())
                .toList();
        boolean flagged = fleet.spaces().values().stream().allMatch(Invariants::flagsEquivocation);
        return mayReuseNumbers(fleet) && flagged ? List.of() : twice;
    }

    private static boolean mayReuseNumbers(FleetView fleet) {
        return fleet.happened().contains(Happening.CLONED.label())
                || fleet.happened().contains(Happening.BACKUP_RESTORED.label());
    }

    /** A device is warned of others, and sees itself flagged. */
    private static boolean flagsEquivocation(Space space) {
        SpaceStatus status = space.status();
        return status.self().flagged().isPresent()
                || status.alarms().stream().anyMatch(alarm -> alarm.code().equals("EQUIVOCATION"));
    }

    private static List<String> noPlaintext(FleetView fleet) {
        Set<String> secrets = Set.of(UserActs.DOCUMENT, UserActs.WORD, UserActs.NAME, "numbers", "change-");
        List<String> lines = new ArrayList<>();
        for (Path folder : fleet.folders().values()) {
            for (Path file : files(folder)) {
                String content = new String(bytes(file), StandardCharsets.ISO_8859_1);
                String name = folder.relativize(file).toString();
                secrets.stream()
                        .filter(secret -> content.contains(secret) || name.contains(secret))
                        .forEach(secret -> lines.add("\"" + secret + "\" can be read in " + file));
            }
        }
        return lines;
    }

    private static List<String> noKey(FleetView fleet) {
        KeySearch search = new KeySearch();
        fleet.keys().forEach(search::add);
        return fleet.folders().values().stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> search.found(folder).stream())
                .toList();
    }

    private static List<String> idempotentRefresh(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.spaces().forEach((device, space) -> {
            String before = space.stateHash();
            long changes = space.status().changes();
            space.refresh();
            space.refresh();
            if (!space.stateHash().equals(before) || space.status().changes() != changes) {
                lines.add(device + " changes by looking again at the same files");
            }
        });
        return lines;
    }

    private static List<String> boundedFiles(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.spaces().forEach((device, space) -> {
            Path folder = fleet.folders().get(device);
            for (WriterId writer : space.status().self().writers()) {
                long count = folder == null
                        ? 0
                        : files(folder.resolve("devices").resolve(writer.toString())).stream()
                                .filter(file -> file.toString().endsWith(".cairn"))
                                .count();
                if (count > OWN_FILES_MAX) {
                    lines.add(device + " has " + count + " files of " + writer);
                }
            }
        });
        return lines;
    }

    /**
     * Who leads is a function of the papers, which all have. A device keeps the newest that it ever saw; of two that a
     * copied or restored device wrote in one place some saw one that is nowhere now, and it goes by what is there.
     */
    private static List<String> oneLeader(FleetView fleet) {
        boolean agree = fleet.leaders().values().stream().distinct().count() <= 1;
        SortedMap<String, String> leaders =
                !agree && mayReuseNumbers(fleet) ? leadersInFolders(fleet) : fleet.leaders();
        return leaders.values().stream().distinct().count() <= 1
                ? List.of()
                : List.of("devices with the same papers name different leaders: " + leaders);
    }

    private static SortedMap<String, String> leadersInFolders(FleetView fleet) {
        SortedMap<String, String> leaders = new TreeMap<>();
        fleet.spaces().forEach((device, space) -> {
            try (LeaderElection election = LeaderElection.observe(space, ElectionOptions.defaults())) {
                election.status()
                        .leader()
                        .ifPresent(claim -> leaders.put(device, claim.token().toString()));
            }
        });
        return leaders;
    }

    /**
     * Every file that looks like ours and cannot be verified by its bytes has a line in {@code cairn status} with a
     * reason.
     */
    private static List<String> explained(FleetView fleet) {
        List<String> lines = new ArrayList<>();
        fleet.spaces().forEach((device, space) -> {
            Path folder = fleet.folders().get(device);
            if (folder == null) {
                return;
            }
            SpaceStatus status =
                    space.status().and(space.electionFolder().look().problems());
            Set<String> reported = status.files().stream()
                    .filter(file -> !file.reason().isBlank() && !file.text().isBlank())
                    .map(SpaceStatus.FileStatus::path)
                    .collect(Collectors.toSet());
            for (Path file : files(folder)) {
                Bytes bytes = Bytes.owning(bytes(file));
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!isOurs(bytes) || UNFINISHED.matcher(path).find() || reported.contains(path)) {
                    continue;
                }
                String outcome = space.inspect(bytes).outcome();
                if (!outcome.equals("verified") && !isKeptUnshown(outcome, status)) {
                    lines.add(device + " says nothing about " + path + ", which is " + outcome);
                }
            }
        });
        return lines;
    }

    /**
     * Whether a file may be one of a device that may not write which was read because some change was needed that might
     * have been in it: then the status counts what it held among the changes that are kept and not shown.
     */
    private static boolean isKeptUnshown(String outcome, SpaceStatus status) {
        return outcome.equals("waiting_member")
                && status.advice().stream().anyMatch(line -> line.contains("which may not write"));
    }

    private static boolean wasTakenBack(FleetView fleet, SpaceStatus.Waiting waiting) {
        return fleet.happened().contains(Happening.BACKUP_RESTORED.label())
                && !fleet.promised().anyKept(waiting.missingWriter(), waiting.missingSeq());
    }

    private static boolean isOurs(Bytes bytes) {
        return bytes.size() > 8 && bytes.getLong(0) == 0x8943524E0D0A1A0AL;
    }

    /**
     * What a hostile member wrote may wait for what it made up. Honest changes may only where a backup was restored
     * and nothing has to be kept of that writer from the missing change on: it was lost before anybody else had it.
     */
    private static List<String> nothingWaits(FleetView fleet) {
        Set<WriterId> honest = new TreeSet<>();
        fleet.spaces()
                .values()
                .forEach(space -> honest.addAll(space.status().self().writers()));
        List<String> lines = new ArrayList<>();
        fleet.spaces()
                .forEach((device, space) -> space.status().waiting().stream()
                        .filter(waiting -> fleet.hostile().isEmpty() || honest.contains(waiting.writer()))
                        .filter(waiting -> !wasTakenBack(fleet, waiting))
                        .forEach(waiting -> lines.add(device + " is " + waiting.text() + " which is nowhere")));
        return lines;
    }

    /**
     * Who wrote two changes under one number is a fact about the changes, so that all devices name the same ones. Of a
     * hostile member nobody need have everything, since it withholds what it likes.
     */
    private static List<String> allNameTheSame(FleetView fleet) {
        SortedMap<String, SortedSet<String>> named = new TreeMap<>();
        fleet.spaces().forEach((device, space) -> {
            SpaceStatus status = space.status();
            SortedSet<String> flagged = new TreeSet<>();
            Stream.concat(Stream.of(status.self()), status.others().stream())
                    .filter(each -> each.flagged().isPresent() && !isHostile(fleet, each))
                    .forEach(each -> flagged.add(each.id().toString()));
            named.put(device, flagged);
        });
        return named.values().stream().distinct().count() <= 1
                ? List.of()
                : List.of("devices do not agree who wrote two changes under one number: " + named);
    }

    private static boolean isHostile(FleetView fleet, SpaceStatus.Device device) {
        return fleet.hostile().stream().map(UserActs::nameOf).anyMatch(device.name()::equals);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
