package dev.cairn.cli.fleet;

import dev.cairn.simulation.disk.DiskOperation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches that every change of a disk goes to the directory of one's own writers. Only the segments of a member that
 * was given up, and is waited for no more, may be deleted by others.
 */
final class Places {
    private static final String DELETION = DiskOperation.DELETE + " ";
    private static final Pattern DIRECTORY = Pattern.compile("/devices/([a-z2-7]{26})(?=/|$)");

    private final SortedMap<String, SortedSet<String>> touched = new TreeMap<>();
    private final BiPredicate<String, String> cleaning;

    /**
     * A watch.
     *
     * @param cleaning whether what a device deleted under a path was a segment of a device that was given up
     */
    Places(BiPredicate<String, String> cleaning) {
        this.cleaning = cleaning;
    }

    /** A device is about to change something. */
    void changing(String device, DiskOperation operation, Path path) {
        touched.computeIfAbsent(device, any -> new TreeSet<>())
                .add(operation + " " + path.toString().replace('\\', '/'));
    }

    /**
     * Tells what was changed by who may not.
     *
     * @param ownerOf as whom a device writes; nothing for one that breaks the rules
     */
    void judge(Function<String, Optional<String>> ownerOf, Consumer<String> broken) {
        Map<String, String> owners = new TreeMap<>();
        touched.forEach((device, places) -> ownerOf.apply(device)
                .ifPresent(owner -> places.stream()
                        .filter(place -> !isCleaning(device, place) && !isAllowed(place, owner, owners))
                        .forEach(place -> broken.accept(device + ": " + place))));
    }

    private static boolean isAllowed(String place, String owner, Map<String, String> owners) {
        Matcher directory = DIRECTORY.matcher(place);
        if (!directory.find()) {
            return place.endsWith("/devices") || isAtRoot(place);
        }
        return owners.computeIfAbsent(directory.group(1), any -> owner).equals(owner);
    }

    private boolean isCleaning(String device, String place) {
        return place.startsWith(DELETION) && cleaning.test(device, place.substring(DELETION.length()));
    }

    /** The marker and its staging, and the force of the folder itself. */
    private static boolean isAtRoot(String place) {
        return place.matches("[A-Z_]+ (?:C:)?/[^/]+(?:/cairn-space\\.json|/~syncthing~[a-z2-7]{16}\\.~\\.tmp)?");
    }
}
