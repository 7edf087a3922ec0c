package dev.cairn.format.keys;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/**
 * The text which lets its holder into a space; as secret as the space itself until it is used.
 *
 * <pre>
 * cairn1-xxxxxxxx-...-xxxxxxxx     17 groups of 8 digits of base32 (a-z2-7) for 85 bytes:
 *   0   1   flags: bit 0 = needs approval; the others are zero
 *   1  16   space id
 *  17  32   key of the member log (epoch 0)
 *  49  32   seed of the invite's keys, see {@link InviteKeys}
 *  81   4   the first bytes of SHA-256("cairn/v1/invite-code" || bytes 0..80)
 * </pre>
 *
 * Case, spaces and hyphens do not matter on reading. {@link #close} wipes the secrets.
 */
public final class InviteCode implements AutoCloseable {
    private static final String PREFIX = "cairn1";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Bytes LABEL = Bytes.utf8("cairn/v1/invite-code");
    private static final int SEED_SIZE = 32;
    private static final int CHECK_SIZE = 4;
    private static final int BODY_SIZE = 1 + SpaceId.SIZE + EpochKey.SIZE + SEED_SIZE;
    private static final int SIZE = BODY_SIZE + CHECK_SIZE;
    private static final int GROUP = 8;
    private static final int GROUP_BYTES = 5;
    private static final int DIGITS = SIZE * 8 / 5;
    private static final int APPROVAL = 1;

    private final SpaceId space;
    private final EpochKey memberLogKey;
    private final Secret seed;
    private final boolean approval;

    /** The code of an invite; the two secrets belong to it from now on. */
    public InviteCode(SpaceId space, EpochKey memberLogKey, Secret seed, boolean approval) {
        if (memberLogKey.epoch() != 0 || seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException(
                    "key of epoch " + memberLogKey.epoch() + ", seed of " + seed.size() + " bytes");
        }
        this.space = space;
        this.memberLogKey = memberLogKey;
        this.seed = seed;
        this.approval = approval;
    }

    /** What reading a text gave. */
    public sealed interface Parsed {
        /** The text is a code. */
        record Valid(InviteCode code) implements Parsed {}

        /** The text is not a code; {@code problem} is one line which says why, without the text itself. */
        record Mistyped(String problem) implements Parsed {}
    }

    /** The space it leads to. */
    public SpaceId space() {
        return space;
    }

    /** The key of the member log. */
    public EpochKey memberLogKey() {
        return memberLogKey;
    }

    /** The seed of {@link InviteKeys}. */
    public Secret seed() {
        return seed;
    }

    /** Whether a member must approve the joining device. */
    public boolean approval() {
        return approval;
    }

    /** The text to hand to the other person or device, and to nobody else. */
    public String text() {
        byte[] all = new byte[SIZE];
        ByteBuffer bytes = ByteBuffer.wrap(all);
        bytes.put((byte) (approval ? APPROVAL : 0)).put(space.bytes().asByteBuffer());
        memberLogKey.writeTo(bytes);
        seed.writeTo(bytes);
        bytes.put(check(all).asByteBuffer());
        String text = PREFIX + digits(all);
        Arrays.fill(all, (byte) 0);
        return text;
    }

    /** Reads a text as people copy it. */
    public static Parsed parse(String text) {
        String digits = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        if (!digits.startsWith(PREFIX)) {
            return new Parsed.Mistyped("an invite code begins with \"cairn1-\"; copy all of it");
        }
        String body = digits.substring(PREFIX.length());
        for (int i = 0; i < body.length(); i++) {
            if (ALPHABET.indexOf(body.charAt(i)) < 0) {
                return new Parsed.Mistyped(
                        "the invite code contains a character which is none of a-z and 2-7, in group " + (i / GROUP + 1)
                                + " of " + DIGITS / GROUP);
            }
        }
        if (body.length() != DIGITS) {
            return new Parsed.Mistyped("the invite code has " + body.length()
                    + " characters after \"cairn1-\" instead of " + DIGITS + "; copy all of it");
        }
        byte[] bytes = bytes(body);
        try {
            return decode(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Parsed decode(byte[] bytes) {
        if (!check(bytes).equals(Bytes.copyOf(bytes, BODY_SIZE, CHECK_SIZE))) {
            return new Parsed.Mistyped("the invite code has a mistake in it; copy it again");
        }
        if ((bytes[0] & ~APPROVAL) != 0) {
            return new Parsed.Mistyped("the invite code needs a newer version of Cairn");
        }
        int keyAt = 1 + SpaceId.SIZE;
        int seedAt = keyAt + EpochKey.SIZE;
        return new Parsed.Valid(new InviteCode(
                SpaceId.of(Bytes.copyOf(bytes, 1, SpaceId.SIZE)),
                new EpochKey(0, Secret.readFrom(ByteBuffer.wrap(bytes, keyAt, EpochKey.SIZE))),
                Secret.readFrom(ByteBuffer.wrap(bytes, seedAt, SEED_SIZE)),
                bytes[0] == APPROVAL));
    }

    private static Bytes check(byte[] bytes) {
        MessageDigest sha256 = Bytes.newSha256();
        LABEL.updateTo(sha256);
        sha256.update(bytes, 0, BODY_SIZE);
        return Bytes.copyOf(sha256.digest(), 0, CHECK_SIZE);
    }

    /** Five bytes make one group of eight digits. */
    private static String digits(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < SIZE; from += GROUP_BYTES) {
            long group = 0;
            for (int i = 0; i < GROUP_BYTES; i++) {
                group = group << 8 | Byte.toUnsignedLong(bytes[from + i]);
            }
            text.append('-');
            for (int shift = 35; shift >= 0; shift -= 5) {
                text.append(ALPHABET.charAt((int) (group >>> shift) & 31));
            }
        }
        return text.toString();
    }

    private static byte[] bytes(String digits) {
        byte[] bytes = new byte[SIZE];
        for (int number = 0; number < SIZE / GROUP_BYTES; number++) {
            long group = 0;
            for (int i = 0; i < GROUP; i++) {
                group = group << 5 | ALPHABET.indexOf(digits.charAt(number * GROUP + i));
            }
            for (int i = GROUP_BYTES - 1; i >= 0; i--) {
                bytes[number * GROUP_BYTES + i] = (byte) group;
                group >>>= 8;
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        memberLogKey.close();
        seed.close();
    }

    @Override
    public String toString() {
        return "InviteCode[of space " + space + "]";
    }
}
