package dev.cairn.format.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.DeviceId;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.EntryId;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import dev.cairn.format.membership.Actor.Invitation;
import dev.cairn.format.membership.MemberDevice.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Histories of honest members who see each other late, and of holders of codes who say anything at any time. */
class MemberLogProperties {
    /** A random history: who acted, what came of it, and the codes that were given out. */
    private static final class History {
        final Random random;
        final List<Actor> actors = new ArrayList<>();
        final List<MemberEntry> entries = new ArrayList<>();
        final List<Invitation> invitations = new ArrayList<>();
        final Map<EntryId, MemberEntry> byId = new HashMap<>();

        History(long seed, int steps) {
            random = new Random(seed);
            Actor owner = Actor.owner(seed);
            actors.add(owner);
            record(owner.genesis());
            for (int step = 0; step < steps; step++) {
                step();
            }
        }

        void record(MemberEntry entry) {
            entries.add(entry);
            byId.put(entry.id(), entry);
        }

        /** Few invites, many who use them, and members who answer before they have seen each other. */
        private void step() {
            Actor actor = actors.get(random.nextInt(1 + random.nextInt(actors.size())));
            if (random.nextInt(3) > 0) {
                actor.sees(withPast(entries.get(random.nextInt(entries.size()))));
            }
            int dice = random.nextInt(20);
            if (invitations.isEmpty() || dice == 0 || (dice < 5 && invitations.size() < 4)) {
                invite(actor);
            } else if (dice < 11) {
                newcomer();
            } else if (dice < 19) {
                answer(actor);
            } else {
                record(actor.signs(new MemberAct.SetPolicy(SpacePolicy.defaults())));
            }
        }

        private void invite(Actor actor) {
            Optional<Role> role = random.nextInt(6) == 0
                    ? Optional.empty()
                    : Optional.of(List.of(Role.ADMIN, Role.ADMIN, Role.WRITER, Role.READER)
                            .get(random.nextInt(4)));
            Invitation invitation = actor.invites(role, random.nextInt(4) == 0);
            invitations.add(invitation);
            record(invitation.entry());
        }

        private void newcomer() {
            Invitation invitation = invitations.get(random.nextInt(invitations.size()));
            boolean again = random.nextInt(6) == 0;
            Actor actor = again
                    ? actors.get(random.nextInt(actors.size()))
                    : new Actor("device " + actors.size(), random.nextLong(), actors.get(0).space);
            actor.sees(withPast(invitation.entry()));
            boolean asks = ((MemberAct.Invite) invitation.entry().act()).approval() != (random.nextInt(10) == 0);
            record(asks ? actor.asks(invitation) : actor.joins(invitation));
            if (!again) {
                actors.add(actor);
            }
        }

        private void answer(Actor actor) {
            List<MemberEntry> newcomers = entries.stream()
                    .filter(entry -> entry.authorKeys().isPresent())
                    .toList();
            MemberEntry entry = random.nextInt(4) == 0
                    ? entries.get(random.nextInt(entries.size()))
                    : newcomers.get(random.nextInt(newcomers.size()));
            if (entry.act() instanceof MemberAct.Join join) {
                actor.sees(withPast(entry));
                record(actor.signs(new MemberAct.CloseInvite(join.invite(), Optional.of(entry.id())), List.of(entry)));
            } else if (entry.act() instanceof MemberAct.JoinRequest) {
                actor.sees(withPast(entry));
                record(random.nextInt(4) == 0 ? actor.declines(entry) : actor.admits(entry));
            } else if (entry.act() instanceof MemberAct.Invite && random.nextInt(3) == 0) {
                actor.sees(withPast(entry));
                record(actor.signs(new MemberAct.CloseInvite(entry.id(), Optional.empty()), List.of(entry)));
            }
        }

        MemberEntry entry(EntryId id) {
            return Objects.requireNonNull(byId.get(id), id::toString);
        }

