package dev.cairn.format.membership;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.SpaceId;
import dev.cairn.format.keys.InviteId;
import dev.cairn.format.keys.SealedEpochKey;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.NamedDevice;
import dev.cairn.format.members.NewEpoch;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.UserId;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One evaluation of a member log.
 *
 * <p>An entry counts if its author is a member by the entries it builds on, has signed it and may do what it does.
 * Whether a device is a member can depend on what members of a higher rank did anywhere in the graph (closing an
 * invite), and on what its own rank did in its past. So devices are introduced by descending rank of what they become,
 * and within a rank in the order of the graph; after that the remaining entries are judged, each from what is settled.
 * Removals and role changes will be strata of the same walk: those of the owner before those of admins, each bounded by
 * its frontier.
 */
final class Evaluation {
    private static final List<Role> DESCENDING = List.of(Role.OWNER, Role.ADMIN, Role.WRITER, Role.READER);

    private final SpaceId space;
    private final EntryGraph graph;
    private final Verdicts verdicts = new Verdicts();
    private final Roster roster;
    private final Invites invites;
    private final List<Epoch> epochs = new ArrayList<>();

    Evaluation(SpaceId space, EntryGraph graph, Roster.SignatureCheck signatures) {
        this.space = space;
        this.graph = graph;
        this.roster = new Roster(graph, signatures);
        this.invites = new Invites(graph, roster, verdicts);
    }

    Membership membership() {
        for (int entry = 0; entry < graph.size(); entry++) {
            judgeFrame(entry);
        }
        for (Role rank : DESCENDING) {
            for (int entry = 0; entry < graph.size(); entry++) {
                if (!verdicts.judged(entry)) {
                    introduce(entry, rank);
                }
            }
        }
        for (int entry = 0; entry < graph.size(); entry++) {
            if (!verdicts.judged(entry)) {
                judgeRest(entry);
            }
        }
        return result();
    }

    private void judgeFrame(int entry) {
        MemberEntry found = graph.entry(entry);
        if (!found.space().equals(space)) {
            verdicts.refuse(entry, VoidReason.FOREIGN_SPACE);
        } else if (found.content().height() != graph.height(entry)) {
            verdicts.refuse(entry, VoidReason.BAD_HEIGHT);
        }
    }

    private void introduce(int entry, Role rank) {
        MemberAct act = graph.entry(entry).act();
        Optional<Role> becomes = Optional.of(rank);
        if (act instanceof MemberAct.Genesis genesis && rank == Role.OWNER) {
            genesis(entry, genesis);
        } else if (act instanceof MemberAct.Invite invite
                && invites.rank(entry, invite).equals(becomes)) {
            invites.settle(entry, invite);
        } else if (act instanceof MemberAct.Admit admit && invites.rank(admit).equals(becomes)) {
            invites.admit(entry, admit);
        } else if (act instanceof MemberAct.AddDevice added
                && roster.author(entry).map(MemberDevice::role).equals(becomes)) {
            addDevice(entry, added);
        }
    }

    private void genesis(int entry, MemberAct.Genesis act) {
        DeviceId author = act.device().id();
        EntryId id = graph.entry(entry).id();
        if (!roster.signed(entry, 0, act.device().signing())) {
            verdicts.refuse(entry, VoidReason.BAD_SIGNATURE);
        } else if (!readBy(act.epoch(), act)) {
            verdicts.refuse(entry, VoidReason.WRONG_RECIPIENTS);
        } else {
            verdicts.judge(entry, Optional.empty());
            epochs.add(new Epoch(act.epoch().number(), act.epoch().check(), id));
            roster.introduce(
                    new MemberDevice(
                            author, act.device(), act.deviceName(), UserId.of(id), Role.OWNER, Standing.CONFIRMED, id),
                    entry);
        }
    }

