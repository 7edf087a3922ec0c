package dev.cairn.cli;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.command.document.EditCommand;
import dev.cairn.cli.command.document.GetCommand;
import dev.cairn.cli.command.document.ListCommand;
import dev.cairn.cli.command.document.MarkCommand;
import dev.cairn.cli.command.document.MoveCommand;
import dev.cairn.cli.command.document.RemoveCommand;
import dev.cairn.cli.command.document.SetCommand;
import dev.cairn.cli.command.document.TreeCommand;
import dev.cairn.cli.command.folder.CompactCommand;
import dev.cairn.cli.command.folder.DoctorCommand;
import dev.cairn.cli.command.folder.ExportCommand;
import dev.cairn.cli.command.folder.ImportCommand;
import dev.cairn.cli.command.folder.InspectCommand;
import dev.cairn.cli.command.folder.MergeCommand;
import dev.cairn.cli.command.folder.MirrorCommand;
import dev.cairn.cli.command.folder.VerifyCommand;
import dev.cairn.cli.command.history.BlameCommand;
import dev.cairn.cli.command.history.ConflictsCommand;
import dev.cairn.cli.command.history.DiffCommand;
import dev.cairn.cli.command.history.GraphCommand;
import dev.cairn.cli.command.history.LogCommand;
import dev.cairn.cli.command.history.RedoCommand;
import dev.cairn.cli.command.history.ResolveCommand;
import dev.cairn.cli.command.history.RestoreCommand;
import dev.cairn.cli.command.history.ShowCommand;
import dev.cairn.cli.command.history.UndoCommand;
import dev.cairn.cli.command.live.LeaderCommand;
import dev.cairn.cli.command.live.LeaderOnlyCommand;
import dev.cairn.cli.command.live.WatchCommand;
import dev.cairn.cli.command.rehearsal.DemoCommand;
import dev.cairn.cli.command.rehearsal.SimulateCommand;
import dev.cairn.cli.command.space.DevicesCommand;
import dev.cairn.cli.command.space.InitCommand;
import dev.cairn.cli.command.space.InviteCommand;
import dev.cairn.cli.command.space.JoinCommand;
import dev.cairn.cli.command.space.StatusCommand;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The commands in the order of the help text, and picocli's model of them. */
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
        ALL.put("mirror", MirrorCommand::new);
        ALL.put("demo", DemoCommand::new);
        ALL.put("simulate", SimulateCommand::new);
    }

    private Commands() {}

    /** Only the commands which the words name, so that the others cost nothing; else all of them. */
    static CommandLine model(CairnCommand root, String[] args) {
        CommandLine line = new CommandLine(root);
        Set<String> named = new HashSet<>(Arrays.asList(args));
        named.retainAll(ALL.keySet());
        boolean versionOnly = args.length == 1 && args[0].equals("--version");
        ALL.forEach((name, maker) -> {
            if (named.contains(name) || (named.isEmpty() && !versionOnly)) {
                line.addSubcommand(name, maker.apply(root));
            }
        });
        line.setUsageHelpWidth(100);
        line.registerConverter(Integer.class, Commands::wholeNumber);
        line.registerConverter(int.class, Commands::wholeNumber);
        return line;
    }

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException none) {
            throw new TypeConversionException("'" + text + "' is not a whole number of at most ten digits");
        }
    }
}
