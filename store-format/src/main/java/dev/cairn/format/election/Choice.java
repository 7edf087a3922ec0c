package dev.cairn.format.election;

import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.Utf8;
import java.util.Optional;

/**
 * A user's answer to a question of the election, on the device where it was given.
 *
 * @param question what was asked
 * @param epoch the greatest epoch the device had seen; an answer of an earlier one is void
 * @param term the greatest term the device had seen
 * @param answer a word, or the id of a writer or device
 * @param label who answered, for people
 */
public record Choice(Question question, long epoch, long term, String answer, String label) implements Paper {
    /** UTF-8 bytes of an answer. */
    public static final int ANSWER_BYTES_MAX = 64;

    /** UTF-8 bytes of a label. */
    public static final int LABEL_BYTES_MAX = 128;

    /** Checks the parts. */
    public Choice {
        Paper.require(epoch >= 0 && epoch <= Limits.NUMBER_MAX, "epoch " + epoch);
        Paper.require(term >= 0 && term <= Limits.NUMBER_MAX, "term " + term);
        Paper.require(Utf8.encode(answer).size() <= ANSWER_BYTES_MAX, "an answer of more than 64 bytes");
        Paper.require(Utf8.encode(label).size() <= LABEL_BYTES_MAX, "a label of more than 128 bytes");
    }

    /** What a user can be asked; {@link #code()} stands in the file. */
    public enum Question {
        /** Whether this is the only device: lead, or wait. */
        ONLY_DEVICE,
        /** Who is to lead. */
        CHOOSE_LEADER,
        /** What is to become of a copy of this device. */
        CLONE_DETECTED,
        /** What is to become of late writes. */
        LATE_WRITES,
        /** Whether a device that was not seen for long is gone for good. */
        EVICT_DEVICE,
        /** That a clock is wrong. */
        CLOCK_SKEW;

        private static final Question[] ALL = values();

        /** The number in the file. */
        @SuppressWarnings("EnumOrdinal") // the constants stand in the order of their numbers
        public int code() {
            return ordinal() + 1;
        }

        static Optional<Question> ofCode(long code) {
            return code >= 1 && code <= ALL.length ? Optional.of(ALL[(int) code - 1]) : Optional.empty();
        }
    }

    @Override
    public FileKind kind() {
        return FileKind.CHOICE;
    }
}
