package dev.cairn.crdt.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/** What users expect of the order of characters, whoever typed them and however they arrived. */
final class OrderProperties {
    /** How somebody types a word. */
    enum Typing {
        FORWARDS,
        BACKWARDS,
        ANYWHERE_INSIDE;

        int next(int length, Random random) {
            return switch (this) {
                case FORWARDS -> length;
                case BACKWARDS -> 0;
                case ANYWHERE_INSIDE -> random.nextInt(length + 1);
            };
        }
    }

    /** A character with the visible neighbours between which its author put it, as code points. */
    private record Typed(
            @Nullable Integer left, int character, @Nullable Integer right) {}

    /** The first of 20,000 characters each of which is one UTF-16 code unit. */
    private static final int FIRST_CHARACTER = 0x4E00;

    private final List<Typed> typed = new ArrayList<>();
    private int nextCharacter = FIRST_CHARACTER;

    /** Every try has as many unique characters as it needs: nothing of the last one is left. */
    @BeforeTry
    void startAnew() {
        typed.clear();
        nextCharacter = FIRST_CHARACTER;
    }

    private static String text(Fleet.Device device) {
        return device.engine
                .document(Fleet.DOCUMENTS.get(0))
                .at("t")
                .map(Object::toString)
                .orElse("");
    }

    /** Types one fresh character before the index and notes its neighbours. */
    private int type(TwinSession session, int index) {
        TwinSession.OfText text = session.root().text("t");
        String before = text.text();
        int character = nextCharacter++;
        text.insert(index, Character.toString(character));
        typed.add(new Typed(
                index == 0 ? null : (int) before.charAt(index - 1),
                character,
                index == before.length() ? null : (int) before.charAt(index)));
        return character;
    }

    /** Types a word of that length, one commit a character or one for all; returns it. */
    private String typeWord(Fleet.Device device, int index, int length, Typing how, boolean atOnce, Random random) {
        List<Integer> word = new ArrayList<>();
        if (atOnce) {
            device.commit(session -> {
                for (int i = 0; i < length; i++) {
                    int at = how.next(i, random);
                    word.add(at, type(session, index + at));
                }
            });
        } else {
            for (int i = 0; i < length; i++) {
                int at = how.next(i, random);
                device.commit(session -> word.add(at, type(session, index + at)));
            }
        }
        StringBuilder text = new StringBuilder();
        word.forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Several rounds in which everybody types a word at the same place, without knowing of the others. */
    @Property(tries = 150)
    void concurrent_words_do_not_interleave(
            @ForAll @IntRange(min = 2, max = 5) int devices,
            @ForAll @Size(min = 1, max = 4) List<Typing> rounds,
            @ForAll int seed) {
        Random random = new Random(seed);
        Fleet fleet = new Fleet(devices);
        for (Typing round : rounds) {
            String before = text(fleet.devices.get(0));
            int place = random.nextInt(before.length() + 1);
            List<String> words = new ArrayList<>();
            for (Fleet.Device device : fleet.devices) {
                Typing how = random.nextInt(3) > 0 ? round : Typing.values()[random.nextInt(3)];
                words.add(typeWord(device, place, 1 + random.nextInt(6), how, random.nextBoolean(), random));
            }
            fleet.settle(random);
            String after = text(fleet.devices.get(0));
            assertThat(after).startsWith(before.substring(0, place)).endsWith(before.substring(place));
            assertThat(after).contains(words);
        }
    }

    /** What stands between two characters when it is typed stays between them, and nothing changes places later. */
    @Property(tries = 150)
    void a_character_stays_between_the_neighbours_its_author_saw(
            @ForAll @IntRange(min = 2, max = 4) int devices, @ForAll @Size(max = 60) List<Integer> steps) {
        Fleet fleet = new Fleet(devices);
        for (int seed : steps) {
            Random random = new Random(seed);
            Fleet.Device device = fleet.devices.get(random.nextInt(devices));
            String before = text(device);
            int what = random.nextInt(10);
            if (what < 2) {
                device.receive(fleet.some(random));
            } else if (what < 4 && !before.isEmpty()) {
                device.commit(session -> session.root().text("t").delete(random.nextInt(before.length()), 1));
            } else {
                int index = random.nextInt(before.length() + 1);
                typeWord(device, index, 1 + random.nextInt(3), Typing.values()[what % 3], true, random);
            }
            assertOrder(before, text(device));
        }
        fleet.settle(new Random(steps.size()));
        assertOrder(text(fleet.devices.get(0)), text(fleet.devices.get(devices - 1)));
    }

    private void assertOrder(String before, String after) {
        Map<Integer, Integer> places = new HashMap<>();
        IntStream.range(0, after.length()).forEach(i -> places.put((int) after.charAt(i), i));
        assertThat(before.chars().mapToObj(places::get).filter(place -> place != null))
                .as("what was there before keeps its order")
                .isSorted();
        for (Typed one : typed) {
            Integer place = places.get(one.character());
            if (place != null) {
                assertThat(places.getOrDefault(one.left(), -1)).isLessThan(place);
                assertThat(places.getOrDefault(one.right(), after.length())).isGreaterThan(place);
            }
        }
    }
}
