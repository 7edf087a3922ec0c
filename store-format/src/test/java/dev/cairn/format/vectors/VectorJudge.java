package dev.cairn.format.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.FileName;
import dev.cairn.format.MalformedException;
import dev.cairn.format.SpaceId;
import dev.cairn.format.WriterId;
import dev.cairn.format.cbor.CborReader;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.LogicalHash;
import dev.cairn.format.crypto.Cobblestone;
import dev.cairn.format.crypto.EpochKey;
import dev.cairn.format.crypto.Secret;
import dev.cairn.format.crypto.VerifyingKey;
import dev.cairn.format.election.Claim;
import dev.cairn.format.election.ElectionFile;
import dev.cairn.format.election.ElectionReader;
import dev.cairn.format.file.Envelope;
import dev.cairn.format.file.KeyRing;
import dev.cairn.format.file.ReadOutcome;
import dev.cairn.format.file.SpaceMarker;
import dev.cairn.format.log.DeviceDirectory;
import dev.cairn.format.log.Head;
import dev.cairn.format.log.HeadReader;
import dev.cairn.format.log.SegmentReader;
import dev.cairn.format.log.SignedEnd;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads a vector by what stands in it alone, and gives the outcome to be compared with the one it expects. */
final class VectorJudge {
    private final VectorFile vector;

    private VectorJudge(VectorFile vector) {
        this.vector = vector;
    }

    static String outcome(VectorFile vector) {
        return new VectorJudge(vector).outcome();
    }

    private String outcome() {
        return switch (vector.field("read")) {
            case "envelope" -> envelope();
            case "segment" -> segment();
            case "head" -> head();
            case "manifest" -> checkpoints().manifest(vector.payload()).code();
            case "part" -> checkpoints().part(vector.payload()).code();
            case "list" -> checkpoints().retirement(vector.payload()).code();
            case "image" -> logicalHash();
            case "line_end" -> lineEnd();
            case "lock", "ballot", "vote", "claim", "request", "choice" -> election();
            case "marker" -> SpaceMarker.read(vector.payload()).code();
            case "cbor" -> cbor();
            case "path" -> path();
            case "cobblestone" -> cobblestone();
            case "signature" -> signature();
            default -> throw new IllegalArgumentException(vector.path() + ": " + vector.field("read"));
        };
    }

    private SpaceId space() {
        return SpaceId.parse(vector.field("space")).orElseThrow();
    }

    private KeyRing keys() {
        return KeyRing.of(new EpochKey(1, Secret.copyOf(Bytes.hex(vector.field("epoch key 1")))));
    }

    private DeviceDirectory devices() {
        DeviceId known = DeviceId.parse(vector.field("device")).orElseThrow();
        Optional<VerifyingKey> key = VerifyingKey.of(Bytes.hex(vector.field("device key")));
        return new DeviceDirectory() {
            @Override
            public Optional<VerifyingKey> key(DeviceId device) {
                return device.equals(known) ? key : Optional.empty();
            }

            @Override
            public boolean mayWrite(DeviceId device) {
                return !"no".equals(vector.fields().get("device may write"));
            }
        };
    }

    private String envelope() {
        ReadOutcome<?> outcome = Envelope.open(vector.payload(), space(), keys())
                .then(file -> {
                    compare("records", "" + file.records().size());
                    return new ReadOutcome.Verified<>(file);
                });
        return outcome.code();
    }

    private CheckpointReader checkpoints() {
        return new CheckpointReader(space(), keys(), devices());
    }

    /** The hash of tables whose rows have three columns and begin with their number. */
    private String logicalHash() {
        LogicalHash hash = new LogicalHash();
        String text = new String(vector.payload().toArray(), StandardCharsets.UTF_8);
        for (String table : text.split("\n\n", -1)) {
            String[] lines = table.split("\n", -1);
            if (lines[0].isEmpty()) {
                continue;
            }
            hash.table(lines[0]);
            for (int i = 1; i < lines.length; i++) {
                if (i % 3 == 1) {
                    hash.row();
                }
                value(hash, lines[i].charAt(0), lines[i].substring(2));
            }
        }
        return hash.content().toHex();
    }

    private String lineEnd() {
        ChainPoint end = new ChainPoint(Long.parseLong(vector.field("seq")), Bytes.hex(vector.field("chain")), 0, 0);
        WriterId writer = WriterId.parse(vector.field("writer")).orElseThrow();
        VerifyingKey key =
                VerifyingKey.of(Bytes.hex(vector.field("device key"))).orElseThrow();
        try {
            return new SignedEnd(vector.payload()).proves(space(), writer, key, end) ? "accepted" : "refused";
        } catch (MalformedException e) {
            return "refused";
        }
    }

    private static void value(LogicalHash hash, char type, String value) {
        switch (type) {
            case 'i' -> hash.integer(Long.parseLong(value));
            case 'b' -> hash.blob(Bytes.hex(value));
            default -> hash.text(value);
        }
    }

    private String segment() {
        return new SegmentReader(space(), keys(), devices())
                .read(vector.payload())
                .then(segment -> {
                    compare(segment.changes());
                    return new ReadOutcome.Verified<>(segment);
                })
                .code();
    }

    private String head() {
        ReadOutcome<Head> outcome = new HeadReader(space(), keys(), devices()).read(vector.payload());
        outcome.content().flatMap(Head::tail).ifPresent(this::compare);
        return outcome.code();
    }

    private String election() {
        FileKind kind = FileKind.valueOf(vector.field("read").toUpperCase(Locale.ROOT));
        ReadOutcome<ElectionFile> outcome = new ElectionReader(space(), keys(), devices())
                .read(vector.payload(), WriterId.parse(vector.field("writer")).orElseThrow(), kind);
        outcome.content().ifPresent(file -> {
            compare("number", "" + file.number());
            if (file.paper() instanceof Claim claim) {
                compare("token", claim.token().toString());
            }
        });
        return outcome.code();
    }

    private void compare(ChangeRun run) {
        ChainPoint last = run.after();
        compare("last seq", "" + last.seq());
        compare("last chain", last.hash().toHex());
    }

    private void compare(String field, String found) {
        if (vector.fields().containsKey(field)) {
            assertThat(found).as(vector.path() + " " + field).isEqualTo(vector.field(field));
        }
    }

    private String cbor() {
        try {
            CborReader reader = new CborReader(vector.payload());
            reader.skip();
            reader.end();
            return "accepted";
        } catch (MalformedException e) {
            return "malformed";
        }
    }

    private String path() {
        String path = new String(vector.payload().toArray(), StandardCharsets.UTF_8);
        return FileName.parsePath(path).isPresent() ? "canonical" : "not_canonical";
    }

    private String cobblestone() {
        Secret key = Secret.copyOf(Bytes.hex(vector.field("input key")));
        return Cobblestone.open(key, Bytes.hex(vector.field("context")), vector.payload())
                        .isPresent()
                ? "accepted"
                : "refused";
    }

    private String signature() {
        Bytes message = Bytes.hex(vector.field("message"));
        boolean accepted = VerifyingKey.of(Bytes.hex(vector.field("key")))
                .map(key -> key.verify(message, vector.payload()))
                .orElse(false);
        return accepted ? "accepted" : "refused";
    }
}
