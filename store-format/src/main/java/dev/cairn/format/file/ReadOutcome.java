package dev.cairn.format.file;

import dev.cairn.format.DeviceId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of reading bytes which were found in the folder; every possible one is a value, and nobody deletes another
 * writer's file for any of them.
 *
 * @param <T> what a file of the expected kind holds
 */
public sealed interface ReadOutcome<T> {
    /** A stable word for programs, such as {@code incomplete}. */
    String code();

    /** One line which continues a sentence that begins with the file's name: what it means and what to do. */
    String text();

    /** The content, if the file is verified. */
    default Optional<T> content() {
        return Optional.empty();
    }

    /** The file is what its writer made: complete, decrypted, within limits and, where signed, signed. */
    record Verified<T>(T value) implements ReadOutcome<T> {
        @Override
        public Optional<T> content() {
            return Optional.of(value);
        }

        @Override
        public String code() {
            return "verified";
        }

        @Override
        public String text() {
            return "is valid";
        }
    }

    /** The file is not whole, which is normal while it is being copied: look again later. */
    record Incomplete<T>(Defect defect) implements ReadOutcome<T> {
        @Override
        public String code() {
            return "incomplete";
        }

        @Override
        public String text() {
            return defect.text + "; it is read again when the sync tool has finished it";
        }
    }

    /** The file is whole and something else must arrive before it can be read. */
    record Waiting<T>(Need need) implements ReadOutcome<T> {
        @Override
        public String code() {
            return need.code();
        }

        @Override
        public String text() {
            return "waits for " + need.text() + "; it is read again when that arrives";
        }
    }

    /** The file is whole and not acceptable. */
    record Refused<T>(Refusal reason, String detail) implements ReadOutcome<T> {
        @Override
        public String code() {
            return reason.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String text() {
            return reason.text() + " (" + detail + ")";
        }
    }

    /** The file uses something which this version does not know. */
    record TooNew<T>(String detail) implements ReadOutcome<T> {
        @Override
        public String code() {
            return "too_new";
        }

        @Override
        public String text() {
            return "was written by a newer version (" + detail + "); update this application to read it";
        }
    }

    /** The bytes do not begin as a Cairn file does. */
    record NotOurs<T>() implements ReadOutcome<T> {
        @Override
        public String code() {
            return "not_ours";
        }

        @Override
        public String text() {
            return "is not a Cairn file and is left alone";
        }
    }

    /** What makes a file incomplete. */
    enum Defect {
        /** Fewer bytes than an envelope has. */
        TOO_SHORT("is shorter than any Cairn file"),
        /** Another number of bytes than it declares. */
        LENGTH_DIFFERS("does not have the length it declares"),
        /** The end mark is missing, as in a file whose room was reserved and not yet filled. */
        NO_END("does not have its end yet"),
        /** The digest at the end does not fit the bytes before it. */
        DIGEST_DIFFERS("does not fit its own digest");

        private final String text;

        Defect(String text) {
            this.text = text;
        }
    }

    /** What a whole file waits for. */
    sealed interface Need {
        /** A stable word for programs. */
        String code();

        /** The thing in words. */
        String text();

        /** The key of an epoch. */
        record Key(int epoch) implements Need {
            @Override
            public String code() {
                return "waiting_key";
            }

            @Override
            public String text() {
                return "the key of epoch " + epoch;
            }
        }

        /** The member log's entry about a device. */
        record MemberEntry(DeviceId device) implements Need {
            @Override
            public String code() {
                return "waiting_member";
            }

            @Override
            public String text() {
                return "the member entry of device " + device;
            }
        }
    }

    /** The same outcome, with the outcome of {@code next} on the content in place of a verified one. */
    default <R> ReadOutcome<R> then(Function<? super T, ReadOutcome<R>> next) {
        if (this instanceof Verified<T> verified) {
            return next.apply(verified.value());
        } else if (this instanceof Incomplete<T> incomplete) {
            return new Incomplete<>(incomplete.defect());
        } else if (this instanceof Waiting<T> waiting) {
            return new Waiting<>(waiting.need());
        } else if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.reason(), refused.detail());
        } else if (this instanceof TooNew<T> tooNew) {
            return new TooNew<>(tooNew.detail());
        }
        return new NotOurs<>();
    }
}
