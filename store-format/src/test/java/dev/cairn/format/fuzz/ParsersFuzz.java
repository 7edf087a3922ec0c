package dev.cairn.format.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.format.Bytes;
import dev.cairn.format.Change;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.FileName;
import dev.cairn.format.MalformedException;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.columns.RunCodec;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.inspect.Inspection;
import dev.cairn.format.log.Fixture;
import dev.cairn.format.members.MemberEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/**
 * Targets for every parser of bytes: whatever comes in, the only exception is {@link MalformedException}, and what is
 * accepted is written again as the same bytes.
 *
 * <p>{@code proof/fuzz 60 ParsersFuzz} fuzzes each of them for a minute.
 */
@Tag("fuzz")
final class ParsersFuzz {
    @FuzzTest(maxDuration = "20s")
    void envelopes(byte[] input) {
        Bytes file = Bytes.copyOf(input);
        require(!Inspection.of(file).outcome().isEmpty(), "an outcome");
        require(!Inspection.of(file, Fixture.KEYS, new Fixture()).outcome().isEmpty(), "an outcome");
    }

    @FuzzTest(maxDuration = "20s")
    void runs(byte[] input) {
        Bytes encoded = Bytes.copyOf(input);
        try {
            ChangeRun run = RunCodec.decode(Fixture.WRITER, Fixture.ORIGIN, encoded);
            require(RunCodec.encode(run).equals(encoded), "the same bytes");
            ChangeRun.Builder again = ChangeRun.builder(Fixture.WRITER, Fixture.ORIGIN);
            for (int i = 0; i < run.size(); i++) {
                again.add(run.change(i));
            }
            require(again.build().equals(run), "the same run");
        } catch (MalformedException e) {
            require(e.getMessage() != null, "a message");
        }
    }

    /** Any operations of two changes go through the columns and come back. */
    @FuzzTest(maxDuration = "20s")
    void operations(byte[] input) {
        int cut = input.length == 0 ? 0 : (input[0] & 0xff) % input.length;
        ChangeRun.Builder builder = ChangeRun.builder(Fixture.WRITER, Fixture.ORIGIN);
        builder.add(change(1, Bytes.copyOf(input, 0, cut)));
        builder.add(change(2, Bytes.copyOf(input, cut, input.length - cut)));
        ChangeRun run = builder.build();
        Bytes encoded = RunCodec.encode(run);
        try {
            ChangeRun decoded = RunCodec.decode(Fixture.WRITER, Fixture.ORIGIN, encoded);
            require(decoded.changes().equals(run.changes()), "the same changes");
            require(RunCodec.encode(decoded).equals(encoded), "the same columns");
        } catch (MalformedException e) {
            throw new AssertionError("what was just written is refused", e);
        }
    }

    private static Change change(long lamport, Bytes operations) {
        return new Change(lamport, 0, List.of(), Optional.empty(), operations);
    }

    @FuzzTest(maxDuration = "20s")
    void cbor(byte[] input) {
        Bytes item = Bytes.copyOf(input);
        try {
            CborReader reader = new CborReader(item);
            require(reader.skip().size() <= item.size(), "an item");
            reader.end();
        } catch (MalformedException e) {
            require(e.getMessage() != null, "a message");
        }
    }

    @FuzzTest(maxDuration = "20s")
    void memberEntries(byte[] input) {
        Bytes entry = Bytes.copyOf(input);
        try {
            require(MemberEntry.parse(entry).encoded().equals(entry), "the same bytes");
        } catch (MalformedException e) {
            require(e.getMessage() != null, "a message");
        }
    }

    @FuzzTest(maxDuration = "20s")
    void names(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        FileName.parse(text).ifPresent(name -> require(name.text().equals(text), "the same name"));
        FileName.parsePath(text).ifPresent(place -> require(place.path().equals(text), "the same path"));
    }

    @FuzzTest(maxDuration = "20s")
    void markers(byte[] input) {
        require(!SpaceMarker.read(Bytes.copyOf(input)).text().isEmpty(), "an outcome");
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new AssertionError("not " + what);
        }
    }
}
