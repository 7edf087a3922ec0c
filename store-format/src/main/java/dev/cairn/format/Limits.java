package dev.cairn.format;

/** Every limit of the format, with its unit; checked on write and again on read (SPEC section "Limits"). */
public final class Limits {
    /** Bytes of a sealed file of any kind but those named below: fits a phone's memory. */
    public static final int FILE_BYTES_MAX = 16 << 20;

    /** Bytes of a head file: it is replaced on every flush. */
    public static final int HEAD_FILE_BYTES_MAX = 64 << 10;

    /** Bytes of an election file: there is one fact in it. */
    public static final int ELECTION_FILE_BYTES_MAX = 16 << 10;

    /** Bytes of a member log file. */
    public static final int MEMBER_FILE_BYTES_MAX = 1 << 20;

    /** Bytes of the records of one file after decompression. */
    public static final int RAW_BYTES_MAX = 64 << 20;

    /** Bytes of the compressed changes in a head, above which a writer seals a segment. */
    public static final int TAIL_BYTES_TARGET = 16 << 10;

    /** Times by which decompression may enlarge its input; Deflate itself ends at 1,032. */
    public static final int COMPRESSION_RATIO_MAX = 1100;

    /** Bytes of one encoded change. */
    public static final int CHANGE_BYTES_MAX = 1 << 20;

    /** Changes in one segment or tail. */
    public static final int CHANGES_MAX = 65_536;

    /** Other writers' changes which one change names as parents. */
    public static final int PARENTS_MAX = 64;

    /** UTF-8 bytes of a change's message. */
    public static final int MESSAGE_BYTES_MAX = 4096;

    /** The greatest lamport number, sequence number, counter and distance of a wall time from 1970 in ms: 2^53 - 1. */
    public static final long NUMBER_MAX = (1L << 53) - 1;

    /** The greatest ordinal of a file: ten decimal digits, because it is part of the name. */
    public static final long ORDINAL_MAX = 9_999_999_999L;

    /** Numbered files in one directory of the fan-out. */
    public static final int FILES_PER_DIRECTORY = 1024;

    /** Epochs of a space. */
    public static final int EPOCHS_MAX = 10_000;

    /** Devices of a space. */
    public static final int DEVICES_MAX = 1000;

    /** Writers named in one head: incarnations of all devices. */
    public static final int SEEN_MAX = 1000;

    /** Entries of the acknowledgements in one head. */
    public static final int ACKNOWLEDGED_MAX = 64;

    /** UTF-8 bytes of a device's name. */
    public static final int DEVICE_NAME_BYTES_MAX = 128;

    /** Nested arrays and maps in signed structures. */
    public static final int CBOR_DEPTH_MAX = 16;

    /** Records in one file. */
    public static final int RECORDS_MAX = 4096;

    /** Characters of the path of a file below the folder. */
    public static final int PATH_CHARACTERS_MAX = 120;

    /** Bytes of a checkpoint's image in one part: a part travels as one file and fits a phone's memory. */
    public static final int PART_BYTES = 8 << 20;

    /** Parts of one checkpoint: an image of 32 GiB. */
    public static final int PARTS_MAX = 4096;

    /** Ends of chains in a cut: as many as a head can name writers, and branches of some. */
    public static final int CUT_MAX = 4096;

    /** Bytes of a value in a checkpoint's image. */
    public static final int IMAGE_VALUE_BYTES_MAX = 4 << 20;

    /** Bytes of the state of one document in a checkpoint's image. */
    public static final int IMAGE_STATE_BYTES_MAX = 64 << 20;

    /** Files in one retirement list. */
    public static final int RETIRED_FILES_MAX = 65_536;

    private Limits() {}
}
