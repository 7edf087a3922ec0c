package dev.cairn.election;

import dev.cairn.election.protocol.ForeignClaim;
import dev.cairn.election.protocol.Prompt;
import dev.cairn.format.DeviceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Lock;
import dev.cairn.format.election.Request;
import dev.cairn.replica.SpaceStatus.FileStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The election as one device sees it.
 *
 * @param leader the claim of the effective leader
 * @param leaderOnline whether that leader was heard of lately
 * @param self this device's writer
 * @param phase what this device does; empty while no process of it takes part
 * @param leading whether this device leads now, by whichever of its processes
 * @param wish what this device asked for last
 * @param grace how long a candidate waits
 * @param threshold how long a device may be silent
 * @param roundTrip how long a file and its answer take, once measured
 * @param participants the devices that take part
 * @param prompts the questions that stand
 * @param foreign what other programs' {@code leader.lock} says, the greatest claim first; all are below the devices'
 * @param problems papers that say nothing now, and why; in the order of their paths
 */
public record ElectionStatus(
        Optional<Claim> leader,
        boolean leaderOnline,
        WriterId self,
        Optional<Lock.Phase> phase,
        boolean leading,
        Optional<Wish> wish,
        Duration grace,
        Duration threshold,
        Optional<Duration> roundTrip,
        List<Participant> participants,
        List<Prompt> prompts,
        List<ForeignClaim> foreign,
        List<FileStatus> problems) {
    /** Copies the collections. */
    public ElectionStatus {
        participants = List.copyOf(participants);
        prompts = List.copyOf(prompts);
        foreign = List.copyOf(foreign);
        problems = List.copyOf(problems);
    }

    /**
     * What this device asked the leader for.
     *
     * @param number the number of the file that says so, greater for every later one
     * @param request the request, whatever has become of it
     */
    public record Wish(long number, Request request) {}

    /**
     * A device that takes part.
     *
     * @param writer its writer
     * @param device the device
     * @param online whether it was heard of lately
     * @param phase what it says it does
     * @param seenMillis its clock when it last said so
     * @param request what it asks for, if that is open
     */
    public record Participant(
            WriterId writer,
            DeviceId device,
            boolean online,
            Lock.Phase phase,
            long seenMillis,
            Optional<Request> request) {}
}
