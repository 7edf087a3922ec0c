package dev.cairn.cli.fleet;

import dev.cairn.format.Bytes;
import dev.cairn.replica.Space;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A healed fleet as a rule sees it. Every device is open, reachable and has had time to publish and to read.
 *
 * @param spaces the honest devices, by name
 * @param folders the folders of all devices, as the sync tool sees them
 * @param shown the numbers of the changes which each honest device shows
 * @param promised which changes were acknowledged to a user
 * @param happened everything that happened to the fleet, the ordinary aside
 * @param hostile the devices of which nothing is expected: those which break every rule, and strangers
 * @param keys the key files of the honest devices
 * @param leaders whom each honest device names as the leader, where they elect one
 * @param noted broken rules which were seen while the fleet lived
 */
public record FleetView(
        SortedMap<String, Space> spaces,
        SortedMap<String, Path> folders,
        Map<String, SortedSet<Integer>> shown,
        Promises promised,
        Set<String> happened,
        Set<String> hostile,
        List<Bytes> keys,
        SortedMap<String, String> leaders,
        SortedMap<String, String> noted) {}
