package dev.cairn.format.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.file.TooNewException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** Targets for what a manifest and a retirement list say; see {@code ParsersFuzz} for how to run them. */
@Tag("fuzz")
final class CheckpointsFuzz {
    private interface Codec<T> {
        T decode(Bytes encoded) throws MalformedException, TooNewException;
    }

    @FuzzTest(maxDuration = "20s")
    void manifests(byte[] input) {
        read(Bytes.copyOf(input), CompactionCodec::checkpoint).ifPresent(body -> {
            Bytes again = CompactionCodec.encode(body);
            require(read(again, CompactionCodec::checkpoint).equals(Optional.of(body)), "the same manifest");
            require(again.size() <= input.length, "the shortest encoding");
        });
    }

    @FuzzTest(maxDuration = "20s")
    void retirements(byte[] input) {
        read(Bytes.copyOf(input), CompactionCodec::retirement).ifPresent(body -> {
            Bytes again = CompactionCodec.encode(body);
            require(read(again, CompactionCodec::retirement).equals(Optional.of(body)), "the same list");
            require(again.size() <= input.length, "the shortest encoding");
        });
    }

    private static <T> Optional<T> read(Bytes encoded, Codec<T> codec) {
        try {
            return Optional.of(codec.decode(encoded));
        } catch (MalformedException | TooNewException e) {
            require(e.getMessage() != null, "a reason");
            return Optional.empty();
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not " + what);
        }
    }
}
