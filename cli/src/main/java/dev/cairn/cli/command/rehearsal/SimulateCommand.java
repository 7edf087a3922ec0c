package dev.cairn.cli.command.rehearsal;

import dev.cairn.cli.command.CairnCommand;
import dev.cairn.cli.fleet.CairnFleet;
import dev.cairn.cli.fleet.FleetOptions;
import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.FleetResult;
import dev.cairn.cli.shell.Exit;
import dev.cairn.cli.shell.Failure;
import dev.cairn.simulation.fleet.Happening;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code cairn simulate}. */
@Command(
        name = "simulate",
        header = "Runs a fleet of devices with everything going wrong, from a seed, and checks that nothing is lost.",
        description =
                "Folders, clocks and the sync tool are simulated; keys, files and local stores are real. Ends with"
                        + " status 0 if every rule held, and with 1, the broken rule and the command that runs it again"
                        + " if not."
                        + " Touches no space of yours.",
        footer = {"", "Faults: all, none, or names joined by commas: see 'cairn simulate --list'."})
public final class SimulateCommand implements Callable<Integer> {
    private static final double HOURS_MAX = 24 * 366;
    private static final int ELECTION_DEVICES_MAX = 200;

    /** What a mixed run has from its seed. */
    private static final List<String> CHOSEN = List.of("--profile", "--devices", "--hours", "--faults");

    /** What a mixed run in mixed company has from its seed, too. */
    private static final List<String> ACCOMPANYING = Arrays.stream(Company.values())
            .map(company -> "--" + company.label())
            .toList();

