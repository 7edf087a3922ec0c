package dev.cairn.replica.leaderonly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.crdt.view.Value;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random fleets in which several believe that they lead, against a twin which knows every causal past. */
final class LedgerProperties {
    private static final int ACTS = 120;

    /** A write with everything its author had when it made it. */
    private record Made(WriteName name, String key, Optional<Long> value, Set<WriteName> past) {}

    private static final class Device {
        final Drawn document = new Drawn();
        final Set<WriteName> known = new TreeSet<>();
        Optional<Token> token = Optional.empty();

        /** Takes in all that another device has: of each section the longer one. */
        void learn(Device other) {
            other.document.entries().forEach((key, node) -> {
                Drawn section = (Drawn) node;
                if (Section.count(section) > Section.count(document.map(key))) {
                    document.map(key).entries().putAll(section.entries());
                }
            });
            known.addAll(other.known);
        }

        Optional<Made> write(Random random) {
            Optional<WriteName> last = Ledger.last(document);
            if (token.isEmpty()
                    || last.filter(one -> one.token().compareTo(token.get()) > 0)
                            .isPresent()) {
                return Optional.empty();
            }
            Drawn section = document.map(token.get().toString());
            long number = Section.count(section) + 1;
            if (number == 1) {
                last.ifPresent(one -> section.put(Section.AFTER, one.toString()));
            }
            String key = "k" + random.nextInt(4);
            Optional<Long> value = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(random.nextLong());
            section.put(Section.COUNT, number);
            section.put(
                    Section.key(number, value.isPresent(), key),
                    value.map(one -> (Object) one).orElse(true));
            WriteName name = new WriteName(token.get(), number);
            Made made = new Made(name, key, value, new HashSet<>(known));
            known.add(name);
            return Optional.of(made);
        }
    }

    private static Token token(Random random, int device, Device who) {
        long term =
                who.known.stream().mapToLong(name -> name.token().term()).max().orElse(0) + 1 + random.nextInt(2);
        return new Token(random.nextInt(8) == 0 ? 1 : 0, term, new WriterId(device + 1L, 1));
    }

    @Property(tries = 300)
    void aWriteIsLateExactlyWhenALaterLeaderDidNotKnowIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int devices) {
        Random random = new Random(seed);
        List<Device> fleet = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            fleet.add(new Device());
        }
        List<Made> all = new ArrayList<>();
        Set<Token> taken = new HashSet<>();
        for (int act = 0; act < ACTS; act++) {
            int which = random.nextInt(devices);
            Device device = fleet.get(which);
            switch (random.nextInt(4)) {
                case 0 -> device.learn(fleet.get(random.nextInt(devices)));
                case 1 -> {
                    Token token = token(random, which, device);
                    if (taken.add(token)) {
                        device.token = Optional.of(token);
                    }
                }
                default -> device.write(random).ifPresent(all::add);
            }
        }
        Device reader = new Device();
        fleet.forEach(reader::learn);
        check(Ledger.of(reader.document), all);
    }

    private static void check(Ledger ledger, List<Made> all) {
        Set<WriteName> late = new TreeSet<>();
        SortedMap<String, Value> entries = new TreeMap<>();
        Map<WriteName, Made> inOrder = new TreeMap<>();
        all.forEach(made -> inOrder.put(made.name(), made));
        inOrder.forEach((name, made) -> {
            boolean unknown = all.stream()
                    .anyMatch(other -> other.name().token().compareTo(name.token()) > 0
                            && !other.past().contains(name));
            if (unknown) {
                late.add(name);
            } else {
                made.value()
                        .ifPresentOrElse(
                                value -> entries.put(made.key(), Value.of(value)), () -> entries.remove(made.key()));
            }
        });
        assertThat(ledger.late().stream().map(LateWrite::name)).containsExactlyElementsOf(late);
        assertThat(ledger.entries()).isEqualTo(entries);
    }
}
