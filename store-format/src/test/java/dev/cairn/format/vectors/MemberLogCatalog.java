package dev.cairn.format.vectors;

import static dev.cairn.format.vectors.MemberCast.BOB;
import static dev.cairn.format.vectors.MemberCast.EVE;
import static dev.cairn.format.vectors.MemberCast.GENESIS;
import static dev.cairn.format.vectors.MemberCast.INVITE;
import static dev.cairn.format.vectors.MemberCast.OTHER_INVITE;
import static dev.cairn.format.vectors.MemberCast.OWNER;
import static dev.cairn.format.vectors.MemberCast.SPACE;

import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.keys.DeviceKeys;
import dev.cairn.format.members.EntryContent;
import dev.cairn.format.members.MemberAct;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.members.Role;
import dev.cairn.format.members.SpacePolicy;
import dev.cairn.format.membership.MemberLog;
import dev.cairn.format.membership.Membership;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Vectors of what a set of entries means. */
final class MemberLogCatalog {
    private static final Optional<Role> WRITER = Optional.of(Role.WRITER);

    private final Catalog catalog = new Catalog("members");
    private final MemberEntry open = MemberCast.invite(OWNER, INVITE, WRITER, false, GENESIS);
    private final MemberEntry guarded = MemberCast.invite(OWNER, INVITE, WRITER, true, GENESIS);
    private final MemberEntry join = MemberCast.join(BOB, open, INVITE.signing(), open);
    private final MemberEntry second = MemberCast.join(EVE, open, INVITE.signing(), open);

    static List<VectorFile> vectors() {
        MemberLogCatalog logs = new MemberLogCatalog();
        logs.frames();
        logs.openInvites();
        logs.approvals();
        logs.ranks();
        logs.retired();
        return logs.catalog.vectors();
    }

    private void log(String name, String description, String expect, MemberEntry... entries) {
        int size = 0;
        for (MemberEntry entry : entries) {
            size += Integer.BYTES + entry.encoded().size();
        }
        ByteWriter writer = new ByteWriter(size);
        for (MemberEntry entry : entries) {
            writer.u32(entry.encoded().size()).bytes(entry.encoded());
        }
        Bytes payload = writer.toBytes();
        catalog.add("log_" + name, "member_log", expect, description, payload, "space", SPACE.toString());
    }

    private static String device(DeviceKeys keys, String rest) {
        return keys.id() + " " + rest;
    }

    private static String devices(String... devices) {
        return "devices " + String.join(", ", Arrays.stream(devices).sorted().toList());
    }

    private static String owner() {
        return device(OWNER, "owner confirmed");
    }

    private static String without(MemberEntry entry, String reason) {
        return "; void " + entry.id().toString().substring(0, 16) + " " + reason;
    }

    private void frames() {
        log("genesis", "a genesis entry alone", devices(owner()), GENESIS);
        MemberEntry foreign = MemberCast.genesis(OWNER, 1);
        log(
                "foreign_space",
                "a genesis entry of another space",
                devices(owner()) + without(foreign, "foreign_space"),
                GENESIS,
                foreign);
        MemberEntry misread = MemberCast.genesis(OWNER, EVE.id(), 2);
        catalog.add(
                "log_genesis_recipients",
                "member_log",
                "devices " + without(misread, "wrong_recipients"),
                "the first epoch is sealed to another device than the owner's",
                new ByteWriter(4 + misread.encoded().size())
                        .u32(misread.encoded().size())
                        .bytes(misread.encoded())
                        .toBytes(),
                "space",
                misread.space().toString());
        EntryContent policy = MemberCast.content(OWNER, new MemberAct.SetPolicy(SpacePolicy.defaults()), GENESIS);
        MemberEntry unused = policy.sign(OWNER.signing());
        log(
                "not_acted_on",
                "a change of policy, which version 1.0 does not act on",
                devices(owner()) + without(unused, "not_acted_on"),
                GENESIS,
                unused);
        MemberEntry unsigned = policy.sign(EVE.signing());
        log(
                "bad_signature",
                "an entry signed by another key than its author's",
                devices(owner()) + without(unsigned, "bad_signature"),
                GENESIS,
                unsigned);
        MemberEntry high = new EntryContent(policy.space(), policy.author(), policy.parents(), 3, 0, policy.act())
                .sign(OWNER.signing());
        log(
                "bad_height",
                "a height which is not 1 + that of the parent",
                devices(owner()) + without(high, "bad_height"),
                GENESIS,
                high);
        MemberEntry stranger = MemberCast.entry(EVE, policy.act(), GENESIS);
        log(
                "author_unknown",
                "an entry by nobody's device",
                devices(owner()) + without(stranger, "author_unknown"),
                GENESIS,
                stranger);
        log("waiting", "the invite which a join builds on is missing", devices(owner()) + "; waiting 1", GENESIS, join);
    }