    /**
     * Whether the first epoch is sealed to the owner's device and to the recovery key, if there is one, and nobody
     * else.
     */
    private static boolean readBy(NewEpoch epoch, MemberAct.Genesis act) {
        List<Bytes> expected = new ArrayList<>(List.of(act.device().id().bytes()));
        act.recovery().ifPresent(keys -> expected.add(keys.id().bytes()));
        Collections.sort(expected);
        return epoch.recipients().stream()
                .map(NewEpoch.Recipient::recipient)
                .toList()
                .equals(expected);
    }

    private void addDevice(int entry, MemberAct.AddDevice act) {
        Optional<VoidReason> fault = roster.authorFault(entry);
        if (fault.isEmpty() && !roster.signed(entry, 1, act.device().signing())) {
            fault = Optional.of(VoidReason.BAD_SIGNATURE);
        }
        if (fault.isEmpty()
                && roster.knownBefore(
                        entry,
                        act.device().id(),
                        roster.author(entry).orElseThrow().standing())) {
            fault = Optional.of(VoidReason.ALREADY_MEMBER);
        }
        if (verdicts.judge(entry, fault)) {
            MemberDevice author = roster.author(entry).orElseThrow();
            roster.introduce(
                    new MemberDevice(
                            act.device().id(),
                            act.device(),
                            act.deviceName(),
                            author.user(),
                            author.role(),
                            author.standing(),
                            graph.entry(entry).id()),
                    entry);
        }
    }

    private void judgeRest(int entry) {
        MemberAct act = graph.entry(entry).act();
        if (act instanceof MemberAct.JoinRequest request) {
            invites.request(entry, request);
        } else if (act instanceof MemberAct.Decline decline) {
            invites.decline(entry, decline);
        } else if (act instanceof MemberAct.RetireDevice retire) {
            verdicts.judge(entry, roster.authorFault(entry).or(() -> retireFault(entry, retire.device())));
        } else if (act instanceof MemberAct.ReturnDevice) {
            verdicts.judge(entry, roster.authorFault(entry));
        } else if (act instanceof MemberAct.Join || act instanceof MemberAct.CloseInvite) {
            verdicts.refuse(entry, VoidReason.INVITE_UNKNOWN);
        } else {
            verdicts.refuse(entry, roster.authorFault(entry).orElseGet(() -> without(act)));
        }
    }

    /** An admin or the owner may retire any device, everybody those of the own user. */
    private Optional<VoidReason> retireFault(int entry, DeviceId device) {
        MemberDevice author = roster.author(entry).orElseThrow();
        boolean may = author.role() == Role.OWNER
                || author.role() == Role.ADMIN
                || Optional.ofNullable(roster.devices().get(device))
                        .filter(other -> other.user().equals(author.user()))
                        .isPresent();
        return may ? Optional.empty() : Optional.of(VoidReason.NOT_AUTHORISED);
    }

    /** The devices with a retirement which no return of theirs has in its past. */
    private SortedSet<DeviceId> retired() {
        TreeSet<DeviceId> retired = new TreeSet<>();
        for (int entry = 0; entry < graph.size(); entry++) {
            if (verdicts.effective(entry)
                    && graph.entry(entry).act() instanceof MemberAct.RetireDevice retire
                    && roster.devices().containsKey(retire.device())
                    && !returned(entry, retire.device())) {
                retired.add(retire.device());
            }
        }
        return Collections.unmodifiableSortedSet(retired);
    }

    private boolean returned(int retirement, DeviceId device) {
        for (int entry = 0; entry < graph.size(); entry++) {
            if (verdicts.effective(entry)
                    && graph.entry(entry).act() instanceof MemberAct.ReturnDevice
                    && graph.entry(entry).content().author().equals(device)
                    && graph.before(retirement, entry)) {
                return true;
            }
        }
        return false;
    }

