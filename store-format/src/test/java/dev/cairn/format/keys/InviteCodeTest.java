package dev.cairn.format.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.SpaceId;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InviteCodeTest {
    private static final SpaceId SPACE = SpaceId.of(Bytes.hex("000102030405060708090a0b0c0d0e0f"));

    private final InviteCode code =
            new InviteCode(SPACE, EpochKey.random(0, new Random(1)), Secret.random(32, new Random(2)), true);

    @Test
    void theTextHoldsAllOfIt() {
        InviteCode read = valid(code.text());
        assertThat(read.space()).isEqualTo(SPACE);
        assertThat(read.memberLogKey()).isEqualTo(code.memberLogKey());
        assertThat(read.seed()).isEqualTo(code.seed());
        assertThat(read.approval()).isTrue();
        assertThat(code.text()).matches("cairn1(-[a-z2-7]{8}){17}");
    }

    @Test
    void caseSpacesAndHyphensDoNotMatter() {
        String careless = "  " + code.text().toUpperCase(Locale.ROOT).replace("-", " \n") + " ";
        assertThat(valid(careless).seed()).isEqualTo(code.seed());
    }

    @Test
    void everyWrongCharacterIsNoticed() {
        String text = code.text();
        for (int i = "cairn1-".length(); i < text.length(); i++) {
            if (text.charAt(i) != '-') {
                char other = text.charAt(i) == 'q' ? 'x' : 'q';
                String typo = text.substring(0, i) + other + text.substring(i + 1);
                assertThat(problem(typo)).isEqualTo("the invite code has a mistake in it; copy it again");
            }
        }
    }

    @Test
    void eachMistakeHasItsLine() {
        String text = code.text();
        assertThat(problem("hello")).contains("begins with \"cairn1-\"");
        assertThat(problem("")).contains("begins with");
        assertThat(problem(text.substring(0, text.length() - 3))).contains("has 133 characters", "instead of 136");
        assertThat(problem(text.substring(0, 7) + "0" + text.substring(8)))
                .contains("none of a-z and 2-7", "group 1 of 17");
        assertThat(problem(text + "a")).contains("has 137 characters");
    }

    @Test
    void noSecretIsShown() {
        assertThat(code.toString()).isEqualTo("InviteCode[of space " + SPACE + "]");
        assertThat(problem(code.text() + "a")).doesNotContain(code.text().substring(40, 50));
    }

    private static InviteCode valid(String text) {
        assertThat(InviteCode.parse(text)).isInstanceOf(InviteCode.Parsed.Valid.class);
        return ((InviteCode.Parsed.Valid) InviteCode.parse(text)).code();
    }

    private static String problem(String text) {
        assertThat(InviteCode.parse(text)).isInstanceOf(InviteCode.Parsed.Mistyped.class);
        return ((InviteCode.Parsed.Mistyped) InviteCode.parse(text)).problem();
    }
}
