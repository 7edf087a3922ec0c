package dev.cairn.format.members;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.keys.SealedEpochKey;
import java.util.List;
import java.util.Optional;

/**
 * An epoch which an entry begins: its key sealed to each member device, and the way back to older keys.
 *
 * @param number the number of the epoch, from 1
 * @param check what identifies the key, see {@link SealedEpochKey#checkOf}
 * @param recipients the sealed key for each device, in ascending order of device ids
 * @param links older keys encrypted under the new one, in ascending order of number and check
 */
public record NewEpoch(int number, Bytes check, List<Recipient> recipients, List<Link> links) {
    /** The greatest number of links in one entry. */
    public static final int LINKS_MAX = 64;

    /** Checks the ranges and the order. */
    public NewEpoch {
        recipients = List.copyOf(recipients);
        links = List.copyOf(links);
        if (number < 1 || number > Limits.EPOCHS_MAX || check.size() != SealedEpochKey.CHECK_SIZE) {
            throw new IllegalArgumentException("epoch " + number + " with a check of " + check.size() + " bytes");
        }
        if (recipients.isEmpty() || recipients.size() > Limits.DEVICES_MAX || links.size() > LINKS_MAX) {
            throw new IllegalArgumentException(recipients.size() + " recipients, " + links.size() + " links");
        }
        check = check.compact();
    }

    /**
     * The key for one recipient.
     *
     * @param recipient the 16-byte id of a device
     * @param sealed 80 bytes, see {@link SealedEpochKey}
     */
    public record Recipient(Bytes recipient, Bytes sealed) {
        /** Checks the sizes. */
        public Recipient {
            if (recipient.size() != 16 || sealed.size() != SealedEpochKey.SEALED_SIZE) {
                throw new IllegalArgumentException(
                        "recipient of " + recipient.size() + ", seal of " + sealed.size() + " bytes");
            }
            recipient = recipient.compact();
            sealed = sealed.compact();
        }
    }

    /**
     * An older key, encrypted under the key of the new epoch.
     *
     * @param number the number of the older epoch
     * @param check what identifies the older key
     * @param box 48 bytes: the key under AES-256-GCM, see SPEC
     */
    public record Link(int number, Bytes check, Bytes box) {
        /** The size of a box in bytes. */
        public static final int BOX_SIZE = 48;

        /** Checks the sizes. */
        public Link {
            if (number < 1 || number > Limits.EPOCHS_MAX) {
                throw new IllegalArgumentException("epoch " + number);
            }
            if (check.size() != SealedEpochKey.CHECK_SIZE || box.size() != BOX_SIZE) {
                throw new IllegalArgumentException("check of " + check.size() + ", box of " + box.size() + " bytes");
            }
            check = check.compact();
            box = box.compact();
        }
    }

    /** The sealed key for the device with this 16-byte id. */
    public Optional<SealedEpochKey> sealedFor(Bytes device) {
        return recipients.stream()
                .filter(recipient -> recipient.recipient().equals(device))
                .findFirst()
                .map(recipient -> new SealedEpochKey(number, check, recipient.sealed()));
    }
}
