package dev.cairn.format.columns;

/**
 * A column of numbers of 64 bits in the making: stretches of equal numbers, and of others one after another.
 *
 * <pre>
 * block := varint((n - 4) * 2 + 1) number       the number n times, at least 4
 *        | varint((n - 1) * 2) number{n}        n numbers, of which no 4 in a row are equal
 * </pre>
 *
 * Stretches are as long as they can be, so one sequence of numbers has one form.
 */
final class NumberWriter {
    static final int REPEATS_MIN = 4;

    private final ByteColumn blocks = new ByteColumn();
    private final ByteColumn literals = new ByteColumn();
    private int literalCount;
    private long value;
    private int repeats;

    void add(long number) {
        if (repeats > 0 && number == value) {
            repeats++;
            return;
        }
        endRepeats();
        value = number;
        repeats = 1;
    }

    void addZigzag(long number) {
        add((number << 1) ^ (number >> 63));
    }

    /** Ends the column, and returns its bytes. */
    ByteColumn end() {
        endRepeats();
        repeats = 0;
        endLiterals();
        return blocks;
    }

    private void endRepeats() {
        if (repeats >= REPEATS_MIN) {
            endLiterals();
            blocks.varint(((long) repeats - REPEATS_MIN) << 1 | 1);
            blocks.varint(value);
            return;
        }
        for (int i = 0; i < repeats; i++) {
            literals.varint(value);
        }
        literalCount += repeats;
    }

    private void endLiterals() {
        if (literalCount > 0) {
            blocks.varint((literalCount - 1L) << 1);
            blocks.append(literals.array(), 0, literals.size());
            literals.clear();
            literalCount = 0;
        }
    }
}
