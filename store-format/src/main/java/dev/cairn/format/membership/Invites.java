package dev.cairn.format.membership;

import dev.cairn.format.DeviceId;
import dev.cairn.format.keys.DevicePublic;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.Role;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of invites.
 *
 * <p>An open invite lets one device in. Until somebody entitled closes it, the join with the least id counts,
 * provisionally. A close confirms the join it names and shuts out all joins which no close names; so a join made later
 * and dated back displaces nobody. Two closes may confirm two joins: both stay, because either author could have let
 * both in by two invites, and because whoever was let in by somebody entitled must never fall out again when other
 * entries arrive. For the same reason an admission counts whatever else happened to the invite.
 *
 * <p>Closing is for members above the granted role (admins at least), and for devices of the inviter's user which were
 * there before the invite. So whether a close counts never depends on a join of the same invite or of a later one of
 * the same rank, and one pass by descending rank and ascending number settles everything.
 */
final class Invites {
    private final EntryGraph graph;
    private final Roster roster;
    private final Verdicts verdicts;
    private final Map<EntryId, List<Integer>> closesOf = new HashMap<>();
    private final Map<EntryId, List<Integer>> joinsOf = new HashMap<>();
    private final Map<EntryId, SettledInvite> settled = new TreeMap<>();
    private final Set<EntryId> declined = new HashSet<>();

    Invites(EntryGraph graph, Roster roster, Verdicts verdicts) {
        this.graph = graph;
        this.roster = roster;
        this.verdicts = verdicts;
        for (int entry = 0; entry < graph.size(); entry++) {
            MemberAct act = graph.entry(entry).act();
            if (act instanceof MemberAct.CloseInvite close) {
                closesOf.computeIfAbsent(close.invite(), id -> new ArrayList<>())
                        .add(entry);
            } else if (act instanceof MemberAct.Join join) {
                joinsOf.computeIfAbsent(join.invite(), id -> new ArrayList<>()).add(entry);
            }
        }
    }

    /** The role an invite grants, as soon as it is known. */
    Optional<Role> rank(int entry, MemberAct.Invite act) {
        return act.role().or(() -> roster.author(entry).map(MemberDevice::role));
    }

    /** The role an admission grants, as soon as it is known. */
    Optional<Role> rank(MemberAct.Admit act) {
        return inviteOf(act.request()).map(invite -> invite.granted);
    }

    /** Judges an invite with its closes and joins. */
    void settle(int entry, MemberAct.Invite act) {
        Optional<VoidReason> fault = roster.authorFault(entry);
        Optional<MemberDevice> author = roster.author(entry);
        if (fault.isEmpty() && author.isPresent() && act.role().isPresent()) {
            boolean mayGrant = author.get().role().mayGrant(act.role().get());
            fault = mayGrant ? fault : Optional.of(VoidReason.NOT_AUTHORISED);
        }
        if (verdicts.judge(entry, fault)) {
            SettledInvite invite = new SettledInvite(entry, act, author.orElseThrow());
            settled.put(graph.entry(entry).id(), invite);
            settleCloses(invite);
            settleJoins(invite);
        }
    }

    private void settleCloses(SettledInvite invite) {
        for (int close : after(invite, closesOf)) {
            if (verdicts.judge(close, closeFault(invite, close))) {
                invite.closes.set(close);
            }
        }
    }

    private Optional<VoidReason> closeFault(SettledInvite invite, int close) {
        Optional<MemberDevice> author = roster.author(close);
        if (author.isEmpty() || !mayClose(invite, author.get())) {
            return Optional.of(VoidReason.NOT_AUTHORISED);
        }
        if (!roster.signed(close, 0, author.get().keys().signing())) {
            return Optional.of(VoidReason.BAD_SIGNATURE);
        }
        return accepted(close).isEmpty() || joinOf(invite, accepted(close).get(), close)
                ? Optional.empty()
                : Optional.of(VoidReason.INVITE_UNKNOWN);
    }

    private boolean mayClose(SettledInvite invite, MemberDevice author) {
        boolean ranksAbove = author.role().mayGrant(invite.granted);
        boolean inviters = author.user().equals(invite.inviter.user());
        return ranksAbove || (inviters && roster.introducedBefore(author.id(), invite.number));
    }

