package dev.cairn.crdt.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An append-only store of byte strings, addressed by an int: pages of 1 MiB (the first ones smaller), of which no
 * string straddles two.
 *
 * <p>A longer string gets an array of its own that takes as many page numbers as it needs. An address is
 * {@code page << 20 | offset}; 2 GiB in all.
 */
public final class ByteLog {
    private static final int PAGE_BITS = 20;
    private static final int PAGE = 1 << PAGE_BITS;

    private byte[][] pages = new byte[4][];
    private int[] bases = new int[4];
    private int pageCount;
    private int pageUsed;
    private int pageLength = -1;

    // the page of the last view, and all of it
    private byte[] viewedPage = {};
    private ByteBuffer viewed = ByteBuffer.allocate(0);

    /** Returns the address at which a string of that length now has its room; the caller fills it. */
    public int allocate(int length) {
        if (length > pageLength - pageUsed) {
            addPages(length);
        }
        int address = (firstPageOfLast() << PAGE_BITS) + pageUsed;
        pageUsed += length;
        return address;
    }

    private int firstPageOfLast() {
        return pageCount - 1 - (bases[pageCount - 1] >>> PAGE_BITS);
    }

    private void addPages(int length) {
        int needed = Math.max(1, (length + PAGE - 1) >>> PAGE_BITS);
        if (pageCount + needed > Integer.MAX_VALUE >>> PAGE_BITS) {
            throw new IllegalStateException("more than 2 GiB of operations in one space");
        }
        if (pageCount + needed > pages.length) {
            int capacity = Math.max(pages.length * 2, pageCount + needed);
            pages = Arrays.copyOf(pages, capacity);
            bases = Arrays.copyOf(bases, capacity);
        }
        int growing = Math.min(PAGE, 4096 << Math.min(pageCount, 8));
        byte[] bytes = new byte[Math.max(length, growing)];
        for (int i = 0; i < needed; i++) {
            pages[pageCount] = bytes;
            bases[pageCount] = i << PAGE_BITS;
            pageCount++;
        }
        pageUsed = 0;
        pageLength = bytes.length;
    }

    /** Appends a copy of {@code length} bytes of the buffer from the absolute index on and returns their address. */
    public int append(ByteBuffer source, int start, int length) {
        int address = allocate(length);
        if (length > 0) {
            source.get(start, array(address), offset(address), length);
        }
        return address;
    }

    /** Appends a copy of the bytes and returns their address. */
    public int append(byte[] source, int start, int length) {
        int address = allocate(length);
        if (length > 0) {
            System.arraycopy(source, start, array(address), offset(address), length);
        }
        return address;
    }

    /** Returns the string of that length at that address, read-only; what was appended never changes. */
    public ByteBuffer view(int address, int length) {
        byte[] page = array(address);
        if (page != viewedPage) {
            viewedPage = page;
            viewed = ByteBuffer.wrap(page).asReadOnlyBuffer();
        }
        return viewed.slice(offset(address), length);
    }

    /** Returns the array which holds the string at that address. */
    public byte[] array(int address) {
        return pages[address >>> PAGE_BITS];
    }

    /** Returns where in {@link #array} the string at that address starts. */
    public int offset(int address) {
        return bases[address >>> PAGE_BITS] + (address & (PAGE - 1));
    }
}
