package dev.cairn.cli.merging;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Kinds;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.crdt.history.Blame;
import dev.cairn.crdt.view.Node;
import dev.cairn.merge.export.Rendering;
import dev.cairn.replica.Document;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import java.util.List;

/** The documents of one version of a space, said as every command says them. */
public final class SpaceRendering implements Rendering {
    private final Space space;
    private final Version version;

    /** The documents of a version. */
    public SpaceRendering(Space space, Version version) {
        this.space = space;
        this.version = version;
    }

    @Override
    public String json(Node node) {
        return Json.write(Plain.of(node));
    }

    @Override
    public String kinds(Document document) {
        return Json.write(Kinds.of(document.map()));
    }

    @Override
    public String path(List<Object> steps) {
        return new DocumentPath(steps.stream().map(Object::toString).toList()).toString();
    }

    @Override
    public Blame.OfSequence blame(Document document, List<Object> steps) {
        return (Blame.OfSequence) space.blameAt(document.name(), version, steps.toArray());
    }
}
