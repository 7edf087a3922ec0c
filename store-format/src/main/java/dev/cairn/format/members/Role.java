package dev.cairn.format.members;

import java.util.Optional;

/** What a user may do, in ascending rank. */
public enum Role {
    /** Not a member. */
    NONE(0),
    /** Reads; changes signed by a reader's device are refused by everybody. */
    READER(1),
    /** Reads and writes. */
    WRITER(2),
    /** Also brings in and removes writers and readers. */
    ADMIN(3),
    /** The one user above the admins. */
    OWNER(4),
    /** The key kept offline which ranks above the owner. */
    RECOVERY(5);

    private static final Role[] BY_CODE = values();

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** The number in entries. */
    public int code() {
        return code;
    }

    /** The role with the given number. */
    public static Optional<Role> ofCode(long code) {
        return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[(int) code]) : Optional.empty();
    }

    /** Whether changes signed by a device of this role count. */
    public boolean mayWrite() {
        return compareTo(WRITER) >= 0 && this != RECOVERY;
    }

    /** Whether somebody of this role may give {@code other} to somebody: at most one's own rank minus one. */
    public boolean mayGrant(Role other) {
        return compareTo(ADMIN) >= 0 && compareTo(other) > 0 && other != NONE;
    }
}