    private void openInvites() {
        String provisional = device(BOB, "writer provisional");
        String confirmed = device(BOB, "writer confirmed");
        String invite = "; invites 1";
        log("join", "a join which nobody has answered", devices(owner(), provisional) + invite, GENESIS, open, join);
        log(
                "any_order",
                "the same entries backwards and twice",
                devices(owner(), provisional) + invite,
                join,
                open,
                join,
                GENESIS);
        boolean first = join.id().compareTo(second.id()) < 0;
        log(
                "join_least_id",
                "two joins by one invite: the one with the least id counts",
                devices(owner(), device(first ? BOB : EVE, "writer provisional"))
                        + invite
                        + without(first ? second : join, "another_join_counts"),
                GENESIS,
                open,
                join,
                second);
        MemberEntry close = MemberCast.close(OWNER, open, Optional.of(join), join);
        log("closed", "a join confirmed by the inviter", devices(owner(), confirmed), GENESIS, open, join, close);
        log(
                "backdated",
                "a second join, made to look older than the close",
                devices(owner(), confirmed) + without(second, "invite_closed"),
                GENESIS,
                open,
                join,
                close,
                second);
        MemberEntry withdrawn = MemberCast.close(OWNER, open, Optional.empty(), open);
        log(
                "withdrawn",
                "an invite closed without a join",
                devices(owner()) + without(join, "invite_closed"),
                GENESIS,
                open,
                join,
                withdrawn);
        MemberEntry other = MemberCast.close(OWNER, open, Optional.of(second), second);
        log(
                "closed_twice",
                "two closes which name two joins",
                devices(owner(), confirmed, device(EVE, "writer confirmed")),
                GENESIS,
                open,
                join,
                second,
                close,
                other);
        MemberEntry own = MemberCast.close(BOB, open, Optional.of(join), join);
        log(
                "closed_by_newcomer",
                "a writer closes the invite by which he came",
                devices(owner(), provisional) + invite + without(own, "not_authorised"),
                GENESIS,
                open,
                join,
                own);
        MemberEntry forged = MemberCast.join(BOB, open, OTHER_INVITE.signing(), open);
        log(
                "join_other_key",
                "the second signature of a join is not the invite's",
                devices(owner()) + invite + without(forged, "bad_signature"),
                GENESIS,
                open,
                forged);
        MemberEntry early = MemberCast.join(BOB, open, INVITE.signing(), GENESIS);
        log(
                "join_before_invite",
                "a join which does not build on its invite",
                devices(owner()) + invite + without(early, "invite_unknown"),
                GENESIS,
                open,
                early);
        MemberEntry asked = MemberCast.request(BOB, open, open);
        log(
                "request_of_open",
                "a request by an invite without approval",
                devices(owner()) + invite + without(asked, "invite_unknown"),
                GENESIS,
                open,
                asked);
    }

    private void approvals() {
        MemberEntry request = MemberCast.request(BOB, guarded, guarded);
        String pending = "; invites 1; requests " + BOB.id();
        log("request", "a request to join", devices(owner()) + pending, GENESIS, guarded, request);
        MemberEntry admit = MemberCast.admit(OWNER, request, BOB, request);
        log(
                "admitted",
                "a request which was granted",
                devices(owner(), device(BOB, "writer confirmed")),
                GENESIS,
                guarded,
                request,
                admit);
        MemberEntry decline = MemberCast.entry(OWNER, new MemberAct.Decline(request.id()), request);
        log(
                "declined",
                "a request which was refused",
                devices(owner()) + "; invites 1",
                GENESIS,
                guarded,
                request,
                decline);
        MemberEntry both = MemberCast.admit(OWNER, request, BOB, decline);
        log(
                "admitted_after_all",
                "a request which was refused and then granted",
                devices(owner(), device(BOB, "writer confirmed")),
                GENESIS,
                guarded,
                request,
                decline,
                both);
        MemberEntry self = MemberCast.admit(BOB, request, BOB, request);
        log(
                "admitted_by_itself",
                "a device grants its own request",
                devices(owner()) + pending + without(self, "author_unknown"),
                GENESIS,
                guarded,
                request,
                self);
        MemberEntry joined = MemberCast.join(BOB, guarded, INVITE.signing(), guarded);
        log(
                "join_of_guarded",
                "a join by an invite with approval",
                devices(owner()) + "; invites 1" + without(joined, "invite_unknown"),
                GENESIS,
                guarded,
                joined);
    }