    private Optional<EntryId> accepted(int close) {
        return ((MemberAct.CloseInvite) graph.entry(close).act()).accepted();
    }

    private boolean joinOf(SettledInvite invite, EntryId join, int close) {
        return graph.numberOf(join)
                .filter(number -> graph.before(number, close))
                .filter(after(invite, joinsOf)::contains)
                .isPresent();
    }

    private void settleJoins(SettledInvite invite) {
        List<Integer> candidates = new ArrayList<>();
        for (int join : after(invite, joinsOf)) {
            Optional<VoidReason> fault = joinFault(invite, join);
            if (fault.isPresent()) {
                verdicts.refuse(join, fault.get());
            } else {
                candidates.add(join);
            }
        }
        candidates.sort(Comparator.comparing(join -> graph.entry(join).id()));
        if (invite.closes.isEmpty()) {
            acceptFirst(invite, candidates);
        } else {
            confirm(invite, candidates);
        }
    }

    private void acceptFirst(SettledInvite invite, List<Integer> candidates) {
        for (int join : candidates) {
            if (roster.knows(graph.entry(join).content().author())) {
                verdicts.refuse(join, VoidReason.ALREADY_MEMBER);
            } else if (invite.join.isPresent()) {
                verdicts.refuse(join, VoidReason.ANOTHER_JOIN_COUNTS);
            } else {
                accept(invite, join, Standing.PROVISIONAL);
                invite.join = Optional.of(graph.entry(join).id());
            }
        }
    }

    private Optional<VoidReason> joinFault(SettledInvite invite, int join) {
        if (invite.act.approval()) {
            return Optional.of(VoidReason.INVITE_UNKNOWN);
        }
        DevicePublic device = ((MemberAct.Join) graph.entry(join).act()).device();
        return newcomerFault(invite, join, device);
    }

    /** What is wrong with a join or a request: it needs the signatures of the newcomer and of the invite. */
    private Optional<VoidReason> newcomerFault(SettledInvite invite, int entry, DevicePublic device) {
        return roster.signed(entry, 0, device.signing())
                        && roster.signed(entry, 1, invite.act.keys().signing())
                ? Optional.empty()
                : Optional.of(VoidReason.BAD_SIGNATURE);
    }

    private void confirm(SettledInvite invite, List<Integer> candidates) {
        Map<EntryId, Standing> named = new HashMap<>();
        invite.closes.stream()
                .forEach(close -> accepted(close)
                        .ifPresent(join -> named.merge(
                                join, roster.author(close).orElseThrow().standing(), Invites::surer)));
        for (int join : candidates) {
            Standing standing = named.get(graph.entry(join).id());
            if (standing == null) {
                verdicts.refuse(join, VoidReason.INVITE_CLOSED);
            } else if (roster.knownBefore(join, graph.entry(join).content().author(), invite.surest(standing))) {
                verdicts.refuse(join, VoidReason.ALREADY_MEMBER);
            } else {
                accept(invite, join, standing);
            }
        }
    }

    private static Standing surer(Standing one, Standing other) {
        return one == Standing.CONFIRMED ? one : other;
    }

    private void accept(SettledInvite invite, int entry, Standing standing) {
        MemberAct.Join join = (MemberAct.Join) graph.entry(entry).act();
        EntryId id = graph.entry(entry).id();
        roster.introduce(invite.newcomer(id, join.device(), join.deviceName(), standing, id), entry);
        verdicts.judge(entry, Optional.empty());
    }

    /** Judges an admission of a settled invite's request. */
    void admit(int entry, MemberAct.Admit act) {
        SettledInvite invite = inviteOf(act.request()).orElseThrow();
        MemberEntry request = graph.entry(graph.numberOf(act.request()).orElseThrow());
        MemberAct.JoinRequest asked = (MemberAct.JoinRequest) request.act();
        if (verdicts.judge(entry, admitFault(invite, entry, act))) {
            invite.admits.set(entry);
            roster.introduce(
                    invite.newcomer(
                            request.id(),
                            asked.device(),
                            asked.deviceName(),
                            roster.author(entry).orElseThrow().standing(),
                            graph.entry(entry).id()),
                    entry);
        }
    }