    /** Why an act has no effect although its author is a member and has signed it. */
    private static VoidReason without(MemberAct act) {
        if (act instanceof MemberAct.Unknown) {
            return VoidReason.NEWER_VERSION;
        }
        return act instanceof MemberAct.Admit ? VoidReason.INVITE_UNKNOWN : VoidReason.NOT_ACTED_ON;
    }

    private Membership result() {
        List<Integer> heads = heads();
        return new Membership(
                space,
                Collections.unmodifiableSortedMap(roster.devices()),
                invites.open(),
                List.copyOf(invites.pending()),
                List.copyOf(epochs),
                sealedKeys(),
                voids(),
                Collections.unmodifiableSortedMap(graph.waiting()),
                retired(),
                named(),
                heads.stream().map(head -> graph.entry(head).id()).sorted().toList(),
                heads.stream().mapToLong(graph::height).max().orElse(0) + 1);
    }

    /** An id follows from the keys, so that it does not matter who says whose they are. */
    private SortedMap<DeviceId, NamedDevice> named() {
        SortedMap<DeviceId, NamedDevice> named = new TreeMap<>();
        for (int entry = 0; entry < graph.size(); entry++) {
            graph.entry(entry)
                    .act()
                    .named()
                    .ifPresent(device -> named.put(device.keys().id(), device));
        }
        return Collections.unmodifiableSortedMap(named);
    }

    /** What a new entry builds on; requests are left to those who answer them, so that nobody can add heads at will. */
    private List<Integer> heads() {
        BitSet acknowledged = verdicts.acknowledged();
        for (int entry = 0; entry < graph.size(); entry++) {
            if (graph.entry(entry).act() instanceof MemberAct.JoinRequest) {
                acknowledged.clear(entry);
            }
        }
        return graph.maximal(acknowledged).stream()
                .boxed()
                .sorted(Comparator.reverseOrder())
                .limit(EntryContent.PARENTS_MAX)
                .toList();
    }

    private Map<Bytes, List<SealedEpochKey>> sealedKeys() {
        Map<Bytes, List<SealedEpochKey>> sealed = new HashMap<>();
        for (int entry = 0; entry < graph.size(); entry++) {
            if (verdicts.effective(entry)) {
                collect(graph.entry(entry).act(), sealed);
            }
        }
        sealed.replaceAll((recipient, keys) -> List.copyOf(keys));
        return Collections.unmodifiableMap(sealed);
    }

    private void collect(MemberAct act, Map<Bytes, List<SealedEpochKey>> sealed) {
        if (act instanceof MemberAct.Genesis genesis) {
            genesis.epoch()
                    .recipients()
                    .forEach(recipient -> add(
                            sealed,
                            recipient.recipient(),
                            genesis.epoch().sealedFor(recipient.recipient()).stream()
                                    .toList()));
        } else if (act instanceof MemberAct.Invite invite) {
            add(sealed, InviteId.of(invite.keys()).bytes(), invite.epochKeys());
        } else if (act instanceof MemberAct.AddDevice added) {
            add(sealed, added.device().id().bytes(), added.keys());
        } else if (act instanceof MemberAct.Admit admit) {
            int request = graph.numberOf(admit.request()).orElseThrow();
            add(sealed, graph.entry(request).content().author().bytes(), admit.keys());
        }
    }

    private static void add(Map<Bytes, List<SealedEpochKey>> sealed, Bytes recipient, List<SealedEpochKey> keys) {
        sealed.computeIfAbsent(recipient, id -> new ArrayList<>()).addAll(keys);
    }

    private List<VoidEntry> voids() {
        return verdicts.voids().entrySet().stream()
                .map(found -> voidEntry(graph.entry(found.getKey()), found.getValue()))
                .sorted(Comparator.comparing(VoidEntry::entry))
                .toList();
    }

    private static VoidEntry voidEntry(MemberEntry entry, VoidReason reason) {
        return new VoidEntry(entry.id(), entry.act().type(), entry.content().author(), reason);
    }
}
