package dev.cairn.format.log;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.DeviceId;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The CBOR map of a head's body (SPEC section "Heads").
 *
 * <p>Keys 1 to 11 are defined here. An unknown key below {@link #OPTIONAL_KEYS} changes the meaning of the head: the
 * reader stops. From there on keys are optional and passed over; 128 to 143 are set aside for the election.
 */
final class HeadCodec {
    static final long OPTIONAL_KEYS = 128;

    private static final int KEYS_MAX = 256;
    private static final int DEVICE = 1;
    private static final int LAST_SEQ = 2;
    private static final int LAST_HASH = 3;
    private static final int SEEN = 4;
    private static final int ACKNOWLEDGED = 5;
    private static final int RETIRED_THROUGH = 6;
    private static final int FEATURES = 7;
    private static final int VERSION = 8;
    private static final int TIME = 9;
    private static final int DEVICE_NAME = 10;
    private static final int PREVIOUS_WRITER = 11;

    private HeadCodec() {}

    static Bytes encode(HeadBody body) {
        CborWriter out = new CborWriter();
        out.map(body.previousWriter().isPresent() ? PREVIOUS_WRITER : DEVICE_NAME);
        out.key(DEVICE).bytes(body.device().bytes());
        out.key(LAST_SEQ).unsigned(body.lastSeq());
        out.key(LAST_HASH).bytes(body.lastHash());
        out.key(SEEN).array(body.seen().size());
        for (Seen seen : body.seen()) {
            out.array(3).bytes(seen.writer().bytes()).unsigned(seen.seq()).bytes(hash8(seen.hash8()));
        }
        out.key(ACKNOWLEDGED).array(body.acknowledged().size());
        body.acknowledged().forEach(out::bytes);
        out.key(RETIRED_THROUGH).unsigned(body.retiredThrough());
        out.key(FEATURES).array(body.features().size());
        body.features().forEach(out::text);
        out.key(VERSION).text(body.version());
        out.key(TIME).integer(body.timeMillis());
        out.key(DEVICE_NAME).text(body.deviceName());
        body.previousWriter().ifPresent(writer -> out.key(PREVIOUS_WRITER).bytes(writer.bytes()));
        return out.toBytes();
    }

    static HeadBody decode(Bytes encoded) throws MalformedException, TooNewException {
        CborReader in = new CborReader(encoded);
        int keys = in.map(KEYS_MAX);
        if (keys < DEVICE_NAME) {
            throw new MalformedException("a head with only " + keys + " entries");
        }
        try {
            HeadBody body = body(in, keys - DEVICE_NAME);
            in.end();
            return body;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a head with wrong " + e.getMessage());
        }
    }

    /** Reads the entries in the order of their keys, which is that of the components. */
    private static HeadBody body(CborReader in, int optional) throws MalformedException, TooNewException {
        return new HeadBody(
                DeviceId.of(at(in, DEVICE).bytes(DeviceId.SIZE)),
                at(in, LAST_SEQ).unsigned(Limits.NUMBER_MAX),
                at(in, LAST_HASH).bytes(ChainPoint.HASH_SIZE).compact(),
                seen(at(in, SEEN)),
                acknowledged(at(in, ACKNOWLEDGED)),
                at(in, RETIRED_THROUGH).unsigned(Limits.NUMBER_MAX),
                features(at(in, FEATURES)),
                at(in, VERSION).text(HeadBody.VERSION_BYTES_MAX),
                at(in, TIME).integer(-Limits.NUMBER_MAX, Limits.NUMBER_MAX),
                at(in, DEVICE_NAME).text(Limits.DEVICE_NAME_BYTES_MAX),
                rest(in, optional));
    }

    private static CborReader at(CborReader in, int key) throws MalformedException {
        in.key(key);
        return in;
    }

    private static Optional<WriterId> rest(CborReader in, int keys) throws MalformedException, TooNewException {
        Optional<WriterId> previous = Optional.empty();
        for (int i = 0; i < keys; i++) {
            long key = in.key();
            if (key == PREVIOUS_WRITER) {
                previous = Optional.of(WriterId.of(in.bytes(WriterId.SIZE)));
            } else if (key < OPTIONAL_KEYS) {
                throw new TooNewException("entry " + key + " of a head");
            } else {
                in.skip();
            }
        }
        return previous;
    }

    private static List<Seen> seen(CborReader in) throws MalformedException {
        int count = in.array(Limits.SEEN_MAX);
        List<Seen> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (in.array(3) != 3) {
                throw new MalformedException("an entry of a head's seen changes without three parts");
            }
            WriterId writer = WriterId.of(in.bytes(WriterId.SIZE));
            long seq = in.unsigned(Limits.NUMBER_MAX);
            if (seq == 0) {
                throw new MalformedException("sequence number 0 among a head's seen changes");
            }
            all.add(new Seen(writer, seq, in.bytes(Long.BYTES).getLong(0)));
        }
        return all;
    }

    private static List<Bytes> acknowledged(CborReader in) throws MalformedException {
        int count = in.array(Limits.ACKNOWLEDGED_MAX);
        List<Bytes> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(in.bytes(HeadBody.DIGEST_SIZE).compact());
        }
        return all;
    }

    private static List<String> features(CborReader in) throws MalformedException {
        int count = in.array(HeadBody.FEATURES_MAX);
        List<String> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(in.text(HeadBody.FEATURE_BYTES_MAX));
        }
        return all;
    }

    private static Bytes hash8(long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (56 - 8 * i));
        }
        return Bytes.owning(bytes);
    }
}
