package dev.cairn.election.protocol;

import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a device finds when it looks.
 *
 * @param writable whether the folder is there and takes files
 * @param papers the newest papers of every writer, this one's included, as they were ever seen
 * @param present what of this device's own papers lies in the folder now
 * @param electorate the devices which may lead and vote
 * @param retirable the devices of which this one may say that they are gone for good
 * @param version what this device has of everybody's changes, which an heir must have
 * @param commands what the user of this device has asked for since the last look
 */
public record View(
        boolean writable,
        SortedMap<WriterId, Papers> papers,
        Papers present,
        SortedSet<DeviceId> electorate,
        SortedSet<DeviceId> retirable,
        List<Claim.Point> version,
        List<Command> commands) {
    /** Copies the collections. */
    public View {
        papers = Collections.unmodifiableSortedMap(new TreeMap<>(papers));
        electorate = Collections.unmodifiableSortedSet(new TreeSet<>(electorate));
        retirable = Collections.unmodifiableSortedSet(new TreeSet<>(retirable));
        version = List.copyOf(version);
        commands = List.copyOf(commands);
    }

    /** The newest papers ever seen of this device's own writer. */
    Papers own(Member me) {
        return papers.getOrDefault(me.writer(), Papers.of(me.device()));
    }

    /** Whether this device has all that a version names. */
    boolean has(List<Claim.Point> wanted) {
        Map<WriterId, Long> mine = new TreeMap<>();
        version.forEach(point -> mine.put(point.writer(), point.seq()));
        return wanted.stream().allMatch(point -> mine.getOrDefault(point.writer(), 0L) >= point.seq());
    }
}
