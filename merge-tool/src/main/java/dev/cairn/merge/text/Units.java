package dev.cairn.merge.text;

import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/**
 * Lines or words as numbers, so that comparing two costs one instruction; the differences are JGit's.
 *
 * <p>The histogram difference anchors at what is rare, which is what people see as the same place. Stretches in which
 * everything is frequent are left to Myers' algorithm while they are small; a large one is one replacement, since
 * Myers' is quadratic there and any answer is as good.
 */
final class Units extends Sequence {
    /** Size of the product of two stretches up to which Myers' algorithm is asked: a few milliseconds. */
    private static final long MYERS_MAX = 4_000_000;

    private static final DiffAlgorithm DIFFERENCES = differences();

    private final int[] numbers;

    private Units(int[] numbers) {
        this.numbers = numbers;
    }

    /** Numbers texts; equal texts get equal numbers as long as the same map is used. */
    static Units of(List<String> texts, Map<String, Integer> known) {
        int[] numbers = new int[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = known.computeIfAbsent(texts.get(i), text -> known.size());
        }
        return new Units(numbers);
    }

    /** What to replace in this to get the other, in order. */
    List<Edit> edits(Units other) {
        return DIFFERENCES.diff(Equality.EXACT, this, other);
    }

    @Override
    public int size() {
        return numbers.length;
    }

    private static DiffAlgorithm differences() {
        HistogramDiff histogram = new HistogramDiff();
        histogram.setFallbackAlgorithm(new SmallOnly());
        return histogram;
    }

    /** Myers' algorithm where it is quick. */
    private static final class SmallOnly extends DiffAlgorithm {
        @Override
        public <S extends Sequence> EditList diffNonCommon(SequenceComparator<? super S> equality, S a, S b) {
            if ((long) a.size() * b.size() <= MYERS_MAX) {
                return MyersDiff.INSTANCE.diffNonCommon(equality, a, b);
            }
            EditList all = new EditList();
            all.add(new Edit(0, a.size(), 0, b.size()));
            return all;
        }
    }

    /** Equality of numbers. */
    private static final class Equality extends SequenceComparator<Units> {
        static final Equality EXACT = new Equality();

        @Override
        public boolean equals(Units a, int ai, Units b, int bi) {
            return a.numbers[ai] == b.numbers[bi];
        }

        @Override
        public int hash(Units units, int index) {
            return units.numbers[index];
        }
    }
}
