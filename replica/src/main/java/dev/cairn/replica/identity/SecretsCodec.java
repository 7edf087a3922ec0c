package dev.cairn.replica.identity;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.SigningKey;
import dev.cairn.format.keys.DeviceKeys;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a file of secrets, big-endian.
 *
 * <pre>
 * 12   "cairn-keys1\\n"
 * 16   space id
 * u16  length of the device's name, and the name in UTF-8
 * 32   Ed25519 seed     32  X25519 scalar     32  key of the member log     32  secret for salts
 * u16  number of epoch keys, each: u32 epoch, 32 key
 * u16  number of writer ids, the current one last, each 16
 * u8   joining: 0 no, 1 by an open invite, 2 with approval; then 32 bytes of the invite's seed unless 0
 * </pre>
 */
final class SecretsCodec {
    static final int BYTES_MAX = 1 << 20;

    private static final byte[] MAGIC = "cairn-keys1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_SIZE = 32;
    private static final int FIXED_SIZE = 12 + 16 + 2 + 4 * KEY_SIZE + 2 + 2 + 1;

    private SecretsCodec() {}

    /** The bytes, which the caller wipes. */
    static byte[] encode(LocalSecrets secrets) {
        byte[] name = secrets.deviceName().getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[size(secrets, name.length)];
        ByteBuffer out = ByteBuffer.wrap(content);
        out.put(MAGIC).put(secrets.space().bytes().asByteBuffer());
        out.putShort((short) name.length).put(name);
        secrets.device().signing().seed().writeTo(out);
        secrets.device().opening().scalar().writeTo(out);
        secrets.memberLogKey().writeTo(out);
        secrets.saltSecret().writeTo(out);
        out.putShort((short) secrets.epochKeys().size());
        for (EpochKey key : secrets.epochKeys()) {
            key.writeTo(out.putInt(key.epoch()));
        }
        out.putShort((short) secrets.writers().size());
        secrets.writers().forEach(writer -> out.put(writer.bytes().asByteBuffer()));
        secrets.joining().ifPresentOrElse(joining -> put(out, joining), () -> out.put((byte) 0));
        return content;
    }

    private static int size(LocalSecrets secrets, int nameSize) {
        return FIXED_SIZE
                + nameSize
                + secrets.epochKeys().size() * (4 + KEY_SIZE)
                + secrets.writers().size() * WriterId.SIZE
                + (secrets.joining().isPresent() ? KEY_SIZE : 0);
    }

    private static void put(ByteBuffer out, LocalSecrets.Joining joining) {
        out.put((byte) (joining.approval() ? 2 : 1));
        joining.seed().writeTo(out);
    }

    /** The secrets in {@code in}, or nothing when it has another layout. */
    static Optional<LocalSecrets> decode(ByteBuffer in) {
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            return Arrays.equals(magic, MAGIC) ? Optional.of(decodeBody(in)) : Optional.empty();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LocalSecrets decodeBody(ByteBuffer in) {
        SpaceId space = SpaceId.of(bytes(in, SpaceId.SIZE));
        String name = StandardCharsets.UTF_8
                .decode(bytes(in, Short.toUnsignedInt(in.getShort())).asByteBuffer())
                .toString();
        DeviceKeys device = new DeviceKeys(new SigningKey(secret(in)), new OpeningKey(secret(in)));
        EpochKey memberLogKey = new EpochKey(0, secret(in));
        Secret saltSecret = secret(in);
        List<EpochKey> epochKeys = new ArrayList<>();
        int keys = Short.toUnsignedInt(in.getShort());
        for (int i = 0; i < keys; i++) {
            epochKeys.add(new EpochKey(in.getInt(), secret(in)));
        }
        List<WriterId> writers = new ArrayList<>();
        int writerCount = Short.toUnsignedInt(in.getShort());
        for (int i = 0; i < writerCount; i++) {
            writers.add(WriterId.of(bytes(in, WriterId.SIZE)));
        }
        return new LocalSecrets(space, name, device, memberLogKey, epochKeys, saltSecret, writers, joining(in));
    }

    private static Optional<LocalSecrets.Joining> joining(ByteBuffer in) {
        return switch (in.get()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new LocalSecrets.Joining(secret(in), false));
            case 2 -> Optional.of(new LocalSecrets.Joining(secret(in), true));
            default -> throw new IllegalArgumentException("an unknown way of joining");
        };
    }

    private static Bytes bytes(ByteBuffer in, int size) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return Bytes.owning(bytes);
    }

    private static Secret secret(ByteBuffer in) {
        ByteBuffer part = in.slice(in.position(), KEY_SIZE);
        in.position(in.position() + KEY_SIZE);
        return Secret.readFrom(part);
    }
}
