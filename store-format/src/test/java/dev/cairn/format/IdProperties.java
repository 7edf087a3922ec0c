package dev.cairn.format;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class IdProperties {
    @Property
    void keepsItsBytesAndOrder(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        WriterId one = new WriterId(a, b);
        WriterId two = new WriterId(c, d);
        assertThat(WriterId.of(one.bytes())).isEqualTo(one);
        assertThat(WriterId.parse(one.toString())).contains(one);
        assertThat(Integer.signum(one.compareTo(two)))
                .isEqualTo(Integer.signum(one.bytes().compareTo(two.bytes())));
    }
}
