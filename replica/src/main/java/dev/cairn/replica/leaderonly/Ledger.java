package dev.cairn.replica.leaderonly;

import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Value;
import dev.cairn.format.election.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A leader-only collection as its document tells it.
 *
 * <pre>
 *   section 0.1.A   after -          1  2  3 | 4        4 is late: 0.2.B had begun after 3
 *   section 0.2.B   after 0.1.A.3             1  2
 *   section 1.3.C   after 0.2.B.2                 1     of a user's word, which fences everybody before
 * </pre>
 *
 * <p>A write is in time when every later leadership says that it knew it: the last write it knew is this one or a later
 * one of the same leadership, or one of a leadership in between, which has the same said of it. Since that is said in
 * the first change of a section, it is the causal past, and nothing needs to be asked of the graph of changes. An
 * accepted late write counts right behind the greatest write which was known to whoever accepted it.
 */
public final class Ledger {
    /** The key of the map of decisions. */
    public static final String DECISIONS = "decisions";

    /** How the key of an acceptance begins, before the write's name; its value is the place where the write counts. */
    public static final String ACCEPT = "accept ";

    /** How the key of a dismissal begins, before the write's name. */
    public static final String DISMISS = "dismiss ";

    /** The key of the number of a section's writes. */
    public static final String COUNT = Section.COUNT;

    /** The key of the last write which a section's leader knew when it began. */
    public static final String AFTER = Section.AFTER;

    private final SortedMap<String, Value> entries;
    private final List<LateWrite> late;

    private Ledger(SortedMap<String, Value> entries, List<LateWrite> late) {
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.late = List.copyOf(late);
    }

    /** An edit in the place where it counts. */
    private record Step(WriteName place, int rank, WriteName name, SortedMap<String, Optional<Value>> edits) {
        static final Comparator<Step> ORDER =
                Comparator.comparing(Step::place).thenComparingInt(Step::rank).thenComparing(Step::name);
    }

    /** Reads the root map of a collection's document. */
    public static Ledger of(MapView root) {
        List<Section> sections = sections(root);
        Map<Token, Long> inTime = inTime(sections);
        Decisions decisions = Decisions.of(root);
        List<Step> steps = new ArrayList<>();
        List<LateWrite> late = new ArrayList<>();
        for (Section section : sections) {
            long last = inTime.getOrDefault(section.token(), Long.MAX_VALUE);
            section.writes().forEach((number, edits) -> {
                WriteName name = new WriteName(section.token(), number);
                if (number <= last) {
                    steps.add(new Step(name, 0, name, edits));
                } else {
                    late.add(new LateWrite(name, edits, decisions.state(name)));
                    decisions.place(name).ifPresent(place -> steps.add(new Step(place, 1, name, edits)));
                }
            });
        }
        steps.sort(Step.ORDER);
        SortedMap<String, Value> entries = new TreeMap<>();
        for (Step step : steps) {
            step.edits()
                    .forEach((key, value) ->
                            value.ifPresentOrElse(put -> entries.put(key, put), () -> entries.remove(key)));
        }
        return new Ledger(entries, late);
    }

    private static List<Section> sections(MapView root) {
        List<Section> sections = new ArrayList<>();
        root.entries().forEach((key, node) -> {
            if (node instanceof MapView map) {
                Token.parse(key).ifPresent(token -> sections.add(Section.of(token, map)));
            }
        });
        sections.sort(Comparator.comparing(Section::token));
        return sections;
    }

    /** The number of the last write that is in time, of each leadership that has a later one behind it. */
    private static Map<Token, Long> inTime(List<Section> sections) {
        Map<Token, Long> inTime = new HashMap<>();
        Map<Token, Long> known = new HashMap<>();
        boolean unknowing = false;
        Optional<Token> least = Optional.empty();
        for (int i = sections.size() - 1; i >= 0; i--) {
            Section section = sections.get(i);
            if (unknowing
                    || least.filter(token -> token.compareTo(section.token()) < 0)
                            .isPresent()) {
                inTime.put(section.token(), 0L);
            } else if (known.containsKey(section.token())) {
                inTime.put(section.token(), known.getOrDefault(section.token(), 0L));
            }
            Optional<WriteName> after = section.after();
            unknowing |= after.isEmpty();
            if (after.isPresent()) {
                known.merge(after.get().token(), after.get().number(), Math::min);
                least = least.filter(token -> token.compareTo(after.get().token()) <= 0)
                        .or(() -> Optional.of(after.get().token()));
            }
        }
        return inTime;
    }

    /** The greatest write there is, which a new section says it comes after. */
    public static Optional<WriteName> last(MapView root) {
        Optional<WriteName> last = Optional.empty();
        for (String key : root.entries().keySet()) {
            Optional<Token> token = Token.parse(key);
            if (token.isPresent()
                    && last.filter(one -> one.token().compareTo(token.get()) >= 0)
                            .isEmpty()) {
                long count = root.get(key)
                        .filter(MapView.class::isInstance)
                        .map(node -> Section.count((MapView) node))
                        .orElse(0L);
                if (count > 0) {
                    last = Optional.of(new WriteName(token.get(), count));
                }
            }
        }
        return last;
    }

    /** The key under which a write says what it does to a key of the collection: assign, or else remove. */
    public static String key(long number, boolean put, String key) {
        return Section.key(number, put, key);
    }

    /** What the collection holds. */
    public SortedMap<String, Value> entries() {
        return entries;
    }

    /** The writes that were kept aside, whatever was decided about them. */
    public List<LateWrite> late() {
        return late;
    }

    /** What was decided about late writes. */
    private record Decisions(Map<WriteName, WriteName> accepted, TreeSet<WriteName> dismissed) {
        static Decisions of(MapView root) {
            Decisions decisions = new Decisions(new HashMap<>(), new TreeSet<>());
            root.get(DECISIONS)
                    .filter(MapView.class::isInstance)
                    .ifPresent(node -> ((MapView) node).entries().forEach((key, value) -> {
                        if (key.startsWith(ACCEPT) && value instanceof Value.Str text) {
                            WriteName.parse(key.substring(ACCEPT.length()))
                                    .ifPresent(name -> WriteName.parse(text.value())
                                            .ifPresent(place -> decisions.accepted.put(name, place)));
                        } else if (key.startsWith(DISMISS)) {
                            WriteName.parse(key.substring(DISMISS.length())).ifPresent(decisions.dismissed::add);
                        }
                    }));
            return decisions;
        }

        /** An accepted write was accepted, also when somebody else dismissed it meanwhile. */
        LateWrite.State state(WriteName name) {
            return accepted.containsKey(name)
                    ? LateWrite.State.ACCEPTED
                    : dismissed.contains(name) ? LateWrite.State.DISMISSED : LateWrite.State.PENDING;
        }

        Optional<WriteName> place(WriteName name) {
            return Optional.ofNullable(accepted.get(name));
        }
    }
}
