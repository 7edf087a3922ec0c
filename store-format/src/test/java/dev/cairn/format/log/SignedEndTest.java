package dev.cairn.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The signature over the end of a chain proves it wherever it came from. */
class SignedEndTest {
    private final ChangeRun run = Fixture.run(20);

    private static boolean proves(SignedEnd end, ChainPoint point) throws MalformedException {
        return new SignedEnd(end.encoded()).proves(Fixture.SPACE, Fixture.WRITER, Fixture.KEY.verifyingKey(), point);
    }

    @Test
    void ofASegmentItProvesItsLastChangeAndNoOther() throws MalformedException {
        SignedEnd end = Fixture.readSegment(
                        Fixture.segments().seal(1, run.slice(5, 20)).content())
                .content()
                .orElseThrow()
                .end();
        assertThat(proves(end, run.after())).isTrue();
        assertThat(proves(end, run.pointAfter(18))).isFalse();
        assertThat(end.proves(Fixture.SPACE, Fixture.OTHER, Fixture.KEY.verifyingKey(), run.after()))
                .isFalse();
    }

    @Test
    void ofAHeadItProvesWhereTheHeadEnds() throws MalformedException {
        HeadBody body = new HeadBody(
                Fixture.DEVICE,
                20,
                run.after().hash(),
                List.of(),
                List.of(),
                0,
                List.of(),
                "v",
                0,
                "n",
                Optional.empty());
        SignedEnd end = Fixture.readHead(
                        Fixture.heads().seal(4, body, Optional.of(run)).content())
                .content()
                .orElseThrow()
                .end();
        assertThat(proves(end, run.after())).isTrue();
        assertThat(proves(end, run.pointAfter(3))).isFalse();
    }

    @Test
    void aDeviceSignsItsOwnChainAsOneSegment() throws MalformedException {
        SignedEnd end = SignedEnd.sign(Fixture.signatory(), Fixture.SPACE, run);
        assertThat(proves(end, run.after())).isTrue();
        assertThat(proves(end, run.pointAfter(0))).isFalse();
    }
}
