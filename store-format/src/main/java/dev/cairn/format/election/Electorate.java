package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import java.util.SortedSet;

/** The devices that may vote, in the short form that a ballot and a vote agree on. */
public final class Electorate {
    /** Bytes of a digest. */
    public static final int DIGEST_SIZE = 16;

    private static final Bytes LABEL = Bytes.utf8("cairn/v1/electorate");

    private Electorate() {}

    /** The first 16 bytes of {@code SHA-256("cairn/v1/electorate" || device ids in ascending order)}. */
    public static Bytes digest(SortedSet<DeviceId> devices) {
        Bytes[] parts = new Bytes[devices.size() + 1];
        parts[0] = LABEL;
        int at = 1;
        for (DeviceId device : devices) {
            parts[at++] = device.bytes();
        }
        return Bytes.concat(parts).sha256().slice(0, DIGEST_SIZE).compact();
    }
}
