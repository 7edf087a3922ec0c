package dev.cairn.replica;

import dev.cairn.format.SpaceId;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.Membership;
import dev.cairn.replica.identity.LocalSecrets;
import dev.cairn.replica.identity.Members;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What this device needs to read the files of a space wherever they lie, a copy on a stick included. Opens no space,
 * publishes nothing, and never shows a key.
 */
public final class FolderKeys {
    private final LocalSecrets secrets;
    private final List<MemberEntry> entries;

    FolderKeys(LocalSecrets secrets, List<MemberEntry> entries) {
        this.secrets = secrets;
        this.entries = List.copyOf(entries);
    }

    /**
     * The keys of this device for the space in a folder, or in a copy of it.
     *
     * @throws SpaceException as {@link Space#open}
     */
    public static FolderKeys load(Path folder, SpaceOptions options) {
        return new SpaceSetup(folder, options).keys();
    }

    /** The space they are for. */
    public SpaceId space() {
        return secrets.space();
    }

    /** What opens the member log, before anything else is known. */
    public KeyRing ring() {
        return secrets.keyRing();
    }

    /** The member entries which this device knows. */
    public List<MemberEntry> entries() {
        return entries;
    }

    /** What can be read with the member entries which this device knows and those found in the folder. */
    public Reading with(Collection<MemberEntry> found) {
        List<MemberEntry> all = new ArrayList<>(entries);
        all.addAll(found);
        Members members = new Members(secrets, all);
        members.learnKeys();
        return new Reading(members.secrets().keyRing(), members.membership());
    }

    /**
     * Keys and members at one moment.
     *
     * @param keys the keys of the epochs
     * @param members who belongs to the space, also as the directory of devices
     */
    public record Reading(KeyRing keys, Membership members) {}
}
