package dev.cairn.cli.demo;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.crdt.view.ListView;
import dev.cairn.replica.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the devices agree and hold exactly what was acknowledged.
 *
 * @param stateHashes each device's state, by its name
 * @param faults what is wrong, one line each; none when all is well
 * @param conflicts disagreements which the documents show, nothing of them lost
 */
record Verdict(Map<String, String> stateHashes, List<String> faults, List<String> conflicts) {

    static Verdict of(List<Player> players) {
        Map<String, String> hashes = new TreeMap<>();
        players.forEach(player -> hashes.put(player.name(), player.space().stateHash()));
        List<String> faults = new ArrayList<>();
        if (Set.copyOf(hashes.values()).size() > 1) {
            hashes.forEach((name, hash) -> faults.add("the state of " + name + " is " + hash));
        }
        players.forEach(player -> check(player, players, faults));
        return new Verdict(hashes, List.copyOf(faults), conflicts(players.get(0)));
    }

    /** Whether the devices are of one mind; cheaper than the whole verdict. */
    static boolean agree(List<Player> players) {
        return players.stream()
                        .map(player -> player.space().stateHash())
                        .distinct()
                        .count()
                == 1;
    }

    boolean isGood() {
        return faults.isEmpty();
    }

    private static void check(Player player, List<Player> players, List<String> faults) {
        player.author().trouble().ifPresent(faults::add);
        List<String> expected = new ArrayList<>();
        players.forEach(author -> expected.addAll(author.author().finished()));
        compare("line", player, player.text().lines().toList(), expected, faults);
        long words =
                players.stream().mapToLong(author -> author.author().words()).sum();
        long counted = player.journal().counter("words");
        if (counted != words) {
            faults.add(player.name() + " counts " + counted + " words of " + words);
        }
        Document board = player.space().document(Author.BOARD);
        List<String> noted = board.at("finished").filter(ListView.class::isInstance).stream()
                .flatMap(node -> ((ListView) node).elements().stream())
                .map(node -> String.valueOf(Plain.of(node)))
                .toList();
        List<String> signed = players.stream()
                .flatMap(author -> author.author().finished().stream().map(line -> author.name() + ": " + line))
                .toList();
        compare("entry", player, noted, signed, faults);
    }

    /** Each expected string exactly once, and nothing else. */
    private static void compare(
            String what, Player player, List<String> found, List<String> expected, List<String> faults) {
        Map<String, Long> counts =
                found.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (String line : expected) {
            long times = counts.getOrDefault(line, 0L);
            if (times != 1) {
                faults.add(player.name() + " has this " + what + " " + times + " times instead of once: " + line);
            }
            counts.remove(line);
        }
        counts.keySet().forEach(line -> faults.add(player.name() + " has a " + what + " nobody wrote: " + line));
    }

    private static List<String> conflicts(Player player) {
        List<String> lines = new ArrayList<>();
        for (String name : player.space().documents()) {
            for (Conflict conflict : player.space().document(name).conflicts()) {
                lines.add(name + " " + describe(conflict));
            }
        }
        return List.copyOf(lines);
    }

    private static String describe(Conflict conflict) {
        String path = DocumentPath.of(conflict.path()).toString();
        if (conflict instanceof Conflict.Assignments all) {
            return path + ": "
                    + all.assignments().stream()
                            .map(assignment -> Json.write(Plain.of(assignment.value())))
                            .collect(Collectors.joining(" (shown), also ", "", ""));
        }
        return path + ": edits inside of something that was removed";
    }
}
