package dev.cairn.format;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The canonical name of a file inside its writer's directory.
 *
 * <p>A name is a hint, never an identity: a file is known by its authenticated content. Only heads and election files
 * are taken from their exact place and name. Names are lower-case ASCII with one dot, at most 38 characters, so that
 * they survive case folding, Unicode normalisation and the reserved names of every common file system and sync tool.
 */
public sealed interface FileName permits FileName.Numbered, FileName.HeadSlot, FileName.Election {
    /** The directory under the folder which holds one directory for each writer. */
    String DEVICES = "devices";

    /** The directory in which a writer keeps verbatim copies of other writers' missing files. */
    String RESCUE = "rescue";

    /** The ending of all names. */
    String EXTENSION = ".cairn";

    /** The kind of the file. */
    FileKind kind();

    /** The last component of the path. */
    String text();

    /** The path below the writer's directory, with '/' between the components. */
    String pathInWriterDirectory();

    /** The path below the folder, with '/' between the components. */
    default String path(WriterId writer) {
        return DEVICES + "/" + writer + "/" + pathInWriterDirectory();
    }

    /**
     * The name of an immutable file.
     *
     * @param ordinal the running number of the file among those of its writer and kind, from 1
     * @param digest the first 20 hexadecimal digits of the SHA-256 of the whole file
     */
    record Numbered(FileKind kind, long ordinal, String digest) implements FileName {
        /** The digits of the digest in a name. */
        public static final int DIGEST_DIGITS = 20;

        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{" + DIGEST_DIGITS + "}");

        /** Checks the parts. */
        public Numbered {
            if (!kind.numbered()) {
                throw new IllegalArgumentException("files of kind " + kind + " have no number");
            }
            if (ordinal < 1 || ordinal > Limits.ORDINAL_MAX) {
                throw new IllegalArgumentException("ordinal " + ordinal + " is outside 1 .. " + Limits.ORDINAL_MAX);
            }
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(
                        "not " + DIGEST_DIGITS + " lower-case hexadecimal digits: " + digest);
            }
        }

        /** The name of the file with the given content. */
        public static Numbered of(FileKind kind, long ordinal, Bytes file) {
            return new Numbered(kind, ordinal, file.sha256().toHex().substring(0, DIGEST_DIGITS));
        }

        @Override
        public String text() {
            String digits = Long.toString(ordinal);
            return kind.letter() + "0".repeat(10 - digits.length()) + digits + "-" + digest + EXTENSION;
        }

        @Override
        public String pathInWriterDirectory() {
            if (!kind.fannedOut()) {
                return kind.place() + "/" + text();
            }
            String group = Long.toString(ordinal / Limits.FILES_PER_DIRECTORY);
            return kind.place() + "/" + "0".repeat(Math.max(0, 4 - group.length())) + group + "/" + text();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The name of one of the two heads of a writer: {@code head-0.cairn} or {@code head-1.cairn}. */
    record HeadSlot(int slot) implements FileName {
        /** Checks the slot. */
        public HeadSlot {
            if (slot != 0 && slot != 1) {
                throw new IllegalArgumentException("no head slot " + slot);
            }
        }

        @Override
        public FileKind kind() {
            return FileKind.HEAD;
        }

        @Override
        public String text() {
            return "head-" + slot + EXTENSION;
        }

        @Override
        public String pathInWriterDirectory() {
            return text();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The name of an election file, such as {@code vote.cairn}. */
    record Election(FileKind kind) implements FileName {
        /** Checks the kind. */
        public Election {
            if (!kind.election()) {
                throw new IllegalArgumentException(kind + " is not part of an election");
            }
        }

        @Override
        public String text() {
            return kind.place() + EXTENSION;
        }

        @Override
        public String pathInWriterDirectory() {
            return text();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The name with exactly this text, or nothing when it is not one of ours. */
    static Optional<FileName> parse(String text) {
        return NameGrammar.parse(text);
    }

    /**
     * The place at exactly this path below the folder ('/' between components), or nothing when it is not canonical.
     */
    static Optional<Place> parsePath(String path) {
        return NameGrammar.parsePath(path);
    }

    /** A canonical place in the folder: whose directory, and which file in it. */
    record Place(WriterId writer, FileName name) {
        /** The path below the folder. */
        public String path() {
            return name.path(writer);
        }
    }
}
