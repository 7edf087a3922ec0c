package dev.cairn.cli.history;

import dev.cairn.cli.document.DocumentPath;
import dev.cairn.cli.document.Plain;
import dev.cairn.cli.shell.Json;
import dev.cairn.cli.shell.Printable;
import dev.cairn.crdt.version.ChangeId;
import dev.cairn.crdt.view.Assignment;
import dev.cairn.crdt.view.Conflict;
import dev.cairn.replica.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conflicts of one document by path, in words and as plain values. */
public final class Disagreements {
    private static final int VALUE_LENGTH_MAX = 60;

    private final Document document;
    private final Versions versions;
    private final Map<DocumentPath, List<Conflict>> byPath = new LinkedHashMap<>();

    /** The conflicts of a document now. */
    public Disagreements(Document document, Versions versions) {
        this.document = document;
        this.versions = versions;
        for (Conflict conflict : document.conflicts()) {
            byPath.computeIfAbsent(DocumentPath.of(conflict.path()), path -> new ArrayList<>())
                    .add(conflict);
        }
    }

    /**
     * One of the values which were assigned concurrently.
     *
     * @param number what a user calls it, from 1; 1 is shown
     * @param conflict the conflict it is part of
     * @param assignment the value and who assigned it
     */
    public record Choice(int number, Conflict.Assignments conflict, Assignment assignment) {}

    /** The values to choose from at a path; none when there is no such conflict. */
    public List<Choice> choices(DocumentPath path) {
        List<Choice> choices = new ArrayList<>();
        for (Conflict conflict : byPath.getOrDefault(path, List.of())) {
            if (conflict instanceof Conflict.Assignments all) {
                all.assignments().forEach(one -> choices.add(new Choice(choices.size() + 1, all, one)));
            }
        }
        return choices;
    }

    /** The lost edits at a path. */
    public List<Conflict.LostEdits> lost(DocumentPath path) {
        return byPath.getOrDefault(path, List.of()).stream()
                .filter(Conflict.LostEdits.class::isInstance)
                .map(Conflict.LostEdits.class::cast)
                .toList();
    }

    /** For people: a line per path and an indented one for each side. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        byPath.keySet().forEach(path -> {
            String where = Printable.line(document.name()) + "  " + Printable.line(path.toString()) + "  ";
            List<Choice> choices = choices(path);
            if (!choices.isEmpty()) {
                lines.add(where + "has " + choices.size() + " values");
                choices.forEach(choice -> lines.add(line(choice)));
            }
            List<Conflict.LostEdits> all = lost(path);
            for (Conflict.LostEdits lost : all) {
                String number = all.size() > 1 ? " (" + (all.indexOf(lost) + 1) + ")" : "";
                lines.add(where + "was removed while others edited it" + number);
                lost.edits().forEach(edit -> lines.add("     edited by " + author(edit.change(), edit.timeMillis())));
            }
        });
        return lines;
    }

    private String line(Choice choice) {
        Assignment assignment = choice.assignment();
        return String.format("%3d  ", choice.number())
                + brief(Json.write(Plain.of(assignment.value()))) + "  "
                + author(assignment.change(), assignment.timeMillis()) + (choice.number() == 1 ? "  (shown)" : "");
    }

    private static String brief(String value) {
        int points = value.codePointCount(0, value.length());
        return Printable.line(
                points <= VALUE_LENGTH_MAX
                        ? value
                        : value.substring(0, value.offsetByCodePoints(0, VALUE_LENGTH_MAX - 3)) + "...");
    }

    private String author(ChangeId change, long timeMillis) {
        return String.join("  ", versions.signature(change, timeMillis));
    }

    /** For programs: one object per path and kind. */
    public List<Map<String, Object>> plain() {
        List<Map<String, Object>> plain = new ArrayList<>();
        byPath.keySet().forEach(path -> {
            List<Choice> choices = choices(path);
            if (!choices.isEmpty()) {
                Map<String, Object> one = start(path, "assignments");
                one.put("values", choices.stream().map(this::plain).toList());
                plain.add(one);
            }
            for (Conflict.LostEdits lost : lost(path)) {
                Map<String, Object> one = start(path, "lost_edits");
                one.put(
                        "edits",
                        lost.edits().stream()
                                .map(edit -> versions.sign(new LinkedHashMap<>(), edit.change(), edit.timeMillis()))
                                .toList());
                plain.add(one);
            }
        });
        return plain;
    }

    private Map<String, Object> start(DocumentPath path, String kind) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("document", document.name());
        plain.put("path", path.toString());
        plain.put("kind", kind);
        return plain;
    }

    private Map<String, @Nullable Object> plain(Choice choice) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("choice", choice.number());
        plain.put("shown", choice.number() == 1);
        plain.put("type", Plain.type(choice.assignment().value()));
        plain.put("value", Plain.of(choice.assignment().value()));
        return versions.sign(
                plain, choice.assignment().change(), choice.assignment().timeMillis());
    }
}