        /** An entry with all it builds on. */
        List<MemberEntry> withPast(MemberEntry entry) {
            Set<EntryId> found = new HashSet<>();
            List<MemberEntry> open = new ArrayList<>(List.of(entry));
            List<MemberEntry> past = new ArrayList<>();
            while (!open.isEmpty()) {
                MemberEntry next = open.remove(open.size() - 1);
                if (found.add(next.id())) {
                    past.add(next);
                    next.content().parents().forEach(parent -> open.add(entry(parent)));
                }
            }
            return past;
        }

        Membership membership(List<MemberEntry> some) {
            return MemberLog.evaluate(actors.get(0).space, some);
        }
    }

    @Property(tries = 20)
    void theOrderAndTheNumberOfCopiesDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
        History history = new History(seed, steps);
        Membership expected = history.membership(history.entries);
        List<MemberEntry> shuffled = new ArrayList<>(history.entries);
        shuffled.addAll(history.entries.subList(0, history.entries.size() / 2));
        Collections.shuffle(shuffled, history.random);
        assertThat(history.membership(shuffled)).isEqualTo(expected);
    }

    @Property(tries = 20)
    void anyPartFirstAndTheRestLaterEndsTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
        History history = new History(seed, steps);
        Membership expected = history.membership(history.entries);
        List<MemberEntry> shuffled = new ArrayList<>(history.entries);
        Collections.shuffle(shuffled, history.random);
        MemberLog log = new MemberLog(expected.space());
        for (MemberEntry entry : shuffled) {
            log.add(entry);
            if (history.random.nextInt(3) == 0) {
                Membership sofar = log.membership();
                assertThat(sofar.waiting().size() + log.size())
                        .isGreaterThanOrEqualTo(sofar.devices().size());
            }
        }
        assertThat(log.membership()).isEqualTo(expected);
    }

    @Property(tries = 60)
    void aConfirmedDeviceStaysWhateverArrivesLater(@ForAll long seed, @ForAll @IntRange(min = 15, max = 60) int steps) {
        History history = new History(seed, steps);
        MemberLog log = new MemberLog(history.actors.get(0).space);
        Map<DeviceId, Role> confirmed = new HashMap<>();
        List<MemberEntry> arrivals = new ArrayList<>(history.entries);
        if (history.random.nextBoolean()) {
            Collections.shuffle(arrivals, history.random);
        }
        for (MemberEntry entry : arrivals) {
            log.add(entry);
            Membership now = log.membership();
            confirmed.forEach((id, role) -> assertThat(now.device(id)).hasValueSatisfying(device -> {
                assertThat(device.standing()).isEqualTo(Standing.CONFIRMED);
                assertThat(device.role()).isGreaterThanOrEqualTo(role);
            }));
            now.devices().values().stream()
                    .filter(device -> device.standing() == Standing.CONFIRMED)
                    .forEach(device -> confirmed.put(device.id(), device.role()));
        }
    }

    /** A device that was introduced twice may have had another role when it invited: what it signed then stays. */
    @Property(tries = 20)
    void everyRoleWasGrantedByARankAboveOrIsThatOfTheSameUser(
            @ForAll long seed, @ForAll @IntRange(min = 15, max = 60) int steps) {
        History history = new History(seed, steps);
        Membership membership = history.membership(history.entries);
        assertThat(membership.devices().values().stream()
                        .filter(device -> device.role() == Role.OWNER)
                        .map(MemberDevice::user)
                        .distinct())
                .hasSize(1);
        for (MemberDevice device : membership.devices().values()) {
            MemberEntry introduction = history.entry(device.introduction());
            inviteOf(history, introduction).ifPresent(invite -> {
                Membership then = history.membership(history.withPast(invite));
                assertThat(Stream.of(then, membership))
                        .anyMatch(known -> granted(known, invite.content().author(), device));
            });
        }
    }

    private static boolean granted(Membership known, DeviceId inviter, MemberDevice device) {
        return known.device(inviter)
                .filter(above -> above.user().equals(device.user())
                        ? above.role() == device.role()
                        : above.role().mayGrant(device.role()))
                .isPresent();
    }

    private static Optional<MemberEntry> inviteOf(History history, MemberEntry introduction) {
        MemberAct act = introduction.act();
        if (act instanceof MemberAct.Admit admit) {
            act = history.entry(admit.request()).act();
        }
        if (act instanceof MemberAct.Join join) {
            return Optional.of(history.entry(join.invite()));
        }
        return act instanceof MemberAct.JoinRequest request
                ? Optional.of(history.entry(request.invite()))
                : Optional.empty();
    }

    /**
     * Holders of codes add whatever they can sign, on whatever past they like, after all invites were closed or used.
     */
    @Property(tries = 20)
    void whoHoldsOnlyAUsedCodeChangesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int forgeries) {
        History history = new History(seed, 0);
        Actor owner = history.actors.get(0);
        for (Role role : List.of(Role.ADMIN, Role.WRITER, Role.READER)) {
            Invitation invitation = owner.invites(role);
            Actor newcomer = new Actor("member " + role, history.random.nextLong(), owner.space);
            MemberEntry join = newcomer.sees(owner.seen).joins(invitation);
            owner.sees(join);
            history.record(invitation.entry());
            history.record(join);
            history.record(owner.closes(invitation, join));
            history.invitations.add(invitation);
        }
        Membership before = history.membership(history.entries);
        List<MemberEntry> all = new ArrayList<>(history.entries);
        for (int i = 0; i < forgeries; i++) {
            all.add(forgery(history, all));
        }
        Membership after = history.membership(all);
        assertThat(after.devices()).isEqualTo(before.devices());
        assertThat(after.epochs()).isEqualTo(before.epochs());
        assertThat(after.invites()).isEqualTo(before.invites());
        assertThat(after.requests()).isEqualTo(before.requests());
        assertThat(after.heads()).as("nobody can add heads").isEqualTo(before.heads());
    }

    private static MemberEntry forgery(History history, List<MemberEntry> all) {
        Random random = history.random;
        Actor eve = new Actor("eve", random.nextLong(), history.actors.get(0).space);
        Invitation invitation = history.invitations.get(random.nextInt(history.invitations.size()));
        MemberEntry parent = all.get(random.nextInt(all.size()));
        MemberEntry other = random.nextBoolean() ? invitation.entry() : all.get(random.nextInt(all.size()));
        List<EntryId> parents =
                parent.id().equals(other.id()) ? List.of(parent.id()) : List.of(parent.id(), other.id());
        long height = 1 + Math.max(parent.content().height(), other.content().height());
        MemberAct act = switch (random.nextInt(7)) {
            case 0, 1 -> new MemberAct.Join(invitation.entry().id(), eve.keys.publicKeys(), "eve");
            case 2 -> new MemberAct.JoinRequest(invitation.entry().id(), eve.keys.publicKeys(), "eve");
            case 3 -> new MemberAct.CloseInvite(invitation.entry().id(), Optional.of(other.id()));
            case 4 -> new MemberAct.AddDevice(eve.keys.publicKeys(), "eve", List.of());
            case 5 -> new MemberAct.Invite(eve.keys.publicKeys(), Optional.of(Role.ADMIN), true, List.of());
            default -> new MemberAct.Admit(other.id(), List.of());
        };
        // an act whose author need not be the signer may also name a member as its author
        boolean own = act instanceof MemberAct.Join || act instanceof MemberAct.JoinRequest || random.nextBoolean();
        DeviceId author = own ? eve.keys.id() : history.actors.get(0).keys.id();
        EntryContent content =
                new EntryContent(Optional.of(history.actors.get(0).space), author, parents, height, 0, act);
        return act.signatures() == 2 ? eve.sign(content, invitation.keys().signing()) : eve.sign(content);
    }
}
