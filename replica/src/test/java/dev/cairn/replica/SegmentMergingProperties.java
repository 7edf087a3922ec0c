package dev.cairn.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.FileKind;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.store.OwnFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Segments are merged into few, and no change is written again and again. */
class SegmentMergingProperties {
    /**
     * Once, and once for each class that is merged; with so few publications as here nothing stays in its class for
     * longer.
     */
    private static final int WRITTEN_MAX = 4;
    /** Seven files of each of four classes, what was sealed since the last merge, and full ones beside. */
    private static final int FILES_MAX = 32;

    private static final int SEGMENT_BYTES_MAX = 8 << 20;

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void nothingIsWrittenAgainAndAgain(@ForAll("commits") List<Tuple2<Integer, Integer>> commits) {
        play(commits, 3);
    }

    /** Sizes of texts in characters, and how many different ones each repeats. */
    @Provide
    Arbitrary<List<Tuple2<Integer, Integer>>> commits() {
        return Arbitraries.of(300, 30_000, 400_000, 950_000)
                .flatMap(size -> Arbitraries.of(50, 5_000, 200_000).map(distinct -> Tuple.of(size, distinct)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    /** Nine full segments which compress so well that all are small files. */
    @Example
    void fullSegmentsStayAsTheyAre() {
        play(Collections.nCopies(80, Tuple.of(950_000, 50)), 80);
    }

    /** Full ones of some megabytes each. */
    @Example
    void largeFullSegmentsStayAsTheyAre() {
        play(Collections.nCopies(80, Tuple.of(950_000, 200_000)), 80);
    }

    /** Five megabytes each: two do not fit one segment, and eight would become five. */
    @Example
    void halfFullSegmentsStayAsTheyAre() {
        play(Collections.nCopies(60, Tuple.of(950_000, 200_000)), 5);
    }

    /** Eight become three, whose ends are in the midst of some of them. */
    @Example
    void whatTwoLaterSegmentsHoldTogetherGoes() {
        play(Collections.nCopies(30, Tuple.of(950_000, 50)), 3);
    }

    /** Small ones beside full ones. */
    @Example
    void smallSegmentsAreMergedAmongFullOnes() {
        List<Tuple2<Integer, Integer>> commits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            commits.add(Tuple.of(i % 20 < 10 ? 950_000 : 30_000, 50));
        }
        play(commits, 1);
    }

    private static void play(List<Tuple2<Integer, Integer>> commits, int perFlush) {
        try (ScratchDirectory scratch = ScratchDirectory.make();
                Fleet fleet = new Fleet(scratch.path())) {
            Device a = fleet.create("a");
            Random random = new Random(1);
            Map<Long, Integer> written = new HashMap<>();
            Set<Long> known = new HashSet<>();
            long bytes = 0;
            for (int i = 0; i < commits.size(); i++) {
                int size = commits.get(i).get1();
                a.put("k" + i % 3, text(random, size, commits.get(i).get2()));
                bytes += size;
                if ((i + 1) % perFlush == 0 || i + 1 == commits.size()) {
                    flush(a, known, written);
                }
            }
            long settled = -1;
            for (int i = 0; i < 12 && settled != a.space.replica().store().number("segment-ordinal", 0); i++) {
                settled = a.space.replica().store().number("segment-ordinal", 0);
                a.put("small", String.valueOf(i));
                flush(a, known, written);
            }
            a.put("small", "last");
            flush(a, known, written);
            assertThat(a.space.replica().store().number("segment-ordinal", 0)).isEqualTo(settled);
            assertThat(segments(a)).hasSizeLessThanOrEqualTo((int) (FILES_MAX + 2 * bytes / SEGMENT_BYTES_MAX));
            assertEachChangeIsInOne(segments(a));
            Device b = fleet.join(a, "b");
            assertThat(b.space.stateHash()).isEqualTo(a.space.stateHash());
        }
    }

    /** Publishes, and tries again as a device does at its next look; every change is in few files ever. */
    private static void flush(Device device, Set<Long> known, Map<Long, Integer> written) {
        for (int i = 0; i < 2; i++) {
            device.space.flush();
            for (OwnFile file : segments(device)) {
                if (known.add(file.ordinal())) {
                    for (long seq = file.firstSeq(); seq <= file.lastSeq(); seq++) {
                        written.merge(seq, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(written.values()).allMatch(times -> times <= WRITTEN_MAX);
    }

    private static void assertEachChangeIsInOne(List<OwnFile> segments) {
        long next = 1;
        for (OwnFile segment : segments.stream()
                .sorted(Comparator.comparingLong(OwnFile::firstSeq))
                .toList()) {
            assertThat(segment.firstSeq()).isEqualTo(next);
            next = segment.lastSeq() + 1;
        }
    }

    private static List<OwnFile> segments(Device device) {
        return device.space.replica().store().own().in(OwnFile.State.PUBLISHED).stream()
                .filter(file -> file.name().kind() == FileKind.SEGMENT)
                .toList();
    }

    private static String text(Random random, int size, int distinct) {
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < Math.min(size, distinct); i++) {
            part.append((char) (' ' + random.nextInt(90)));
        }
        return part.toString().repeat(size / part.length());
    }
}
