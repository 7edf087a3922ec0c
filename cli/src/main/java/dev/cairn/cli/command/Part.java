package dev.cairn.cli.command;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.history.Versions;
import dev.cairn.replica.Version;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words which name a part of a document at a version: {@code DOC [PATH] [--at VERSION]}. */
public final class Part {
    @Parameters(index = "0", paramLabel = "DOC", description = "The document's name.")
    String document = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", defaultValue = ".", description = "Where in it.")
    String path = ".";

    @Option(names = "--at", paramLabel = "VERSION", description = "As it was at this version.")
    @Nullable
    String at;

    /** The words of one command line. */
    public Part() {}

    /** The document's name. */
    public String document() {
        return Names.document(document);
    }

    /** Where in it. */
    public DocumentPath path() {
        return DocumentPath.parse(path);
    }

    /** The version, when one is named. */
    public Optional<Version> version(Supplier<Versions> versions) {
        return Optional.ofNullable(at).map(named -> versions.get().read(named));
    }
}