    private final CairnCommand root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "The run to play (default: 1).")
    @Nullable
    Long seed;

    @Option(names = "--seeds", paramLabel = "N..M", description = "Many runs, one after the other.")
    @Nullable
    String seeds;

    @Option(
            names = "--profile",
            paramLabel = "TOOL",
            defaultValue = "syncthing",
            description = "The sync tool (default: syncthing); see --list.")
    String profile = "syncthing";

    @Option(names = "--devices", paramLabel = "N", defaultValue = "5", description = "How many (default: 5).")
    int devices = 5;

    @Option(names = "--hours", paramLabel = "H", defaultValue = "8", description = "How long they live (default: 8).")
    double hours = 8;

    @Option(
            names = "--faults",
            paramLabel = "NAMES",
            defaultValue = "all",
            description = "What may go wrong (default: all).")
    String faults = "all";

    @Option(names = "--hostile", description = "The last device is a member with valid keys that breaks every rule.")
    boolean hostile;

    @Option(names = "--leader", description = "The devices elect a leader, which compacts.")
    boolean leader;

    @Option(names = "--compacting", description = "Each device compacts now and then, whoever else does.")
    boolean compacting;

    @Option(names = "--sealed", description = "The devices write changes into files that never change.")
    boolean sealed;

    @Option(
            names = "--shared-codes",
            description = "Each invite is given to two devices, one of which finds that it is no member after all.")
    boolean sharedCodes;

    @Option(
            names = "--mixed",
            description = "The tool and 2 to 4 devices follow from each seed, for 40 minutes under all faults; for"
                    + " four days with --compacting, unless with --leader.")
    boolean mixed;

    @Option(
            names = "--mixed-company",
            description = "With --mixed: any set of --hostile, --leader, --compacting, --sealed and --shared-codes"
                    + " follows from each seed, too.")
    boolean mixedCompany;

    @Option(names = "--trace", paramLabel = "FILE", description = "Write what happened to which file, line by line.")
    @Nullable
    String trace;

    @Option(names = "--list", description = "Print the names of profiles and faults and exit.")
    boolean list;

    @Option(
            names = "--election",
            description =
                    "Instead: nights of fleets that elect a leader, by three sets of rules, as a table; then what an"
                            + " idle fleet of --devices writes. Takes --seed or --seeds, --hours and --devices.")
    boolean election;

    /** The command on a command line with this root. */
    public SimulateCommand(CairnCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (list) {
            root.output().result(SimulateCommand::namesPlain, SimulateCommand::namesText);
            return Exit.DONE.status();
        }
        if (election) {
            return election();
        }
        LongFunction<FleetOptions> options = options();
        Seeds range = seeds();
        Path scratch = scratch();
        try (Writer lines = traceFile()) {
            CairnFleet fleet = new CairnFleet(scratch, List.of());
            if (trace != null) {
                fleet.trace(line -> write(lines, line));
            }
            return run(fleet, options, range);
        } catch (IOException e) {
            throw environment("cannot write " + trace + ": " + e.getMessage(), e);
        } finally {
            remove(scratch);
        }
    }

    private int election() {
        if (devices < 1 || devices > ELECTION_DEVICES_MAX) {
            throw Failure.usage("1 to " + ELECTION_DEVICES_MAX + " devices, not " + devices + ": use --devices");
        }
        Seeds nights = seeds();
        boolean right = new ElectionNights(nights.first(), nights.last(), span(), devices).play(root.output());
        return (right ? Exit.DONE : Exit.NO).status();
    }

    private int run(CairnFleet fleet, LongFunction<FleetOptions> options, Seeds range) {
        Totals totals = new Totals();
        for (long number = range.first(); number <= range.last(); number++) {
            FleetResult result = fleet.run(number, options.apply(number));
            totals.add(result);
            if (range.isSingle() || !result.isGood()) {
                root.output().result(result::plain, result::text);
            }
        }
        if (!range.isSingle()) {
            root.output().result(totals::plain, totals::text);
        }
        return (totals.isGood() ? Exit.DONE : Exit.NO).status();
    }

    private LongFunction<FleetOptions> options() {
        if (mixedCompany) {
            refuseChoices("--mixed-company", ACCOMPANYING);
        }
        if (mixed) {
            refuseChoices("--mixed", CHOSEN);
            return number -> FleetOptions.mixed(number, mixedCompany ? FleetOptions.mixedCompany(number) : company());
        }
        if (mixedCompany) {
            throw Failure.usage("--mixed-company is for mixed runs: use --mixed, too");
        }
        FleetOptions same = sameForAll();
        return number -> same;
    }

    private void refuseChoices(String choosing, List<String> choices) {
        ParseResult given = spec.commandLine().getParseResult();
        if (choices.stream().anyMatch(given::hasMatchedOption)) {
            throw Failure.usage(choosing + " chooses for each seed: leave out " + String.join(", ", choices));
        }
    }

    private FleetOptions sameForAll() {
        if (devices < 1 || devices > FleetOptions.DEVICES_MAX) {
            throw Failure.usage("1 to " + FleetOptions.DEVICES_MAX + " devices, not " + devices + ": use --devices");
        }
        Duration span = span();
        if (!FleetOptions.profiles().contains(profile)) {
            throw Failure.usage("no sync tool '" + profile + "': use --profile with one of "
                    + String.join(", ", FleetOptions.profiles()));
        }
        if (hostile && devices < 2) {
            throw Failure.usage("a hostile member needs another one to harm: use --devices 2 or more");
        }
        return new FleetOptions(profile, devices, span, faults(), company());
    }

    private Set<Company> company() {
        Set<Company> company = EnumSet.noneOf(Company.class);
        if (hostile) {
            company.add(Company.HOSTILE);
        }
        if (leader) {
            company.add(Company.LEADER);
        }
        if (compacting) {
            company.add(Company.COMPACTING);
        }
        if (sealed) {
            company.add(Company.SEALED);
        }
        if (sharedCodes) {
            company.add(Company.SHARED_CODES);
        }
        return company;
    }

    private Duration span() {
        if (!(hours > 0 && hours <= HOURS_MAX)) {
            throw Failure.usage(
                    "more than 0 and at most " + (int) HOURS_MAX + " hours, not " + hours + ": use --hours");
        }
        return Duration.ofMillis(Math.max(1, Math.round(hours * 3_600_000)));
    }

    private Set<Happening> faults() {
        if (faults.equals("all")) {
            return Happening.faults();
        }
        Set<Happening> chosen = EnumSet.noneOf(Happening.class);
        if (faults.equals("none")) {
            return chosen;
        }
        for (String name : faults.split(",", -1)) {
            chosen.add(Happening.named(name)
                    .filter(Happening::isFault)
                    .orElseThrow(() ->
                            Failure.usage("no fault '" + name + "': 'cairn simulate --list' prints their names")));
        }
        return chosen;
    }

    private Seeds seeds() {
        return Seeds.of(Optional.ofNullable(seed), Optional.ofNullable(seeds));
    }

    /** Memory where there is a file system in it, since forced writes cost nothing there. */
    private static Path scratch() {
        Path memory = Path.of("/dev/shm");
        try {
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "cairn-simulate")
                    : Files.createTempDirectory("cairn-simulate");
        } catch (IOException e) {
            throw environment("cannot make a temporary directory: " + e.getMessage(), e);
        }
    }

    private Writer traceFile() throws IOException {
        if (trace == null) {
            return Writer.nullWriter();
        }
        Path file = root.shell().resolve(trace);
        try {
            BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            return writer;
        } catch (IOException e) {
            throw environment("cannot write " + file + ": " + e, e);
        }
    }

    private static void write(Writer lines, String line) {
        try {
            lines.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path scratch) {
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw environment("cannot remove " + scratch + ": " + e.getMessage(), e);
        }
    }

    private static Failure environment(String text, IOException cause) {
        return new Failure(Exit.ENVIRONMENT, "disk", text, cause);
    }

    private static List<String> faultNames() {
        return Happening.faults().stream().map(Happening::label).toList();
    }

    private static Map<String, Object> namesPlain() {
        return Map.of("profiles", List.copyOf(FleetOptions.profiles()), "faults", faultNames());
    }

    private static String namesText() {
        return "profiles: " + String.join(", ", FleetOptions.profiles()) + "\nfaults:   "
                + String.join(", ", faultNames());
    }
}