    private void ranks() {
        MemberEntry ownInvite = MemberCast.invite(OWNER, INVITE, Optional.empty(), false, GENESIS);
        MemberEntry ownJoin = MemberCast.join(BOB, ownInvite, INVITE.signing(), ownInvite);
        log(
                "own_device",
                "a second device of the owner",
                devices(owner(), device(BOB, "owner provisional")) + "; invites 1",
                GENESIS,
                ownInvite,
                ownJoin);
        MemberEntry close = MemberCast.close(OWNER, open, Optional.of(join), join);
        MemberEntry byWriter = MemberCast.invite(BOB, OTHER_INVITE, Optional.of(Role.READER), true, close);
        log(
                "invite_by_writer",
                "a writer invites a reader",
                devices(owner(), device(BOB, "writer confirmed")) + without(byWriter, "not_authorised"),
                GENESIS,
                open,
                join,
                close,
                byWriter);
        MemberEntry adminInvite = MemberCast.invite(OWNER, INVITE, Optional.of(Role.ADMIN), false, GENESIS);
        MemberEntry admin = MemberCast.join(BOB, adminInvite, INVITE.signing(), adminInvite);
        MemberEntry again = MemberCast.invite(BOB, OTHER_INVITE, Optional.of(Role.ADMIN), false, admin);
        log(
                "admin_invites_admin",
                "an admin invites an admin",
                devices(owner(), device(BOB, "admin provisional")) + "; invites 1" + without(again, "not_authorised"),
                GENESIS,
                adminInvite,
                admin,
                again);
        MemberAct add = new MemberAct.AddDevice(EVE.publicKeys(), "phone", List.of());
        EntryContent added = MemberCast.content(BOB, add, close);
        log(
                "add_device",
                "a member adds a device",
                devices(owner(), device(BOB, "writer confirmed"), device(EVE, "writer confirmed")),
                GENESIS,
                open,
                join,
                close,
                added.sign(BOB.signing(), EVE.signing()));
        MemberEntry forced = added.sign(BOB.signing(), BOB.signing());
        log(
                "add_device_unsigned",
                "a device is added without its own signature",
                devices(owner(), device(BOB, "writer confirmed")) + without(forced, "bad_signature"),
                GENESIS,
                open,
                join,
                close,
                forced);
        MemberEntry readerInvite = MemberCast.invite(OWNER, INVITE, Optional.of(Role.READER), false, GENESIS);
        MemberEntry reader = MemberCast.join(BOB, readerInvite, INVITE.signing(), readerInvite);
        log(
                "reader",
                "a reader, whose changes are refused",
                devices(owner(), device(BOB, "reader provisional")) + "; invites 1",
                GENESIS,
                readerInvite,
                reader);
    }

    private void retired() {
        MemberEntry close = MemberCast.close(OWNER, open, Optional.of(join), join);
        MemberEntry retire = MemberCast.entry(OWNER, new MemberAct.RetireDevice(BOB.id()), close);
        MemberEntry back = MemberCast.entry(BOB, new MemberAct.ReturnDevice(), retire);
        MemberEntry early = MemberCast.entry(BOB, new MemberAct.ReturnDevice(), close);
        MemberEntry byWriter = MemberCast.entry(BOB, new MemberAct.RetireDevice(OWNER.id()), close);
        MemberEntry itself = MemberCast.entry(BOB, new MemberAct.RetireDevice(BOB.id()), close);
        String both = devices(owner(), device(BOB, "writer confirmed"));
        String gone = both + "; retired " + BOB.id();
        log("retired", "the owner retires a device, which stays a member", gone, GENESIS, open, join, close, retire);
        log("returned", "it returns", both, GENESIS, open, join, close, retire, back);
        log(
                "returned_before",
                "a return which does not know of the retirement",
                gone,
                GENESIS,
                open,
                join,
                close,
                early,
                retire);
        log("retired_itself", "a device retires itself", gone, GENESIS, open, join, close, itself);
        log(
                "retired_by_writer",
                "a writer retires the owner's device",
                both + without(byWriter, "not_authorised"),
                GENESIS,
                open,
                join,
                close,
                byWriter);
    }

    /** What the judge compares: devices, and what else there is, in one line. */
    static String summary(Membership membership) {
        StringBuilder text = new StringBuilder("devices ");
        text.append(String.join(
                ", ",
                membership.devices().values().stream()
                        .map(device -> device.id() + " " + device.role().name().toLowerCase(Locale.ROOT) + " "
                                + device.standing().name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList()));
        if (!membership.invites().isEmpty()) {
            text.append("; invites ").append(membership.invites().size());
        }
        membership
                .devices()
                .keySet()
                .forEach(device -> text.append(membership.isRetired(device) ? "; retired " + device : ""));
        membership.requests().forEach(request -> text.append("; requests ").append(request.device()));
        if (!membership.waiting().isEmpty()) {
            text.append("; waiting ").append(membership.waiting().size());
        }
        membership
                .voids()
                .forEach(found -> text.append("; void ")
                        .append(found.entry().toString(), 0, 16)
                        .append(' ')
                        .append(found.reason().name().toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    static String outcome(VectorFile vector) throws MalformedException {
        MemberLog log = new MemberLog(SpaceId.parse(vector.field("space")).orElseThrow());
        Bytes rest = vector.payload();
        while (!rest.isEmpty()) {
            int end = Integer.BYTES + rest.getInt(0);
            log.add(MemberEntry.parse(rest.slice(Integer.BYTES, end)));
            rest = rest.slice(end);
        }
        return summary(log.membership());
    }
}
