package dev.cairn.merge.verify;

import dev.cairn.format.Bytes;
import dev.cairn.format.WriterId;
import dev.cairn.format.checkpoint.RetirementList;
import dev.cairn.format.file.EnvelopeHeader;
import dev.cairn.format.log.HeadBody;
import dev.cairn.format.membership.Membership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the verified files of a folder say.
 *
 * @param heads the newest heartbeat of each writer; none without keys
 * @param lists the retirement lists; none without keys
 * @param digests the SHA-256 of every whole file, with the paths it is found at
 * @param members who belongs to the space; nothing without keys
 */
public record Evidence(
        Map<WriterId, Heartbeat> heads,
        List<RetirementList> lists,
        Map<Bytes, List<String>> digests,
        Optional<Membership> members) {
    public Evidence {
        heads = Map.copyOf(heads);
        lists = List.copyOf(lists);
        digests = Map.copyOf(digests);
    }

    /** A head: its counter, and what it says. */
    public record Heartbeat(long counter, HeadBody body) {}

    static Evidence of(List<Checked> files, Optional<Membership> members) {
        Map<WriterId, Heartbeat> heads = new HashMap<>();
        List<RetirementList> lists = new ArrayList<>();
        Map<Bytes, List<String>> digests = new HashMap<>();
        for (Checked file : files) {
            file.digest()
                    .ifPresent(digest -> digests.computeIfAbsent(digest, none -> new ArrayList<>())
                            .add(file.path()));
            if (file.holds() instanceof Checked.Holds.Heartbeat head
                    && file.header().isPresent()) {
                EnvelopeHeader header = file.header().get();
                heads.merge(
                        header.writer(),
                        new Heartbeat(header.ordinal(), head.body()),
                        (one, other) -> one.counter() >= other.counter() ? one : other);
            } else if (file.holds() instanceof Checked.Holds.Retired retired) {
                lists.add(retired.list());
            }
        }
        return new Evidence(heads, lists, digests, members);
    }
}
