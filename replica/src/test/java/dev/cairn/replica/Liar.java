package dev.cairn.replica;

import dev.cairn.format.Bytes;
import dev.cairn.format.checkpoint.Checkpoint;
import dev.cairn.format.checkpoint.CheckpointBody;
import dev.cairn.format.checkpoint.CheckpointReader;
import dev.cairn.format.checkpoint.CheckpointWriter;
import dev.cairn.format.checkpoint.PartRef;
import dev.cairn.format.file.SealedFile;
import dev.cairn.format.log.Signatory;
import dev.cairn.replica.Fleet.Device;
import dev.cairn.replica.identity.LocalSecrets;
import dev.cairn.replica.identity.SecretsFile;
import dev.cairn.replica.identity.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A member who makes checkpoints with true signatures and false content. */
final class Liar {
    private final Device device;
    private final long now;
    private long ordinal = 1_000;

    Liar(Device device, long now) {
        this.device = device;
        this.now = now;
    }

    /** What it has of a true checkpoint. */
    record Honest(CheckpointBody body, Bytes image, Map<String, byte[]> files) {}

    /** Makes a true checkpoint, and takes it out of its folder before anybody sees it. */
    Honest take() {
        device.space.compaction().checkpoint((done, total) -> {});
        FolderKeys.Reading reading =
                FolderKeys.load(device.folder, device.options).with(List.of());
        CheckpointReader reader = new CheckpointReader(device.space.id(), reading.keys(), reading.members());
        Map<String, byte[]> files = new TreeMap<>();
        device.files("/checkpoints/").forEach(path -> files.put(path, device.read(path)));
        device.files("/parts/").forEach(path -> files.put(path, device.read(path)));
        Checkpoint manifest = files.entrySet().stream()
                .filter(file -> file.getKey().contains("/checkpoints/"))
                .map(file ->
                        reader.manifest(Bytes.copyOf(file.getValue())).content().orElseThrow())
                .findFirst()
                .orElseThrow();
        Bytes image = files.entrySet().stream()
                .filter(file -> file.getKey().contains("/parts/"))
                .map(file ->
                        reader.part(Bytes.copyOf(file.getValue())).content().orElseThrow())
                .findFirst()
                .orElseThrow();
        files.keySet().forEach(device::delete);
        return new Honest(manifest.body(), image, files);
    }

    private LocalSecrets secrets() {
        try {
            StateDirectory.Located located = StateDirectory.locate(device.state, device.folder);
            StateDirectory state = ((StateDirectory.Located.Usable) located).directory();
            return ((SecretsFile.Stored.Found) SecretsFile.in(state).read()).secrets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Seals and signs a lie, and brings it to a device's folder.
     *
     * @param like what it says it holds
     * @param lie what it says of its only part
     * @return the digest of the manifest
     */
    Bytes publish(Device to, CheckpointBody like, Bytes image, UnaryOperator<PartRef> lie, Bytes content) {
        LocalSecrets secrets = secrets();
        CheckpointWriter writer = new CheckpointWriter(
                secrets.sealer(secrets.epochKeys().get(secrets.epochKeys().size() - 1), new SecureRandom()),
                new Signatory(secrets.device().id(), secrets.device().signing()));
        SealedFile part = writer.part(++ordinal, image);
        PartRef reference = lie.apply(new PartRef(part.digest(), image.size(), image.sha256()));
        SealedFile manifest = writer.manifest(
                ordinal,
                new CheckpointBody(secrets.device().id(), like.cut(), content, List.of(reference), List.of(), now));
        to.put(part.path(), part.content().toArray());
        to.put(manifest.path(), manifest.content().toArray());
        return manifest.digest();
    }
}
