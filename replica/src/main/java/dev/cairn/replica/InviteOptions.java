package dev.cairn.replica;

/**
 * What an invite grants.
 *
 * @param role the role the new device gets
 * @param needsApproval whether a member must approve the join by comparing six safety words
 */
public record InviteOptions(GrantedRole role, boolean needsApproval) {

    /** A writer who joins without approval. */
    public static InviteOptions writer() {
        return new InviteOptions(GrantedRole.WRITER, false);
    }

    /** The same invite with approval by safety words. */
    public InviteOptions withApproval() {
        return new InviteOptions(role, true);
    }

    /** The roles that can be granted by an invite. */
    public enum GrantedRole {
        ADMIN,
        WRITER,
        READER
    }
}
