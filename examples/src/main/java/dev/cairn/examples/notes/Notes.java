package dev.cairn.examples.notes;

import dev.cairn.replica.ChangeEvent;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.replica.Subscription;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A notes app in the terminal: {@code examples/run notes FOLDER [STATE]}. */
public final class Notes {
    private static final String HELP = """
            ls              the notes                      open NAME       opens or begins a note
            show            the open note                  add TEXT        a line at the end
            insert N TEXT   a line before line N           replace N TEXT  changes line N
            delete N        removes line N                 quit
            """;

    private final Space space;
    private final PrintStream out;
    private volatile String open = "inbox";

    public Notes(Space space, PrintStream out) {
        this.space = space;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        SpaceOptions options = args.length > 1 ? SpaceOptions.inState(Path.of(args[1])) : SpaceOptions.defaults();
        try (Space space = Space.open(Path.of(args[0]), options);
                Watching watching = FolderWatcher.keepFresh(space)) {
            new Notes(space, System.out)
                    .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    /** Reads commands until {@code quit} or the end of the input, and prints what other devices write meanwhile. */
    public void run(BufferedReader in) throws IOException {
        try (Subscription live = space.onChange(this::changed)) {
            out.print(HELP);
            show();
            String line = in.readLine();
            while (line != null && !line.equals("quit")) {
                obey(line.strip());
                line = in.readLine();
            }
        }
    }

    private void changed(ChangeEvent event) {
        if (event.origin() != ChangeEvent.Origin.LOCAL && event.documents().contains(open)) {
            out.println("* changed on another device");
            show();
        }
    }

    private void obey(String line) {
        String[] words = line.split(" ", 3);
        try {
            switch (words[0]) {
                case "" -> {}
                case "ls" -> space.documents().forEach(out::println);
                case "open" -> open(line.substring(4).strip());
                case "show" -> show();
                case "add" -> edit(lines -> lines.append(line.length() > 4 ? line.substring(4) : ""));
                case "insert" -> edit(lines -> lines.insert(number(words), rest(words)));
                case "replace" -> edit(lines -> lines.replace(number(words), rest(words)));
                case "delete" -> edit(lines -> lines.delete(number(words)));
                default -> out.print(HELP);
            }
        } catch (IllegalArgumentException e) {
            out.println("! " + e.getMessage());
        }
    }

    private void open(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("open which note? open NAME");
        }
        open = name;
        show();
    }

    private void edit(Consumer<Lines> change) {
        space.commit(tx -> change.accept(new Lines(tx.on(open).text("body"))));
        show();
    }

    private void show() {
        StringBuilder page = new StringBuilder("== " + open + "\n");
        int number = 0;
        for (String line : space.document(open).text("body").lines().toList()) {
            page.append(String.format("%3d  %s%n", ++number, line));
        }
        out.print(page);
        out.flush();
    }

    private static int number(String[] words) {
        try {
            return Integer.parseInt(words.length > 1 ? words[1] : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("which line? " + words[0] + " N", e);
        }
    }

    private static String rest(String[] words) {
        return words.length > 2 ? words[2] : "";
    }
}
