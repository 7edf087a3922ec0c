package dev.cairn.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.merge.text.TextMerge.Labels;
import dev.cairn.merge.text.TextMerge.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class TextMergeProperties {
    private static final Labels LABELS = new Labels("m", "b", "t");

    @Property(tries = 3000)
    void noLineIsLost(@ForAll("cases") Case it) {
        List<Piece> pieces = ThreeWay.merge(it.base(), it.mine(), it.theirs());
        List<String> shown = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Merged merged) {
                shown.addAll(merged.lines());
            } else if (piece instanceof Piece.Clash clash) {
                shown.addAll(clash.region().mine());
                shown.addAll(clash.region().theirs());
            }
        }
        shown.forEach(line -> words.addAll(List.of(line.split(" "))));
        Stream.of(it.mine(), it.theirs())
                .forEach(side -> side.forEach(line -> {
                    boolean deleted = it.base().contains(line)
                            && (count(it.mine(), line) < count(it.base(), line)
                                    || count(it.theirs(), line) < count(it.base(), line));
                    boolean merged = Stream.of(line.split(" "))
                            .allMatch(word ->
                                    words.contains(word) || it.baseWords().contains(word));
                    assertThat(shown.contains(line) || deleted || merged)
                            .as("%s of %s gives %s", line, it, shown)
                            .isTrue();
                }));
    }

    @Property(tries = 3000)
    void wordsAddedByEitherSideAreThere(@ForAll("cases") Case it) {
        Result result = merge(it.base(), it.mine(), it.theirs());
        String content = new String(content(result).toArray(), java.nio.charset.StandardCharsets.UTF_8);
        Stream.of(it.mine(), it.theirs())
                .flatMap(List::stream)
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(word -> !it.baseWords().contains(word))
                .forEach(word -> assertThat(List.of(content.split("\\s"))).contains(word));
    }

    @Property(tries = 3000)
    void rolesDoNotMatter(@ForAll("cases") Case it) {
        Result one = merge(it.base(), it.mine(), it.theirs());
        Result other = merge(it.base(), it.theirs(), it.mine());
        assertThat(one.getClass()).isEqualTo(other.getClass());
        if (one instanceof Result.Clean) {
            assertThat(one).isEqualTo(other);
        }
    }

    @Property(tries = 3000)
    void aSideThatDidNothingChangesNothing(@ForAll("cases") Case it) {
        assertThat(merge(it.base(), it.mine(), it.base())).isEqualTo(new Result.Clean(bytes(it.mine())));
        assertThat(merge(it.base(), it.mine(), it.mine())).isEqualTo(new Result.Clean(bytes(it.mine())));
    }

    @Property(tries = 3000)
    void anUnionHasEveryLineOfBoth(@ForAll("cases") Case it) {
        if (TextMerge.union(bytes(it.mine()), bytes(it.theirs()), LABELS) instanceof Result.Clean clean) {
            assertThat(TextMerge.isWithin(bytes(it.mine()), clean.content())).isTrue();
            assertThat(TextMerge.isWithin(bytes(it.theirs()), clean.content())).isTrue();
        }
    }

    @Property(tries = 2000)
    void everyTextIsWrittenAsItWasRead(@ForAll byte[] content) {
        Bytes file = Bytes.copyOf(content);
        TextFile.of(file).ifPresent(text -> assertThat(text.bytes()).isEqualTo(file));
    }

    private static Bytes content(Result result) {
        return result instanceof Result.Clean clean ? clean.content() : ((Result.Clashes) result).content();
    }

    private static long count(List<String> lines, String line) {
        return lines.stream().filter(line::equals).count();
    }

    private static Result merge(List<String> base, List<String> mine, List<String> theirs) {
        return TextMerge.merge(bytes(base), bytes(mine), bytes(theirs), LABELS);
    }

    private static Bytes bytes(List<String> lines) {
        return Bytes.utf8(
                String.join("", lines.stream().map(line -> line + "\n").toList()));
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<String> words = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
        Arbitrary<String> lines = words.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join(" ", list));
        Arbitrary<List<String>> base = lines.list().ofMaxSize(8);
        Arbitrary<List<Edit>> edits = Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("p", "q", "r", "a b", "c d e p"))
                .as(Edit::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(base, edits, edits)
                .as((old, mine, theirs) -> new Case(old, edited(old, mine, 0), edited(old, theirs, 100)));
    }

    private static List<String> edited(List<String> base, List<Edit> edits, int salt) {
        List<String> lines = new ArrayList<>(base);
        for (Edit edit : edits) {
            int at = Math.min(edit.at(), lines.size());
            if (edit.kind() == 0) {
                lines.add(at, edit.text() + " n" + (salt + edit.at() % 3));
            } else if (at < lines.size() && edit.kind() == 1) {
                lines.remove(at);
            } else if (at < lines.size()) {
                lines.set(at, lines.get(at) + " " + edit.text());
            }
        }
        return lines;
    }

    record Edit(int at, int kind, String text) {}

    record Case(List<String> base, List<String> mine, List<String> theirs) {
        List<String> baseWords() {
            return base.stream().flatMap(line -> Stream.of(line.split(" "))).toList();
        }
    }
}
