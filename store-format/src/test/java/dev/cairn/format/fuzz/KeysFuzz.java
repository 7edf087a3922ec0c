package dev.cairn.format.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.format.Bytes;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.OpeningKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.keys.InviteCode;
import dev.cairn.format.members.MemberEntry;
import dev.cairn.format.membership.MemberLog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/** Targets for what people type and members seal; see {@link ParsersFuzz} for how to run them. */
@Tag("fuzz")
final class KeysFuzz {
    private static final OpeningKey KEY = new OpeningKey(Secret.copyOf(Bytes.hex("0b".repeat(32))));

    @FuzzTest(maxDuration = "20s")
    void inviteCodes(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (InviteCode.parse(text) instanceof InviteCode.Parsed.Valid valid) {
            require(InviteCode.parse(valid.code().text()) instanceof InviteCode.Parsed.Valid, "its own text");
        }
    }

    /** Behind the checksum: whatever 85 bytes say. */
    @FuzzTest(maxDuration = "20s")
    void inviteSecrets(byte[] input) {
        if (input.length == 80) {
            Bytes bytes = Bytes.copyOf(input);
            InviteCode code = new InviteCode(
                    SpaceId.of(bytes.slice(0, 16)),
                    new EpochKey(0, Secret.copyOf(bytes.slice(16, 48))),
                    Secret.copyOf(bytes.slice(48)),
                    bytes.get(0) < 0);
            require(
                    InviteCode.parse(code.text()) instanceof InviteCode.Parsed.Valid valid
                            && valid.code().seed().equals(code.seed())
                            && valid.code().approval() == code.approval(),
                    "the same code");
        }
    }

    @FuzzTest(maxDuration = "20s")
    void sealedSecrets(byte[] input) {
        require(KEY.open(Bytes.empty(), Bytes.empty(), Bytes.copyOf(input)).isEmpty(), "nothing without the sender");
    }

    @FuzzTest(maxDuration = "20s")
    void memberLogs(byte[] input) {
        try {
            MemberEntry entry = MemberEntry.parse(Bytes.copyOf(input));
            MemberLog log = new MemberLog(entry.space());
            log.add(entry);
            require(log.membership().devices().size() <= 1, "one device at most");
        } catch (MalformedException e) {
            require(e.getMessage() != null, "a message");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
