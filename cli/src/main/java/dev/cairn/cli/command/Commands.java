package dev.cairn.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The list of commands, in the order of the help text. */
final class Commands {
    private static final Map<String, Function<CairnCommand, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("init", InitCommand::new);
        ALL.put("invite", InviteCommand::new);
        ALL.put("join", JoinCommand::new);
        ALL.put("devices", DevicesCommand::new);
        ALL.put("set", SetCommand::new);
        ALL.put("get", GetCommand::new);
        ALL.put("edit", EditCommand::new);
        ALL.put("move", MoveCommand::new);
        ALL.put("mark", MarkCommand::new);
        ALL.put("tree", TreeCommand::new);
        ALL.put("rm", RemoveCommand::new);
        ALL.put("ls", ListCommand::new);
        ALL.put("log", LogCommand::new);
        ALL.put("graph", GraphCommand::new);
        ALL.put("show", ShowCommand::new);
        ALL.put("diff", DiffCommand::new);
        ALL.put("blame", BlameCommand::new);
        ALL.put("restore", RestoreCommand::new);
        ALL.put("undo", UndoCommand::new);
        ALL.put("redo", RedoCommand::new);
        ALL.put("conflicts", ConflictsCommand::new);
        ALL.put("resolve", ResolveCommand::new);
        ALL.put("watch", WatchCommand::new);
        ALL.put("status", StatusCommand::new);
        ALL.put("compact", CompactCommand::new);
        ALL.put("leader", LeaderCommand::new);
        ALL.put("leader-only", LeaderOnlyCommand::new);
        ALL.put("inspect", InspectCommand::new);
        ALL.put("verify", VerifyCommand::new);
        ALL.put("doctor", DoctorCommand::new);
        ALL.put("export", ExportCommand::new);
        ALL.put("import", ImportCommand::new);
        ALL.put("merge", MergeCommand::new);
        ALL.put("demo", DemoCommand::new);
        ALL.put("simulate", SimulateCommand::new);
    }

    private Commands() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    static Object make(String name, CairnCommand root) {
        Function<CairnCommand, Object> maker = ALL.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no command " + name);
        }
        return maker.apply(root);
    }
}
