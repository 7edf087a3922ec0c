package dev.cairn.election.local;

import dev.cairn.election.protocol.Memory;
import dev.cairn.format.ByteWriter;
import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.cbor.CborWriter;
import dev.cairn.format.election.Ballot;
import dev.cairn.format.election.Choice;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.Paper;
import dev.cairn.format.election.PlainPaper;
import dev.cairn.format.election.Request;
import dev.cairn.format.election.Token;
import dev.cairn.format.election.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The file {@code election/memory}: a {@link Memory} in CBOR, and the SHA-256 of it. */
public final class MemoryFile {
    private static final int DIGEST_SIZE = 32;
    private static final int VERSION = 1;
    private static final int PAPERS_MAX = 6;

    private final WholeFile file;
    private final DeviceId device;

    /** The file below a device's state directory. */
    public MemoryFile(Path directory, DeviceId device) {
        this.file = new WholeFile(directory.resolve("memory"));
        this.device = device;
    }

    /** What came of reading. */
    public sealed interface Stored {
        /** The memory of a writer of this device. */
        record Found(Memory memory) implements Stored {}

        /** This device never took part. */
        record Missing() implements Stored {}

        /** The file is damaged or of a newer version: what the device promised is not known any more. */
        record Lost(String problem) implements Stored {}
    }

    /** Makes the directory for it, and for the other files of the election, and makes that durable. */
    public static Path directory(Path stateDirectory) throws IOException {
        Path directory = stateDirectory.resolve("election");
        Files.createDirectories(directory);
        WholeFile.forceDirectory(stateDirectory);
        return directory;
    }

    /** Reads the memory. */
    public Stored read() throws IOException {
        Optional<Bytes> content = file.read();
        if (content.isEmpty()) {
            return new Stored.Missing();
        }
        int body = content.get().size() - DIGEST_SIZE;
        if (body < 0
                || !content.get().slice(0, body).sha256().equals(content.get().slice(body))) {
            return new Stored.Lost(file + " is damaged: this device does not vote until its user says so");
        }
        try {
            return new Stored.Found(decode(new CborReader(content.get().slice(0, body))));
        } catch (MalformedException | IllegalArgumentException e) {
            return new Stored.Lost(file + " cannot be read: " + e.getMessage());
        }
    }

    /** Makes a memory durable. */
    public void write(Memory memory) throws IOException {
        Bytes body = encode(memory);
        file.write(Bytes.concat(body, body.sha256()));
    }

    private Bytes encode(Memory memory) {
        CborWriter out = new CborWriter().map(10);
        out.key(1).unsigned(VERSION).key(2).bytes(memory.writer().bytes());
        out.key(3).unsigned(memory.epoch()).key(4).unsigned(memory.term());
        out.key(5).unsigned(memory.reserved()).key(6).unsigned(memory.patienceMillis());
        out.key(7).bool(memory.voting());
        out.key(8).array(memory.incarnations().size());
        memory.incarnations()
                .forEach(one -> out.bytes(new ByteWriter(Long.BYTES).u64(one).toBytes()));
        out.key(9);
        memory.allegiance()
                .ifPresentOrElse(
                        token -> out.array(3)
                                .unsigned(token.epoch())
                                .unsigned(token.term())
                                .bytes(token.writer().bytes()),
                        out::nothing);
        List<Paper> papers = Stream.<Optional<? extends Paper>>of(
                        memory.ballot(), memory.vote(), memory.claim(), memory.request(), memory.choice())
                .<Paper>flatMap(Optional::stream)
                .toList();
        out.key(10).array(papers.size());
        for (Paper paper : papers) {
            out.array(2).unsigned(paper.kind().code()).bytes(PlainPaper.encode(device, paper));
        }
        return out.toBytes();
    }

    private static Memory decode(CborReader in) throws MalformedException {
        if (in.map(10) != 10) {
            throw new MalformedException("not ten entries");
        }
        in.key(1);
        in.unsigned(VERSION);
        in.key(2);
        WriterId writer = WriterId.of(in.bytes(WriterId.SIZE));
        long epoch = number(in, 3);
        long term = number(in, 4);
        long reserved = number(in, 5);
        long patience = number(in, 6);
        in.key(7);
        boolean voting = in.bool();
        List<Long> incarnations = incarnations(in);
        Optional<Token> allegiance = allegiance(in);
        Map<FileKind, Paper> papers = papers(in, writer);
        in.end();
        return new Memory(
                writer,
                epoch,
                term,
                reserved,
                patience,
                voting,
                incarnations,
                allegiance,
                Optional.ofNullable((Ballot) papers.get(FileKind.BALLOT)),
                Optional.ofNullable((Vote) papers.get(FileKind.VOTE)),
                Optional.ofNullable((Claim) papers.get(FileKind.CLAIM)),
                Optional.ofNullable((Request) papers.get(FileKind.REQUEST)),
                Optional.ofNullable((Choice) papers.get(FileKind.CHOICE)));
    }

    private static long number(CborReader in, int key) throws MalformedException {
        in.key(key);
        return in.unsigned(Limits.NUMBER_MAX);
    }

    private static List<Long> incarnations(CborReader in) throws MalformedException {
        in.key(8);
        int count = in.array(Memory.INCARNATIONS_MAX);
        List<Long> incarnations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            incarnations.add(in.bytes(Long.BYTES).getLong(0));
        }
        return incarnations;
    }

    private static Optional<Token> allegiance(CborReader in) throws MalformedException {
        in.key(9);
        switch (in.peek()) {
            case NULL -> {
                in.nothing();
                return Optional.empty();
            }
            default -> {
                if (in.array(3) != 3) {
                    throw new MalformedException("a token without three parts");
                }
                return Optional.of(new Token(
                        in.unsigned(Limits.NUMBER_MAX),
                        in.unsigned(Limits.NUMBER_MAX),
                        WriterId.of(in.bytes(WriterId.SIZE))));
            }
        }
    }

    private static Map<FileKind, Paper> papers(CborReader in, WriterId writer) throws MalformedException {
        in.key(10);
        int count = in.array(PAPERS_MAX);
        Map<FileKind, Paper> papers = new EnumMap<>(FileKind.class);
        for (int i = 0; i < count; i++) {
            if (in.array(2) != 2) {
                throw new MalformedException("a paper without two parts");
            }
            FileKind kind = FileKind.ofCode((int) in.unsigned(0xff))
                    .filter(FileKind::election)
                    .orElseThrow(() -> new MalformedException("a paper of no kind"));
            papers.put(kind, PlainPaper.decode(kind, writer, in.bytes(0, Limits.ELECTION_FILE_BYTES_MAX)));
        }
        return papers;
    }
}
