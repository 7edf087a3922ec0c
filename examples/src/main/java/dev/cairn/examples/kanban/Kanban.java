package dev.cairn.examples.kanban;

import dev.cairn.crdt.edit.MapEditor;
import dev.cairn.crdt.edit.MovableListEditor;
import dev.cairn.crdt.edit.TextEditor;
import dev.cairn.crdt.view.ListView;
import dev.cairn.crdt.view.MapView;
import dev.cairn.crdt.view.Node;
import dev.cairn.crdt.view.Value;
import dev.cairn.replica.Space;
import dev.cairn.replica.SpaceOptions;
import dev.cairn.watcher.FolderWatcher;
import dev.cairn.watcher.Watching;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A board of cards in the terminal: {@code examples/run kanban FOLDER [STATE]}. */
public final class Kanban {
    private static final List<String> COLUMNS = List.of("todo", "doing", "done");
    private static final String HELP = """
            add TITLE     a card at the end of todo       put N COLUMN   into todo, doing or done
            name N TITLE  gives it another title          move N M       card N to where card M is
            drop N        removes a card                  undo / redo    takes back what you did
            show          the board                       quit
            """;

    private final Space space;
    private final PrintStream out;

    public Kanban(Space space, PrintStream out) {
        this.space = space;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        SpaceOptions options = args.length > 1 ? SpaceOptions.inState(Path.of(args[1])) : SpaceOptions.defaults();
        try (Space space = Space.open(Path.of(args[0]), options);
                Watching watching = FolderWatcher.keepFresh(space)) {
            new Kanban(space, System.out)
                    .run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    /** Reads commands until {@code quit} or the end of the input. */
    public void run(BufferedReader in) throws IOException {
        out.print(HELP);
        show();
        String line = in.readLine();
        while (line != null && !line.equals("quit")) {
            obey(line.strip().split(" ", 3));
            line = in.readLine();
        }
    }

    private void obey(String[] words) {
        try {
            switch (words[0]) {
                case "add" -> edit(cards -> add(cards, rest(words, 1)));
                case "put" -> edit(cards -> card(cards, words).put("column", column(rest(words, 2))));
                case "name" -> edit(cards -> rename(card(cards, words).text("title"), rest(words, 2)));
                case "move" -> edit(cards -> cards.move(index(cards, words, 1), index(cards, words, 2)));
                case "drop" -> edit(cards -> cards.delete(index(cards, words, 1), 1));
                case "undo" -> space.undo();
                case "redo" -> space.redo();
                case "show" -> {}
                default -> out.print(HELP);
            }
            show();
        } catch (IllegalArgumentException e) {
            out.println("! " + e.getMessage());
        }
    }

    private void edit(Consumer<MovableListEditor> change) {
        space.commit(tx -> change.accept(tx.on("board").movableList("cards")));
    }

    private static void add(MovableListEditor cards, String title) {
        MapEditor card = cards.insertMap(cards.size());
        card.text("title").append(title);
        card.put("column", COLUMNS.get(0));
    }

    /** Only what differs is edited, so that two people may improve one title at once. */
    private static void rename(TextEditor title, String wanted) {
        String old = title.toString();
        int least = Math.min(old.length(), wanted.length());
        int head = 0;
        while (head < least && old.charAt(head) == wanted.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < least - head
                && old.charAt(old.length() - 1 - tail) == wanted.charAt(wanted.length() - 1 - tail)) {
            tail++;
        }
        head -= head > 0 && Character.isHighSurrogate(old.charAt(head - 1)) ? 1 : 0;
        tail -= tail > 0 && Character.isLowSurrogate(old.charAt(old.length() - tail)) ? 1 : 0;
        title.delete(head, old.length() - head - tail);
        title.insert(head, wanted.substring(head, wanted.length() - tail));
    }

    private void show() {
        space.refresh();
        ListView cards = (ListView) space.document("board")
                .at("cards")
                .filter(ListView.class::isInstance)
                .orElse(null);
        StringBuilder page = new StringBuilder();
        for (String column : COLUMNS) {
            page.append(column).append('\n');
            for (int i = 0; cards != null && i < cards.size(); i++) {
                if (cards.get(i) instanceof MapView card && column.equals(string(card, "column"))) {
                    page.append(String.format("%4d  %s%n", i + 1, string(card, "title")));
                }
            }
        }
        out.print(page);
        out.flush();
    }

    private static String string(MapView card, String key) {
        Node node = card.get(key).orElse(Value.NULL);
        return node instanceof Value.Str value ? value.value() : node.toString();
    }

    private static MapEditor card(MovableListEditor cards, String[] words) {
        return cards.map(index(cards, words, 1));
    }

    private static int index(MovableListEditor cards, String[] words, int place) {
        String number = words.length > place ? words[place] : "";
        if (!number.matches("[1-9][0-9]{0,5}") || Integer.parseInt(number) > cards.size()) {
            throw new IllegalArgumentException("there is no card '" + number + "'");
        }
        return Integer.parseInt(number) - 1;
    }

    private static String column(String name) {
        if (!COLUMNS.contains(name)) {
            throw new IllegalArgumentException("there is no column '" + name + "'");
        }
        return name;
    }

    private static String rest(String[] words, int from) {
        return String.join(" ", List.of(words).subList(Math.min(from, words.length), words.length));
    }
}
