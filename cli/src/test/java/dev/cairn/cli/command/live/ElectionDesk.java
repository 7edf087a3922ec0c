package dev.cairn.cli.command.live;

import dev.cairn.cli.Cairn;
import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.shell.Interruption;
import dev.cairn.cli.shell.Shell;
import dev.cairn.election.ElectionOptions;
import dev.cairn.election.LeaderElection;
import dev.cairn.election.protocol.Mode;
import dev.cairn.replica.InviteOptions;
import dev.cairn.replica.JoinResult;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.simulation.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** A device in virtual time which takes part in an election, on a real disk, and what is typed and printed there. */
final class ElectionDesk implements AutoCloseable {
    final VirtualTime time;
    final Space space;
    final LeaderElection election;
    final ElectionTalk talk;
    private final Path folder;
    private final Path state;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The first device of a space. */
    ElectionDesk(Path root, String name, VirtualTime time, Mode mode) {
        this(root, name, time, mode, "");
    }

    /** Another device of the space, in the same folder as on a network drive; a code is for whoever is new. */
    ElectionDesk(Path root, String name, VirtualTime time, Mode mode, String code) {
        this.time = time;
        try {
            folder = Files.createDirectories(root.resolve("folder"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = root.resolve(name);
        SpaceOptions options = SpaceOptions.inState(state).toBuilder()
                .clock(time.clock())
                .deviceName(name)
                .build();
        space = code.isEmpty()
                ? Space.create(folder, options)
                : ((JoinResult.Joined) Space.join(folder, code, options)).space();
        talk = new ElectionTalk(root(InputStream.nullInputStream()), space);
        election = LeaderElection.attach(
                space,
                ElectionOptions.defaults()
                        .with(mode)
                        .simulated(time.clock(), () -> time.elapsed().toMillis(), new Random(1)),
                talk::hear);
        talk.begin(election);
    }

    /** Invites another device, which joins. */
    ElectionDesk joinedBy(Path root, String name, Mode mode) {
        String code = space.invite(InviteOptions.writer()).code();
        space.flush();
        ElectionDesk other = new ElectionDesk(root, name, time, mode, code);
        other.space.flush();
        space.refresh();
        return other;
    }

    CairnCommand root(InputStream in) {
        return new CairnCommand(new Shell(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Map.of(),
                folder,
                false,
                new Interruption()));
    }

    /** A command of another process of this device; returns what it printed. */
    String cairn(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        Cairn.run(
                words,
                new Shell(
                        InputStream.nullInputStream(),
                        both,
                        both,
                        Map.of("CAIRN_STATE", state.toString(), "PATH", String.valueOf(System.getenv("PATH"))),
                        folder,
                        false,
                        new Interruption()));
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Somebody types these lines, and then the input ends. */
    void type(String lines) {
        listen(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    void listen(InputStream in) {
        new TypedAnswers(root(in), space, election).listen();
        election.look();
    }

    void seconds(long seconds) {
        for (long done = 0; done < seconds; done += 5) {
            time.advance(Duration.ofSeconds(5));
            election.look();
        }
    }

    /** What was printed since this was asked last. */
    String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Override
    public void close() {
        talk.close();
        election.close();
        space.close();
    }
}
