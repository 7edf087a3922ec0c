package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.file.TooNewException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries of a paper in the order of their keys, which are 1, 2, 3 and so on; the reader counts them. */
final class PaperReader {
    /** Entries of a paper with all that later versions may add. */
    private static final int ENTRIES_MAX = 1000;
    /** The keys from this one on are passed over when they are not known. */
    private static final int OPTIONAL_KEYS = 128;

    private static final long NONE = -1;

    private final CborReader in;
    /** Entries whose key was not read yet. */
    private int left;
    /** The key that was read and whose value was not. */
    private long next = NONE;
    /** The entries that were taken. */
    private long taken;

    PaperReader(Bytes body) throws MalformedException {
        in = new CborReader(body);
        left = in.map(ENTRIES_MAX);
    }

    /** A constant of an enumeration by its number. */
    interface ByCode<T> {
        Optional<T> of(long code);
    }

    /** What stands behind the writer in an item of a list. */
    interface Item<T> {
        T read(WriterId writer, CborReader in) throws MalformedException;
    }

    /** Whether there is an entry with the key that is due. */
    boolean has() throws MalformedException {
        if (next == NONE && left > 0) {
            next = in.key();
            left--;
        }
        return next == taken + 1;
    }

    private CborReader entry() throws MalformedException {
        if (!has()) {
            throw new MalformedException("no entry " + (taken + 1) + " where one belongs");
        }
        next = NONE;
        taken++;
        return in;
    }

    long number() throws MalformedException {
        return number(Limits.NUMBER_MAX);
    }

    long number(long max) throws MalformedException {
        return entry().unsigned(max);
    }

    long time() throws MalformedException {
        return entry().integer(-Limits.NUMBER_MAX, Limits.NUMBER_MAX);
    }

    boolean flag() throws MalformedException {
        return entry().bool();
    }

    String text(int bytesMax) throws MalformedException {
        return entry().text(bytesMax);
    }

    Bytes bytes(int size) throws MalformedException {
        return entry().bytes(size).compact();
    }

    WriterId writer() throws MalformedException {
        return writer(entry());
    }

    private static WriterId writer(CborReader in) throws MalformedException {
        return WriterId.of(in.bytes(WriterId.SIZE));
    }

    long incarnation() throws MalformedException {
        return random(entry());
    }

    /** The 8 random bytes of an incarnation. */
    static long random(CborReader in) throws MalformedException {
        return in.bytes(Long.BYTES).getLong(0);
    }

    /** A number which this version does not know may mean anything: the file is too new. */
    <T> T constant(ByCode<T> constants) throws MalformedException, TooNewException {
        long code = number();
        return constants.of(code).orElseThrow(() -> new TooNewException("value " + code + " of entry " + taken));
    }

    Token token() throws MalformedException {
        CborReader parts = array(entry(), 3);
        return new Token(number(parts), number(parts), writer(parts));
    }

    static long number(CborReader in) throws MalformedException {
        return in.unsigned(Limits.NUMBER_MAX);
    }

    private static CborReader array(CborReader in, int parts) throws MalformedException {
        int found = in.array(parts);
        if (found != parts) {
            throw new MalformedException("an entry of " + found + " parts, not " + parts);
        }
        return in;
    }

    /** An array of arrays of so many parts, of which the first is a writer; the writers ascend. */
    <T> List<T> list(int sizeMax, int parts, Item<T> item) throws MalformedException {
        CborReader list = entry();
        int size = list.array(sizeMax);
        List<T> items = new ArrayList<>(size);
        Optional<WriterId> before = Optional.empty();
        for (int i = 0; i < size; i++) {
            WriterId writer = writer(array(list, parts));
            if (before.isPresent() && before.get().compareTo(writer) >= 0) {
                throw new MalformedException("writers which do not ascend");
            }
            before = Optional.of(writer);
            items.add(item.read(writer, list));
        }
        return items;
    }

    /** Passes over what a reader may pass over, and must have seen all then. */
    void end() throws MalformedException, TooNewException {
        for (has(); next != NONE; has()) {
            if (next < OPTIONAL_KEYS) {
                throw new TooNewException("entry " + next);
            }
            in.skip();
            next = NONE;
        }
        in.end();
    }
}