    private Optional<VoidReason> admitFault(SettledInvite invite, int entry, MemberAct.Admit act) {
        Optional<VoidReason> fault = answerFault(invite, entry, act.request());
        if (fault.isEmpty()) {
            fault = requestFault(invite, act.request());
        }
        if (fault.isPresent()) {
            return fault;
        }
        DeviceId newcomer = graph.entry(graph.numberOf(act.request()).orElseThrow())
                .content()
                .author();
        Standing place = invite.surest(roster.author(entry).orElseThrow().standing());
        return roster.knownBefore(entry, newcomer, place) ? Optional.of(VoidReason.ALREADY_MEMBER) : Optional.empty();
    }

    /** What is wrong with the author of an admission or a refusal, or with its knowledge of the request. */
    private Optional<VoidReason> answerFault(SettledInvite invite, int entry, EntryId request) {
        if (graph.numberOf(request)
                .filter(number -> graph.before(number, entry))
                .isEmpty()) {
            return Optional.of(VoidReason.INVITE_UNKNOWN);
        }
        Optional<VoidReason> fault = roster.authorFault(entry);
        if (fault.isPresent()) {
            return fault;
        }
        MemberDevice author = roster.author(entry).orElseThrow();
        boolean entitled = invite.act.role().isPresent()
                ? author.role().mayGrant(invite.granted)
                : author.user().equals(invite.inviter.user());
        return entitled ? Optional.empty() : Optional.of(VoidReason.NOT_AUTHORISED);
    }

    private Optional<VoidReason> requestFault(SettledInvite invite, EntryId request) {
        int number = graph.numberOf(request).orElseThrow();
        if (!invite.act.approval() || !graph.before(invite.number, number)) {
            return Optional.of(VoidReason.INVITE_UNKNOWN);
        }
        MemberAct.JoinRequest act = (MemberAct.JoinRequest) graph.entry(number).act();
        return newcomerFault(invite, number, act.device());
    }

    /** Judges a request by itself; whether it was answered is another question. */
    void request(int entry, MemberAct.JoinRequest act) {
        Optional<SettledInvite> invite = Optional.ofNullable(settled.get(act.invite()));
        Optional<VoidReason> fault = invite.isEmpty()
                ? Optional.of(VoidReason.INVITE_UNKNOWN)
                : requestFault(invite.get(), graph.entry(entry).id());
        verdicts.judge(entry, fault);
    }

    /** Judges a refusal. */
    void decline(int entry, MemberAct.Decline act) {
        Optional<SettledInvite> invite = inviteOf(act.request());
        Optional<VoidReason> fault = invite.isEmpty()
                ? Optional.of(VoidReason.INVITE_UNKNOWN)
                : answerFault(invite.get(), entry, act.request());
        if (verdicts.judge(entry, fault)) {
            declined.add(act.request());
        }
    }

    /** The settled invite which a request answers. */
    private Optional<SettledInvite> inviteOf(EntryId request) {
        return graph.numberOf(request)
                .map(number -> graph.entry(number).act())
                .filter(MemberAct.JoinRequest.class::isInstance)
                .map(act -> settled.get(((MemberAct.JoinRequest) act).invite()));
    }

    private List<Integer> after(SettledInvite invite, Map<EntryId, List<Integer>> index) {
        return index.getOrDefault(graph.entry(invite.number).id(), List.of()).stream()
                .filter(entry -> graph.before(invite.number, entry))
                .filter(entry -> !verdicts.judged(entry) || verdicts.effective(entry))
                .toList();
    }

    /** The invites which are neither closed nor used. */
    List<OpenInvite> open() {
        return settled.entrySet().stream()
                .filter(found -> found.getValue().open())
                .map(found -> found.getValue().asOpen(found.getKey()))
                .toList();
    }

    /** The requests which nobody has answered and whose invite is open. */
    List<PendingRequest> pending() {
        List<PendingRequest> pending = new ArrayList<>();
        for (int entry = 0; entry < graph.size(); entry++) {
            if (graph.entry(entry).act() instanceof MemberAct.JoinRequest request && verdicts.effective(entry)) {
                SettledInvite invite = settled.get(request.invite());
                if (invite != null
                        && invite.open()
                        && !roster.knows(request.device().id())
                        && !declined.contains(graph.entry(entry).id())) {
                    pending.add(invite.asPending(graph.entry(entry).id(), request));
                }
            }
        }
        pending.sort(Comparator.comparing(PendingRequest::entry));
        return pending;
    }
}
